// What a value says when it refuses: its message and its hint on one line.
#pragma once

#include <string>

#include "values/error.hpp"

namespace purser::test {

// "message | hint" of the BadInput or Refused that `act` throws; "" when it does not.
template <class Act> std::string refusal(Act&& act) {
    const auto joined = [](const auto& error) {
        return error.hint().empty() ? std::string(error.what())
                                    : std::string(error.what()) + " | " + error.hint();
    };
    try {
        act();
    } catch (const BadInput& bad) {
        return joined(bad);
    } catch (const Refused& refused) {
        return joined(refused);
    }
    return {};
}

}  // namespace purser::test
