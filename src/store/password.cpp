#include "store/password.hpp"

#include <algorithm>
#include <memory>
#include <sodium.h>
#include <vector>
#include <zxcvbn.h>

#include "store/digest.hpp"
#include "values/error.hpp"
#include "values/text.hpp"

namespace purser {
namespace {

// A thousand million guesses, as the estimate counts them: more than anybody tries on a page, and
// days of work with a stolen hash.
constexpr int least_bits = 30;
constexpr int kinds_of_guesses = 32;  // a match's kind is below; added to it: several times over

void start_libsodium() {
    if (sodium_init() < 0) throw Broken("libsodium cannot start: no source of random numbers");
}

// Argon2id with libsodium's interactive limits.
std::string hashed(const std::string& secret) {
    std::string result(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(result.data(), secret.data(), secret.size(),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        throw Broken("not enough memory to hash a password");
    }
    result.resize(result.find('\0'));
    return result;
}

// A hash that no password has, compared where there is none so that the answer takes as long.
const std::string& hash_of_nobody() {
    static const std::string hash = [] {
        std::string secret(32, '\0');
        randombytes_buf(secret.data(), secret.size());
        return hashed(secret);
    }();
    return hash;
}

// What a guesser knows of the user: the name, its parts, and both from behind.
std::vector<std::string> known_of(const std::string& user) {
    std::vector<std::string> words{user, "purser"};
    std::string part;
    for (const char c : user + '.') {
        const bool ends = c == '.' || c == '-' || c == '_';
        if (ends && part.size() > 2) words.push_back(part);
        part = ends ? "" : part + c;
    }
    for (std::size_t i = words.size(); i > 0; --i) {
        words.emplace_back(words[i - 1].rbegin(), words[i - 1].rend());
    }
    return words;
}

const char* said_of(int match) {
    switch (match % kinds_of_guesses) {
        case DICTIONARY_MATCH:
        case DICT_LEET_MATCH: return "common words";
        case USER_MATCH:
        case USER_LEET_MATCH: return "the user's name";
        case SEQUENCE_MATCH: return "letters or digits in a row";
        case SPATIAL_MATCH: return "neighbouring keys";
        case DATE_MATCH:
        case YEAR_MATCH: return "a date";
        default: return "repetitions";
    }
}

// "common words and a date"; what nobody guesses at once is not named.
std::string said_of(const ZxcMatch_t* parts) {
    std::vector<std::string> kinds;
    const auto add = [&](const std::string& kind) {
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    };
    for (const auto* one = parts; one != nullptr; one = one->Next) {
        if (one->Type % kinds_of_guesses != BRUTE_MATCH) add(said_of(one->Type));
        if (one->Type > kinds_of_guesses) add("repetitions");
    }
    std::string result;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (i > 0) result += i + 1 == kinds.size() ? " and " : ", ";
        result += kinds[i];
    }
    return result;
}

void require_hard_to_guess(const std::string& user, const std::string& secret) {
    const std::vector<std::string> words = known_of(user);
    std::vector<const char*> known;
    for (const auto& word : words) known.push_back(word.c_str());
    known.push_back(nullptr);
    ZxcMatch_t* found = nullptr;
    const auto bits = ZxcvbnMatch(secret.c_str(), known.data(), &found);
    const std::unique_ptr<ZxcMatch_t, decltype(&ZxcvbnFreeInfo)> parts(found, &ZxcvbnFreeInfo);
    if (bits >= least_bits) return;
    const std::string kinds = said_of(parts.get());
    throw BadInput(
        "the password is soon guessed" + (kinds.empty() ? "" : ": most of it is " + kinds),
        "a sentence of your own, of four words or more");
}

// Characters as people count them.
std::size_t length(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

void judge(const std::string& user, const std::string& secret) {
    if (secret.size() > NewPassword::longest) {
        throw BadInput(
            "the password has " + std::to_string(secret.size()) + " bytes, it takes 1,000 at most",
            "a sentence, which is easy to remember");
    }
    require_plain(secret, "password");
    if (length(secret) < NewPassword::shortest) {
        throw BadInput("the password has " + std::to_string(length(secret)) +
                           " characters, it takes at least " +
                           std::to_string(NewPassword::shortest),
                       "a sentence, which is easy to remember");
    }
    require_hard_to_guess(user, secret);
}

}  // namespace

bool StoredPassword::is(const std::string& secret) const {
    start_libsodium();
    const std::string& hash = is_there() ? hash_ : hash_of_nobody();
    const bool fits = crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size()) == 0;
    return fits && is_there();
}

std::string StoredPassword::digest() const { return is_there() ? sha256(hash_) : std::string(); }

NewPassword::NewPassword(const std::string& user, std::string secret) : secret_(std::move(secret)) {
    start_libsodium();
    judge(user, secret_);
    stored_ = StoredPassword(hashed(secret_));
}

NewPassword::~NewPassword() { sodium_memzero(secret_.data(), secret_.size()); }

}  // namespace purser
