#include "app/web/site.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <sodium.h>

#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::size_t nonce_length = 32;

std::string signed_nonce(const Visit& visit, const std::string& nonce) {
    return nonce + sha256(nonce + '\n' + visit.form_secret);
}

}  // namespace

std::string random_hex() {
    std::array<unsigned char, nonce_length / 2> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, nonce_length + 1> hex{};
    return sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
}

std::string form_token(const Visit& visit) { return signed_nonce(visit, random_hex()); }

bool is_form_token(const Visit& visit, const std::string& token) {
    if (token.size() != nonce_length + 64 || visit.form_secret.empty()) return false;
    const std::string right = signed_nonce(visit, token.substr(0, nonce_length));
    return sodium_memcmp(token.data(), right.data(), right.size()) == 0;
}

Problem problem_now() {
    try {
        throw;
    } catch (const Refused& no) {
        return {422, std::string(name(no.rule())), no.what(), no.hint()};
    } catch (const BadInput& bad) {
        return {400, "bad_input", bad.what(), bad.hint()};
    } catch (const Broken& sorry) {
        std::cerr << "broken: " + std::string(sorry.what()) + '\n';
        return {500, "broken", sorry.what(), sorry.hint()};
    } catch (const std::exception& sorry) {
        std::cerr << "broken: " + std::string(sorry.what()) + '\n';
        return {500, "broken", "something inside the program broke", "its log says more"};
    }
}

}  // namespace purser::web
