// Passwords: one that may be set, and the one that the book keeps.
//
// Hashing one, or comparing it, takes a fraction of a second and 64 MB. Neither needs the book, so
// both are done before one is taken: nobody who writes waits for a password.
#pragma once

#include <string>

namespace purser {

// What the book keeps of a user's password: Argon2id with a salt of its own, or "" for none.
class StoredPassword {
public:
    StoredPassword() = default;
    explicit StoredPassword(std::string hash) : hash_(std::move(hash)) {}

    // Takes as long where there is none.
    bool is(const std::string& secret) const;
    bool is_there() const { return !hash_.empty(); }
    const std::string& hash() const { return hash_; }
    std::string digest() const;  // by which the log knows it: of the salted hash

private:
    std::string hash_;
};

// A password that was judged and hashed; one that is refused cannot be made.
class NewPassword {
public:
    static constexpr std::size_t shortest = 10;   // characters
    static constexpr std::size_t longest = 1000;  // bytes

    // BadInput, which repeats nothing of it: too short, too long, not plain text, or made of words
    // and patterns that are guessed first, the user's name among them.
    NewPassword(const std::string& user, std::string secret);
    ~NewPassword();
    NewPassword(const NewPassword&) = delete;
    NewPassword& operator=(const NewPassword&) = delete;

    const StoredPassword& stored() const { return stored_; }
    bool is_same(const StoredPassword& other) const { return other.is(secret_); }

private:
    std::string secret_;
    StoredPassword stored_;
};

}  // namespace purser
