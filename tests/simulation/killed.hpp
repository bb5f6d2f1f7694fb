// A process that records a history is killed (SIGKILL) at a random moment.
//
// What was acknowledged is there, what was refused left no trace, the act that was under way is
// there as a whole or not at all; the book verifies and the history goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace simulation {

struct Killed {
    int within = 0;  // killed while acts were still to come
    int whole = 0;   // the act under way was recorded, though never acknowledged
};

// What is wrong after the kill, or "".
std::string fault_of_kill(std::uint64_t seed, int acts, const std::filesystem::path& folder,
                          Killed& killed);

}  // namespace simulation
