// SHA-256, as lower-case hexadecimal text, over texts and files.
//
// OpenSSL does it: its code uses the processor's own instructions, and a log of a million
// events is hashed on every verify.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace purser {

class Hasher {
public:
    Hasher();
    void add(std::string_view text);
    // The digest of what was added; starts anew. It is there until the next one.
    std::string_view finish();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
    std::array<char, 64> text_{};
};

std::string sha256(std::string_view text);
std::string sha256_file(const std::filesystem::path& path);  // Broken when it cannot be read

// The hash of an event: of the previous hash, a line feed, and the line.
std::string_view chain_hash(Hasher& hasher, std::string_view previous, std::string_view line);
inline const std::string first_previous_hash(64, '0');

}  // namespace purser
