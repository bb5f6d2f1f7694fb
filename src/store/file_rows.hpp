// Files in the book: receipts and renderings of fact sheets, known by the SHA-256 of their bytes.
//
// They are not made from the log; events name their digests, and verify checks both.
#pragma once

#include <optional>
#include <string>

#include "store/database.hpp"

namespace purser {

// Keeps it once, however often the same bytes are given.
void keep_file(Database& database, const std::string& digest, const std::string& name,
               const std::string& content);
bool has_file(Database& database, const std::string& digest);
std::optional<std::string> load_file(Database& database, const std::string& digest);
std::string file_name(Database& database, const std::string& digest);  // "" when it is not there
void delete_file(Database& database, const std::string& digest);

// The bytes of a row's content; nothing when that is no base64.
std::optional<std::string> decoded(const std::string& content);

}  // namespace purser
