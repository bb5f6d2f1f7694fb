// Addresses: cut apart, put together, and safe in either direction.
//
// What no page stands for has none: a text is never taken for an address.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "values/id.hpp"

namespace purser::web {

std::vector<std::string> parts_of(std::string_view path);  // "/a/b" as "a", "b"; "/" as none
std::string encoded(std::string_view text);                // for a query or a part of a path
// "?a=1&b=2", or "" for nothing.
std::string query_of(const std::vector<std::pair<std::string, std::string>>& fields);
std::optional<DocumentId> document_of(std::string_view text);  // nothing for other texts
// The page of a document: "/expense/show/SSR2-E1", "" where it has none, and for other texts.
std::string address_of(std::string_view text);
// The page of a command of the terminal, filled in by its options: "purser budget move SSR2 --from
// travel --as ann" as "/budget/move/SSR2?from=travel", for who is signed in acts. "" for no
// command.
std::string page_of_command(const std::string& command);

}  // namespace purser::web
