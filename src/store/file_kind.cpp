#include "store/file_kind.hpp"

namespace purser {

FileKind kind_of(std::string_view bytes) {
    using namespace std::literals;
    if (bytes.starts_with("%PDF-")) return {"pdf", "application/pdf"};
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return {"png", "image/png"};
    if (bytes.starts_with("\xff\xd8\xff")) return {"jpg", "image/jpeg"};
    const bool is_webp = bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP");
    if (is_webp) return {"webp", "image/webp"};
    return {"bin", "application/octet-stream"};
}

}  // namespace purser
