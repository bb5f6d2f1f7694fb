// A history as its seed makes it: who asks what, when, and what the model says to it.
//
// It does not look at the book, so the same seed gives the same history to any process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "asker.hpp"

namespace simulation {

class Script {
public:
    explicit Script(std::uint64_t seed);
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;

    plain::Ask next();  // time passes
    plain::Verdict judge(const plain::Ask& ask);

    const plain::Model& model() const { return model_; }
    std::int64_t now() const { return now_; }  // milliseconds since 1970
    plain::Day today() const { return model_.today; }

private:
    Random random_;
    plain::Model model_;
    Asker asker_;
    std::vector<plain::Ask> opening_;
    std::size_t asked_ = 0;
    std::int64_t now_;
};

}  // namespace simulation
