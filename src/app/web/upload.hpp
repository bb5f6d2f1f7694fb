// Files that came with a form, kept in a folder of their own until the request is answered.
//
// A receipt is a PDF, PNG, JPEG or WebP by its content, whatever it is called; its name is made
// harmless. Nothing that a client sends is ever taken as the name of a file of this machine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/web/http.hpp"
#include "format/temporary_folder.hpp"

namespace purser::web {

class Uploads {
public:
    explicit Uploads(const Request& request) : request_(request) {}

    // The paths of what was sent in a field, written when first asked for. BadInput for what is no
    // receipt.
    std::vector<std::string> paths(const std::string& field);

private:
    const Request& request_;
    std::optional<format::TemporaryFolder> folder_;
};

}  // namespace purser::web
