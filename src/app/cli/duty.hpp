// What a verb records, and who may.
//
// Found in the ledger's table by the verb's own name: "expense submit" records expense.submit.
#pragma once

#include <optional>
#include <string>

#include "app/cli/command.hpp"
#include "ledger/event.hpp"

namespace purser::cli {

std::optional<Act> act_of(const Verb& verb);  // nothing of a report, and of what no event tells
// "finance or support"; "" where the act itself says whom it concerns.
std::string who_may(const Verb& verb);

}  // namespace purser::cli
