#include "store/password.hpp"

#include <catch2/catch.hpp>

#include "values/error.hpp"

using namespace purser;

namespace {

// What is said of a password that carl.miller may not have, or "".
std::string verdict(const std::string& secret) {
    try {
        const NewPassword password("carl.miller", secret);
        CHECK(password.stored().is(secret));
        return {};
    } catch (const BadInput& bad) {
        // A message is seen by others, and goes into logs.
        CHECK(std::string(bad.what()).find(secret) == std::string::npos);
        CHECK(!secret.empty());
        return bad.what();
    }
}

}  // namespace

TEST_CASE("A password has ten characters at least and a thousand bytes at most") {
    CHECK(verdict("Kv7#pq9Xw") == "the password has 9 characters, it takes at least 10");
    CHECK(verdict("\u017Dk7#pq9Xw") == "the password has 9 characters, it takes at least 10");
    CHECK(verdict("Kv7#pq9Xw2").empty());
    std::string longest;
    while (longest.size() < NewPassword::longest) longest += "Kv7#pq9Xw2 ";
    longest.resize(NewPassword::longest);
    CHECK(verdict(longest).empty());
    CHECK(verdict(longest + 'a') == "the password has 1001 bytes, it takes 1,000 at most");
}

TEST_CASE("What is guessed first cannot be a password") {
    const auto* const weak = GENERATE(
        "password123", "Passw0rd!2017", "P@ssw0rd1234", "iloveyou2017", "letmein12345",
        "administrator", "Summer2017!!", "qwertyuiop", "1qaz2wsx3edc", "1234567890", "0987654321",
        "abcdefghijkl", "aaaaaaaaaaaa", "abcabcabcabc", "passwordpassword", "carl.miller",
        "carlmiller1", "Carl.Miller2017", "millermiller", "rellimlrac", "purserpurser",
        "correcthorse", "helloworld", "01.01.1970", "          ", "..........");
    CAPTURE(weak);
    CHECK(verdict(weak).starts_with("the password is soon guessed"));
}

TEST_CASE("It is said what a weak password is made of, not what it is") {
    CHECK(verdict("carl.miller1999") ==
          "the password is soon guessed: most of it is the user's name and a date");
    CHECK(verdict("abcabcabcabc") ==
          "the password is soon guessed: most of it is letters or digits in a row and "
          "repetitions");
    CHECK(verdict("helloworld") == "the password is soon guessed: most of it is common words");
}

TEST_CASE("A sentence, or what a password manager makes, can be one") {
    const auto* const good =
        GENERATE("a sentence is easy to remember", "correct horse battery staple", "Kv7#pq9Xw2",
                 "x8Qm2zPw1r", "carl eats nine green apples", "eine gute Zeile, oder?",
                 "\u017Darko Keci\u0107 kupuje kruh",
                 "\u6771\u4EAC\u3067\u4F1A\u3044\u307E\u3057"
                 "\u3087\u3046\u306D");
    CAPTURE(good);
    CHECK(verdict(good).empty());
}

TEST_CASE("A password is plain text of one line") {
    CHECK(verdict(std::string("a sentence\0 is easy", 19)) ==
          "the password holds a control character");
    CHECK(verdict("a sentence\n is easy") == "the password holds a line break or a tab");
    CHECK(verdict("a sentence \xFF is easy") == "the password is not valid UTF-8");
}

TEST_CASE("The same password is hashed to another text each time, and none fits nothing") {
    const NewPassword one("carl", "a sentence is easy to remember");
    const NewPassword two("carl", "a sentence is easy to remember");
    CHECK(one.stored().hash() != two.stored().hash());
    CHECK(one.is_same(two.stored()));
    CHECK(!StoredPassword().is(""));
    CHECK(!one.is_same(StoredPassword()));
    CHECK(!one.stored().is("a sentence is easy to remember "));
}
