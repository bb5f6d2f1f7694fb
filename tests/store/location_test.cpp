#include "store/location.hpp"

#include <catch2/catch.hpp>

using namespace purser;

TEST_CASE("A location is shown without its password") {
    struct Row {
        std::string location, shown;
    };
    const auto row = GENERATE(values<Row>({
        {"ssr2.db", "ssr2.db"},
        {"a:b@c.db", "a:b@c.db"},
        {"postgresql://", "postgresql://"},
        {"postgresql://ann@host/book", "postgresql://ann@host/book"},
        {"postgresql://host:5432/book?user=a@b", "postgresql://host:5432/book?user=a@b"},
        {"postgresql://ann:secret@host:5432/book", "postgresql://ann:***@host:5432/book"},
        {"postgres://ann:s%40cret@[::1]:5432,b/book", "postgres://ann:***@[::1]:5432,b/book"},
        {"postgresql://[::1]:5432/b?user=a@b", "postgresql://[::1]:5432/b?user=a@b"},
        {"postgresql://a:1,b:2/c?user=a@b", "postgresql://a:1,b:2/c?user=a@b"},
        {"postgresql://ann:17/x@host/book", "postgresql://ann:***@host/book"},
        {"postgres://ann:@host", "postgres://ann:***@host"},
        {"postgresql://:secret@/book", "postgresql://:***@/book"},
        {"postgresql://ann:s@cret@host/book", "postgresql://ann:***@host/book"},
        {"postgresql://ann:s/cr?e&t@host/book", "postgresql://ann:***@host/book"},
        {"postgresql://ann:s@c/r?e=t@host/book", "postgresql://ann:***@host/book"},
        {"postgresql:///b?password=secret&user=u", "postgresql:///b?password=***&user=u"},
        {"postgresql:///b?user=u&sslpassword=s&x=y", "postgresql:///b?user=u&sslpassword=***&x=y"},
        {"postgresql:///b?P%61ssword=a@b=c", "postgresql:///b?P%61ssword=***"},
        {"postgresql://a:b@c/d?password=e", "postgresql://a:***@c/d?password=***"},
        {"host=h password=secret user=u", "host=h password=*** user=u"},
        {"password = 'two \\' words' host=h", "password = *** host=h"},
        {"password=", "password=***"},
        {"=", "="},
    }));
    CHECK(shown(row.location) == row.shown);
}

TEST_CASE("What a database says of a location is said without its password") {
    struct Row {
        std::string location, message, said;
    };
    const auto row = GENERATE(values<Row>({
        {"postgresql://ann@h/b", "no password supplied", "no password supplied"},
        {"postgresql://ann:s%C3%BC@h/b", "in postgresql://ann:s%C3%BC@h/b: 'sü' or s%C3%BC",
         "in postgresql://ann:***@h/b: '***' or ***"},
        {"postgresql:///b?password=secret", "found \"secret\"", "found \"***\""},
        {"postgresql://ann:@h/b", "no password supplied", "no password supplied"},
    }));
    CHECK(without_password(row.message, row.location) == row.said);
    const std::string unclear = without_password("no host cret@h", "postgresql://ann:se@cret@h/b");
    CHECK(unclear.find("cret") == std::string::npos);
    CHECK(unclear.find("@ as %40") != std::string::npos);
}

TEST_CASE("An address reaches libpq as it was written") {
    struct Row {
        std::string address, given;
    };
    const auto row = GENERATE(values<Row>({
        {"postgresql://", "postgresql://?fallback_application_name=purser"},
        {"postgresql://a:b@h/c", "postgresql://a:b@h/c?fallback_application_name=purser"},
        {"postgresql://a:b?@h/c", "postgresql://a:b?@h/c?fallback_application_name=purser"},
        {"postgresql://h/c?", "postgresql://h/c?fallback_application_name=purser"},
        {"postgresql://h/c?user=u", "postgresql://h/c?user=u"},
        {"postgresql://a:b=c@h/d", "postgresql://a:b=c@h/d"},
        {"postgresql://h/a b?user=\"c\"\t", "postgresql://h/a%20b?user=%22c%22%09"},
    }));
    CHECK(for_soci(row.address) == row.given);
}
