#include "store/digest.hpp"

#include <array>
#include <fstream>
#include <openssl/evp.h>
#include <vector>

#include "values/error.hpp"

namespace purser {
namespace {

const EVP_MD* algorithm() {
    // Fetched once: looking it up by name on each use costs more than a short hash.
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return fetched;
}

// Both digits of each byte.
constexpr auto hex = [] {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<std::array<char, 2>, 256> result{};
    for (std::size_t byte = 0; byte < result.size(); ++byte) {
        result.at(byte) = {digits.at(byte / 16), digits.at(byte % 16)};
    }
    return result;
}();

}  // namespace

void Hasher::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Hasher::Hasher() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex2(context_.get(), algorithm(), nullptr) != 1) {
        throw Broken("SHA-256 is not available from OpenSSL");
    }
}

void Hasher::add(std::string_view text) {
    EVP_DigestUpdate(context_.get(), text.data(), text.size());
}

std::string_view Hasher::finish() {
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
    EVP_DigestInit_ex2(context_.get(), algorithm(), nullptr);
    char* at = text_.data();
    for (const unsigned char byte : digest) {
        *at++ = hex[byte][0];
        *at++ = hex[byte][1];
    }
    return {text_.data(), text_.size()};
}

std::string sha256(std::string_view text) {
    Hasher hasher;
    hasher.add(text);
    return std::string(hasher.finish());
}

std::string sha256_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Broken("cannot read " + path.string());
    Hasher hasher;
    std::vector<char> buffer(1 << 16);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
        hasher.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
    }
    if (in.bad()) throw Broken("cannot read " + path.string());
    return std::string(hasher.finish());
}

std::string_view chain_hash(Hasher& hasher, std::string_view previous, std::string_view line) {
    hasher.add(previous);
    hasher.add("\n");
    hasher.add(line);
    return hasher.finish();
}

}  // namespace purser
