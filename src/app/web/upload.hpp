// Files that came with a request, kept in a folder of their own until it is answered.
//
// What a receipt is by its content the book judges; a file's name is made harmless. Nothing that a
// client sends is ever taken as the name of a file of this machine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/web/http.hpp"
#include "format/temporary_folder.hpp"

namespace purser::web {

class Uploads {
public:
    explicit Uploads(std::multimap<std::string, Upload> files) : files_(std::move(files)) {}

    // The paths of what was sent in a field, written when first asked for. BadInput for a file of
    // more than 8 MB that is no receipt.
    std::vector<std::string> paths(const std::string& field);
    bool has(const std::string& field) const { return files_.contains(field); }

private:
    std::multimap<std::string, Upload> files_;
    std::optional<format::TemporaryFolder> folder_;
};

// Bytes as text: in a hidden field that carries a file from page to page, and in JSON.
std::string to_base64(std::string_view bytes);
std::string from_base64(std::string_view text);  // BadInput when it is none

}  // namespace purser::web
