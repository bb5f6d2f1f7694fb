#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <sys/resource.h>

#include "generated_stream.hpp"
#include "intake/expense_file.hpp"

#if defined(__SANITIZE_ADDRESS__)
// <sanitizer/allocator_interface.h> does not come with every GCC.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

using namespace purser;

namespace {

// Bytes in use: the process's peak, or the live ones where the sanitizer keeps the freed.
std::size_t bytes_in_use() {
#if defined(__SANITIZE_ADDRESS__)
    return __sanitizer_get_current_allocated_bytes();
#else
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
#endif
}

std::string line(std::int64_t number) {
    return "2017-03-20,travel,1.05,Hotel in Copenhagen for member " + std::to_string(number) +
           ",Hotel Example,INV-" + std::to_string(number) + "\r\n";
}

}  // namespace

TEST_CASE("A million rows need no more memory than a thousand") {
    test::GeneratedStream in("posted_on,category,amount,why,payee,invoice\r\n", line, 1'000'000,
                             "total,,1050000.00,,,\r\n");
    intake::ExpenseFile file(in, "million.csv", ReviewKey::parse("SSR2"), Currency::parse("USD"));
    std::int64_t good = 0;
    std::size_t early = 0;
    std::size_t most = 0;
    while (const auto item = file.next()) {
        if (!std::holds_alternative<ImportRow>(*item)) FAIL(std::get<Problem>(*item).what);
        ++good;
        if (good == 1000) early = bytes_in_use();
        if (good % 50'000 == 0) most = std::max(most, bytes_in_use());
    }
    CHECK(good == 1'000'000);
    CHECK(file.rows() == 1'000'000);
    CHECK(file.sum().text() == "1050000.00");
    CHECK(most < early + 2'000'000);
}

TEST_CASE("A file of nothing but problems needs no more memory either") {
    test::GeneratedStream in(
        "posted_on,category,amount,why\n", [](std::int64_t) { return std::string("x,y z,95k,\n"); },
        50'000);
    intake::ExpenseFile file(in, "bad.csv", ReviewKey::parse("SSR2"), Currency::parse("USD"));
    std::int64_t problems = 0;
    std::size_t early = 0;
    while (const auto item = file.next()) {
        ++problems;
        if (problems == 1000) early = bytes_in_use();
    }
    CHECK(problems == 200'000);
    CHECK(bytes_in_use() < early + 2'000'000);
}
