// A new form that begins with what was recorded last.
//
// It is an address with the form's fields: nothing is kept of it.
#pragma once

#include <optional>
#include <string>

#include "app/web/deed.hpp"

namespace purser::web {

struct Copy {
    std::string of;  // "SSR2-E7"
    std::string address;
};
// The expense that who asks submitted last, where the form is of a new one: without what differs
// from one invoice to the next, its number, days and rate.
std::optional<Copy> copy_of_last(Visit& visit, const Deed& deed);

}  // namespace purser::web
