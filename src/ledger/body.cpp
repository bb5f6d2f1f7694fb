#include "ledger/body.hpp"

#include <algorithm>

#include "ledger/reading.hpp"

namespace purser {
namespace {

// Most differ in their first letter, which asks for no call.
bool is_before(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty() || a.front() == b.front()) return a < b;
    return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
}

// An event was written from values: a text of it that is none was changed since.
template <typename Parse> auto value_of(std::string_view key, const Parse& parse) {
    try {
        return parse();
    } catch (const std::runtime_error& wrong) {
        throw Unreadable("its '" + std::string(key) + "': " + wrong.what());
    }
}

}  // namespace

void Body::set(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    if (bytes_.empty()) bytes_.reserve(256);  // most bodies need no more
    const std::size_t at = bytes_.size();
    bytes_ += text;
    put(key, Kind::text, static_cast<std::int64_t>(text.size()), at);
}

void Body::set_number(std::string_view key, std::int64_t number) {
    put(key, Kind::number, number, 0);
}

void Body::set_list(std::string_view key, List texts) {
    if (texts.empty()) return;
    lists_.push_back(std::move(texts));
    put(key, Kind::list, static_cast<std::int64_t>(lists_.size()) - 1, 0);
}

// What a key had before stays behind, unused: few are set twice.
void Body::put(std::string_view key, Kind kind, std::int64_t value, std::size_t text) {
    if (members_.empty()) members_.reserve(12);  // likewise
    const Member member{code_of(key),
                        static_cast<std::uint32_t>(bytes_.size()),
                        static_cast<std::uint32_t>(key.size()),
                        static_cast<std::uint32_t>(text),
                        value,
                        kind};
    if (members_.empty() || is_before(key_of(members_.back()), key)) {  // as they are read back
        members_.push_back(member);
    } else {
        const auto at = std::lower_bound(
            members_.begin(), members_.end(), key,
            [&](const Member& one, std::string_view wanted) { return key_of(one) < wanted; });
        if (key_of(*at) == key) {
            *at = member;
        } else {
            members_.insert(at, member);
        }
    }
    bytes_ += key;
    marks_ |= mark_of(member.code);
}

void Body::clear() {
    bytes_.clear();
    members_.clear();
    lists_.clear();
    marks_ = 0;
}

// Few members: looking at each is faster than halving.
const Body::Member* Body::look_for(std::string_view key, std::uint32_t code) const {
    for (const Member& one : members_) {
        if (one.code == code && key_of(one) == key) return &one;
    }
    return nullptr;
}

void Body::refuse(std::string_view key) {
    throw Unreadable("its '" + std::string(key) + "' is not of its kind");
}

std::string_view Body::text(std::string_view key) const {
    const Member* one = find(key, Kind::text);
    return one == nullptr ? std::string_view{} : text_of(*one);
}

std::int64_t Body::number(std::string_view key) const {
    const Member* one = find(key, Kind::number);
    return one == nullptr ? 0 : one->value;
}

const Body::List& Body::list(std::string_view key) const {
    static const List none;
    const Member* one = find(key, Kind::list);
    return one == nullptr ? none : list_of(*one);
}

Money Body::money(std::string_view key, Currency currency) const {
    const std::string_view amount = text(key);
    if (amount.empty()) return Money::zero(currency);
    return value_of(key, [&] { return Money::parse(amount, currency); });
}

std::optional<Date> Body::day(std::string_view key) const {
    const std::string_view day = text(key);
    if (day.empty()) return {};
    return value_of(key, [&] { return parse_date(day); });
}

bool operator==(const Body& a, const Body& b) {
    const auto same = [&](const Body::Member& one, const Body::Member& other) {
        if (one.kind != other.kind || a.key_of(one) != b.key_of(other)) return false;
        switch (one.kind) {
            case Body::Kind::text: return a.text_of(one) == b.text_of(other);
            case Body::Kind::number: return one.value == other.value;
            case Body::Kind::list: return a.list_of(one) == b.list_of(other);
        }
        return false;
    };
    return std::equal(a.members_.begin(), a.members_.end(), b.members_.begin(), b.members_.end(),
                      same);
}

}  // namespace purser
