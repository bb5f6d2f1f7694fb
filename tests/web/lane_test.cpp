#include "app/web/lane.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

using namespace purser::web;

TEST_CASE("Who asks for much waits behind that, and nobody else does") {
    std::promise<void> go;
    const std::shared_future<void> gone = go.get_future().share();
    std::atomic<int> mallory = 0;
    std::atomic<int> most = 0;
    std::promise<void> carl;
    Lane lane(3, 2);
    for (int i = 0; i < 20; ++i) {
        REQUIRE(lane.post("mallory", [&, gone] {
            most = std::max<int>(most, ++mallory);
            gone.wait();
            --mallory;
        }));
    }
    REQUIRE(lane.post("carl", [&] { carl.set_value(); }));
    carl.get_future().wait();  // while all of mallory's still wait or work
    CHECK(mallory <= 2);
    go.set_value();
    lane.finish();
    CHECK(mallory == 0);
    CHECK(most == 2);
}

TEST_CASE("No more waits of one person than may, and nothing after the end") {
    std::promise<void> go;
    const std::shared_future<void> gone = go.get_future().share();
    std::promise<void> begun;
    std::atomic<int> done = 0;
    Lane lane(1, 1, 5);
    REQUIRE(lane.post("mallory", [&, gone] {
        begun.set_value();
        gone.wait();
    }));
    begun.get_future().wait();
    for (int i = 0; i < 5; ++i) REQUIRE(lane.post("mallory", [&] { ++done; }));
    CHECK(!lane.post("mallory", [&] { ++done; }));
    CHECK(lane.post("carl", [&] { ++done; }));
    go.set_value();
    lane.finish();
    CHECK(done == 6);
    CHECK(!lane.post("carl", [&] { ++done; }));
}
