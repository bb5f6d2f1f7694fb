// What an event says beside its columns: texts, whole numbers and lists of texts, by key.
//
// All keys and texts lie one after another in one piece of memory: verify makes a body of each of
// a million events on one thread, and reads it on another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values/date.hpp"
#include "values/money.hpp"

namespace purser {

class Body {
public:
    using List = std::vector<std::string>;

    void set(std::string_view key, std::string_view text);  // "" is left out
    void set(std::string_view key, const Money& amount) { set(key, amount.text()); }
    void set(std::string_view key, Date day) { set(key, to_text(day)); }
    void set_number(std::string_view key, std::int64_t number);
    void set_list(std::string_view key, List texts);  // empty is left out

    // Broken where what stands there is of another kind. A text is there until the body changes.
    std::string_view text(std::string_view key) const;           // "" when absent
    std::int64_t number(std::string_view key) const;             // 0 when absent
    const List& list(std::string_view key) const;                // empty when absent
    Money money(std::string_view key, Currency currency) const;  // zero when absent
    std::optional<Date> day(std::string_view key) const;
    bool has(std::string_view key) const { return find(key) != nullptr; }
    void clear();

    // Calls with each key, in order, and its std::string_view, std::int64_t or List.
    template <class Each> void each(const Each& each) const {
        for (const Member& one : members_) {
            switch (one.kind) {
                case Kind::text: each(key_of(one), text_of(one)); break;
                case Kind::number: each(key_of(one), one.value); break;
                case Kind::list: each(key_of(one), list_of(one)); break;
            }
        }
    }
    friend bool operator==(const Body& a, const Body& b);

private:
    enum class Kind : std::uint8_t { text, number, list };
    struct Member {
        std::uint32_t code;  // of the key
        std::uint32_t key, key_size;
        std::uint32_t text;  // where it begins in bytes_, as `key` for the key
        std::int64_t value;  // the number, a text's size, or a list's place
        Kind kind;
    };

    std::string_view key_of(const Member& one) const { return {&bytes_[one.key], one.key_size}; }
    std::string_view text_of(const Member& one) const {
        return {&bytes_[one.text], static_cast<std::size_t>(one.value)};
    }
    const List& list_of(const Member& one) const {
        return lists_[static_cast<std::size_t>(one.value)];
    }
    // A key's ends and length: few keys have the same.
    static std::uint32_t code_of(std::string_view key) {
        if (key.empty()) return 0;
        const auto byte = [](char c) { return static_cast<unsigned char>(c); };
        return static_cast<std::uint32_t>(key.size() << 16U) + byte(key.front()) * 256U +
               byte(key.back());
    }
    // One bit of 64, so that most keys that are absent are not looked for.
    static std::uint64_t mark_of(std::uint32_t code) {
        return std::uint64_t{1} << (code * 0x9E3779B1U >> 26U);
    }
    const Member* find(std::string_view key) const {
        const std::uint32_t code = code_of(key);
        return (marks_ & mark_of(code)) == 0 ? nullptr : look_for(key, code);
    }
    const Member* look_for(std::string_view key, std::uint32_t code) const;
    const Member* find(std::string_view key, Kind kind) const {
        const Member* one = find(key);
        if (one != nullptr && one->kind != kind) refuse(key);
        return one;
    }
    [[noreturn]] static void refuse(std::string_view key);
    void put(std::string_view key, Kind kind, std::int64_t value, std::size_t text);

    std::string bytes_;
    std::vector<Member> members_;  // sorted by key
    std::vector<List> lists_;
    std::uint64_t marks_ = 0;  // of the keys that are there
};

}  // namespace purser
