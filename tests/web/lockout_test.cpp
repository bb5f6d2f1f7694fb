#include "app/web/lockout.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace purser::web;
using namespace std::chrono_literals;

namespace {

const Lockout::Time begun = Lockout::Time{} + 24h;

// How many of so many tries are let through, one each `every`.
int admitted(Lockout& lockout, const Lockout::Try& one, int tries,
             std::chrono::seconds every = 0s) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += lockout.admits(one, begun + i * every) ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("After four wrong passwords each further try waits, longer and longer, then anew") {
    Lockout lockout;
    const Lockout::Try carl{"carl", "192.0.2.1", ""};
    // The fifth is still looked at; after it the wait doubles up to a quarter of an hour.
    CHECK(admitted(lockout, carl, 100) == Lockout::of_one.free_tries + 1);
    auto now = begun;
    for (const auto wait : {1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 512s, 900s, 900s}) {
        CHECK(!lockout.admits(carl, now + wait - 1ms));
        now += wait;
        CHECK(lockout.admits(carl, now));
    }
    CHECK(!lockout.admits(carl, now + 15min - 1s));
    CHECK(lockout.admits({"carl", "192.0.2.2", ""}, now));
    now += Lockout::remembered;
    for (int i = 0; i <= Lockout::of_one.free_tries; ++i) CHECK(lockout.admits(carl, now));
    CHECK(!lockout.admits(carl, now));
}

TEST_CASE("The right password clears what the same name and network had tried") {
    Lockout lockout;
    const Lockout::Try carl{"carl", "192.0.2.1", ""};
    for (int i = 0; i < 200; ++i) {
        REQUIRE(lockout.admits(carl, begun));
        lockout.passed(carl);
    }
}

TEST_CASE("From many networks a name is slowed by a minute, from one network many names are") {
    Lockout lockout;
    int names = 0;
    int networks = 0;
    for (int i = 0; i < 500; ++i) {
        networks += admitted(lockout, {"carl", "network " + std::to_string(i), ""}, 1);
        names += admitted(lockout, {"name " + std::to_string(i), "192.0.2.9", ""}, 1);
    }
    CHECK(networks == Lockout::of_name.free_tries + 1);
    CHECK(names == Lockout::of_network.free_tries + 1);
    CHECK(lockout.admits({"carl", "another", ""}, begun + 60s));
    CHECK(lockout.admits({"another", "192.0.2.9", ""}, begun + 60s));
}

TEST_CASE("Who signs in well lets nobody guess on from the same network") {
    Lockout lockout;
    int wrong = 0;
    for (int i = 0; i < 500; ++i) {
        const Lockout::Try own{"mallory", "192.0.2.9", ""};
        if (lockout.admits(own, begun)) lockout.passed(own);
        wrong += admitted(lockout, {"name " + std::to_string(i), "192.0.2.9", ""}, 1);
    }
    CHECK(wrong == Lockout::of_network.free_tries + 1);
}

TEST_CASE("A known browser and a session are held up by their own tries only") {
    Lockout lockout;
    for (int i = 0; i < 500; ++i) {
        admitted(lockout, {"carl", "network " + std::to_string(i % 100), ""}, 5);
    }
    const Lockout::Try known{"carl", "network 1", "browser of carl"};
    CHECK(!lockout.admits({"carl", "network 1", ""}, begun));
    CHECK(admitted(lockout, known, 100) == Lockout::of_one.free_tries + 1);
    CHECK(admitted(lockout, {"carl", "network 1", "another browser of carl"}, 1) == 1);
    CHECK(lockout.admits({"olga", "network 1000", ""}, begun));
}

TEST_CASE("Of many tries at once no more are let through than one after another") {
    Lockout lockout;
    std::atomic<int> count = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] { count += admitted(lockout, {"carl", "192.0.2.1", ""}, 50); });
    }
    threads.clear();
    CHECK(count == Lockout::of_one.free_tries + 1);
}

TEST_CASE("What is remembered is bounded") {
    Lockout lockout;
    for (std::size_t i = 0; i < Lockout::most + 1'000; ++i) {
        const std::string one = std::to_string(i);
        const auto now = begun + std::chrono::milliseconds(i);
        lockout.admits({"name " + one, "network " + one, ""}, now);
    }
    // The first was forgotten, a late one is not.
    const auto count = [&](const std::string& one) {
        int admitted = 0;
        for (int i = 0; i < 100; ++i) {
            admitted += lockout.admits({"name " + one, "network " + one, ""}, begun + 60s) ? 1 : 0;
        }
        return admitted;
    };
    CHECK(count("0") == Lockout::of_one.free_tries + 1);
    CHECK(count("10999") == Lockout::of_one.free_tries);
}

TEST_CASE("An address of IPv6 counts as its /64, one of IPv4 as itself") {
    CHECK(network_of("192.0.2.7") == "192.0.2.7");
    CHECK(network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(network_of("2001:db8:1:2:ffff::1") == network_of("2001:db8:1:2::1"));
    CHECK(network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1"));
    CHECK(network_of("unknown") == "unknown");
}
