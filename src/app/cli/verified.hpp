// How the result of a verification is told: by `verify`, and by `restore`.
//
// The heads are printed as `verify --head` takes them, so that they can be kept elsewhere.
#pragma once

#include <string>

#include "app/cli/session.hpp"

namespace purser::cli {

void tell(Session& session, const VerifyResult& result, const std::string& beginning);

// A review's key, or BOOK for the chain of users and policies.
ReviewKey parse_chain(std::string_view text);

}  // namespace purser::cli
