// What must be true of a review on every day (MODEL.md 6), checked on what the model holds.
//
// The program is compared with the model, so what holds here holds there.
#pragma once

#include <string>

#include "model.hpp"

namespace plain {

// The first that is broken, in words, or "".
std::string broken_invariant(const Review& review);

// The free money that each control under `stop` looks at, day by day.
using Controlled = std::map<std::string, std::map<Day, Minor>>;
Controlled controlled_by_stop(const Review& review, const Accounts& accounts);
// Under `stop` no act but a lowering, or a grant's end, takes controlled free money below zero, or
// further below.
std::string broken_stop(const Controlled& before, const Controlled& after);

}  // namespace plain
