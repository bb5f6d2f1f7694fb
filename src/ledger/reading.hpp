// What a book holds, read back: where it holds what cannot be, that is damage, and nobody's fault
// who asks. So it is Broken, and says which row it is.
//
// Values refuse a wrong text as BadInput, since most texts were typed just now. Whoever makes
// values of what a book holds does so within `reading`:
//
//     reading([&] { return row_of("SSR2-C3"); }, [&] { return parse_date(text); })
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/event.hpp"
#include "values/error.hpp"
#include "values/id.hpp"

namespace purser {

// No book counts so far: a number beyond is damage, and what is added to it would overflow.
constexpr std::int64_t most_counted = 1'000'000'000'000'000;

// Damage found where it is not known which row holds it; `reading` says that.
class Unreadable : public Broken {
public:
    using Broken::Broken;
};

// Where something stands in a book, and what helps when it is damaged.
struct Stored {
    std::string what;
    const char* hint;
};

// A row that the log makes anew: "the row of SSR2-C3".
inline Stored row_of(const std::string& what) {
    return {"the row of " + what, "try: purser rebuild"};
}
inline Stored row_in(const std::string& table, const std::string& key) {
    return row_of("'" + key + "' in the table " + table);
}
// An event, which nothing makes anew.
inline Stored log_line(std::string_view review, std::int64_t seq) {
    return {std::string(review) + '#' + std::to_string(seq),
            "restore the last backup that verifies"};
}

inline Stored log_line(const Event& event) { return log_line(event.review.text(), event.seq); }

[[noreturn]] void rethrow_as_damage(const Stored& stored);

// `where` is called, and answers a Stored, only when reading fails.
template <typename Where, typename Read> decltype(auto) reading(const Where& where, Read&& read) {
    try {
        return std::forward<Read>(read)();
    } catch (const Unreadable&) {
        rethrow_as_damage(where());
    } catch (const BadInput&) {
        rethrow_as_damage(where());
    } catch (const Refused&) {  // an amount that no book can hold, a category that is not there
        rethrow_as_damage(where());
    } catch (const std::logic_error&) {  // a text that is too short, a number that is none
        rethrow_as_damage(where());
    }
}

// The same for who is called with what was read: what else goes wrong there is no damage.
template <typename Where, typename Use> decltype(auto) naming(const Where& where, Use&& use) {
    try {
        return std::forward<Use>(use)();
    } catch (const Unreadable&) {
        rethrow_as_damage(where());
    }
}

// A day that an event cannot be without.
Date needed_day(const Body& body, std::string_view key);
// The number of the expense that an event is about. Each expense has an event of its own, so none
// has a higher number than its events: memory can be taken by it.
std::int64_t expense_number(const Event& event);

}  // namespace purser
