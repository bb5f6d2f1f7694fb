// What a file is by its bytes, whatever somebody called it: a receipt is a PDF or a picture, is
// kept under a name that says so, and is given back as what it is.
#pragma once

#include <string_view>

namespace purser {

struct FileKind {
    std::string_view ending;  // "pdf"; "bin" for what is none of those
    std::string_view type;    // "application/pdf"

    bool is_receipt() const { return ending != "bin"; }
};

// PDF, PNG, JPEG or WebP, else any bytes.
FileKind kind_of(std::string_view bytes);

}  // namespace purser
