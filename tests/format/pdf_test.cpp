#include "format/pdf.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

#include "format/program.hpp"
#include "format/temporary_folder.hpp"
#include "values/error.hpp"

using namespace purser;
using namespace purser::format;

namespace {

ProgramEnd run(const std::vector<std::string>& words,
               const std::vector<std::string>& variables = {}) {
    const TemporaryFolder folder;
    return run_program(words, variables, folder.path() / "log", std::chrono::seconds(20), "hint");
}

std::string failure(const std::vector<std::string>& words, std::chrono::seconds limit) {
    const TemporaryFolder folder;
    try {
        run_program(words, {}, folder.path() / "log", limit, "apt-get install it");
    } catch (const Broken& broken) {
        return std::string(broken.what()) + " | " + broken.hint();
    }
    return {};
}

}  // namespace

TEST_CASE("A program gets its words as they are and tells how it ended") {
    const auto end =
        run({"sh", "-c", "printf '%s/' \"$@\" >&2; exit 7", "sh", "a b", "$HOME", "*"});
    CHECK(end.code == 7);
    CHECK(end.message == "a b/$HOME/*/");
    CHECK(run({"true"}).code == 0);
    CHECK(run({"sh", "-c", "kill -9 $$"}).code == 128 + 9);
    CHECK(run({"cat"}).message.empty());  // there is nothing to read
}

TEST_CASE("A program gets our variables and those that are set for it") {
    CHECK(run({"sh", "-c", "echo $COLOUR, ${PATH:+there} 1>&2"}, {"COLOUR=red"}).message ==
          "red, there");
    CHECK(run({"sh", "-c", "echo $PATH"}, {"PATH=/nowhere"}).message == "/nowhere");
}

TEST_CASE("A program that is missing or does not end is said to be so") {
    CHECK(failure({"no-such-program-here"}, std::chrono::seconds(1)) ==
          "the program no-such-program-here is not installed | apt-get install it");
    CHECK(failure({"sleep", "30"}, std::chrono::seconds(0)) ==
          "the program sleep had not ended after 0 s and was stopped | ");
}

TEST_CASE("A temporary folder is gone with what is in it") {
    std::filesystem::path path;
    {
        const TemporaryFolder folder;
        path = folder.path();
        REQUIRE(std::filesystem::exists(path));
        run_program({"true"}, {}, path / "log", std::chrono::seconds(20), "");
    }
    CHECK_FALSE(std::filesystem::exists(path));
}
