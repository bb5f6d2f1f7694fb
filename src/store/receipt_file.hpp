// A receipt that is kept with an expense: a file in the book, tied to the log by its digest.
//
// It is read before the act, and kept in the act's own transaction.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "store/database.hpp"

namespace purser {

struct ReceiptFile {
    std::filesystem::path path;
    std::string content;
    std::string digest;  // SHA-256, or "" for no receipt
};

// BadInput when it cannot be read, is empty, is larger than 10 MB, or is no receipt by its bytes,
// which also make the ending of its name. Nothing for no path.
ReceiptFile read_receipt(const std::optional<std::filesystem::path>& path);
void keep(Database& database, const ReceiptFile& receipt);

}  // namespace purser
