#include "app/web/upload.hpp"

#include <fstream>

#include "values/error.hpp"

namespace purser::web {
namespace {

bool is_receipt(std::string_view bytes) {
    using namespace std::literals;
    return bytes.starts_with("%PDF-") || bytes.starts_with("\x89PNG\r\n\x1a\n"sv) ||
           bytes.starts_with("\xff\xd8\xff") ||
           (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"));
}

// The last part of what it was called, of letters that mean nothing to any system.
std::string harmless(const std::string& name) {
    std::string result;
    for (const char c : name.substr(name.find_last_of("/\\") + 1)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            std::isalnum(byte) != 0 || byte > 127 || c == '.' || c == '-' || c == '_';
        result += plain ? c : '_';
    }
    while (result.starts_with('.')) result.erase(0, 1);
    if (result.size() > 100) result.erase(0, result.size() - 100);
    return result.empty() ? "receipt" : result;
}

}  // namespace

std::vector<std::string> Uploads::paths(const std::string& field) {
    std::vector<std::string> result;
    const auto [begin, end] = request_.uploads.equal_range(field);
    for (auto at = begin; at != end; ++at) {
        const auto& [file_name, content] = at->second;
        if (!content.empty() && !is_receipt(content)) {
            throw BadInput(field + ": " + file_name + " is neither a PDF nor a picture",
                           "send a PDF, PNG, JPEG or WebP file");
        }
        if (!folder_) folder_.emplace();
        const auto path = folder_->path() / harmless(file_name);
        std::ofstream out(path, std::ios::binary);
        out << content;
        out.close();
        if (!out) throw Broken("the upload cannot be written: " + path.string());
        result.push_back(path.string());
    }
    return result;
}

}  // namespace purser::web
