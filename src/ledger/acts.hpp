// The names of all acts, for whoever asks for the entries of some of them: each as the log has it,
// "expense.approve", so the part before the point is a noun of the command line.
#pragma once

#include <string>
#include <vector>

namespace purser {

std::vector<std::string> known_acts();  // "envelope.grant", …

}  // namespace purser
