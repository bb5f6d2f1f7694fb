#include "app/web/upload.hpp"

#include <fstream>
#include <sodium.h>

#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::size_t file_limit = 8'000'000;  // as base64, a page that carries it is let through

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
    const auto is_within = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (!result.empty() && is_within(result.front())) result.erase(0, 1);  // a letter was cut
    return result.empty() ? "file" : result;
}

// A receipt is judged by the book, whatever brings it.
void check(const std::string& field, const Upload& upload) {
    if (field == "receipt" || upload.content.size() <= file_limit) return;
    throw BadInput(upload.file_name + " is larger than 8 MB", "import it on the command line");
}

}  // namespace

std::vector<std::string> Uploads::paths(const std::string& field) {
    std::vector<std::string> result;
    const auto [begin, end] = files_.equal_range(field);
    for (auto at = begin; at != end; ++at) {
        check(field, at->second);
        const auto& [file_name, content] = at->second;
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

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), 0);
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the zero at its end
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes(text.size(), 0);
    std::size_t size = 0;
    const int failed =
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), "\r\n", &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    if (failed != 0) throw BadInput("a file is not in base64");
    bytes.resize(size);
    return bytes;
}

}  // namespace purser::web
