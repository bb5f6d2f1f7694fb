#include "ledger/reading.hpp"

namespace purser {

// Called while the exception is handled that says what is wrong.
void rethrow_as_damage(const Stored& stored) {
    const std::string cannot = stored.what + " cannot be read: ";
    try {
        throw;
    } catch (const std::logic_error&) {
        throw Broken(cannot + "a part of it is missing", stored.hint);
    } catch (const std::exception& error) {
        throw Broken(cannot + error.what(), stored.hint);
    }
}

Date needed_day(const Body& body, std::string_view key) {
    if (const auto day = body.day(key)) return *day;
    throw Unreadable("it says no '" + std::string(key) + "'");
}

std::int64_t expense_number(const Event& event) {
    return reading([&] { return log_line(event); },
                   [&] {
                       const DocumentId id =
                           DocumentId::parse(event.subject, DocumentKind::expense);
                       if (id.number <= event.seq) return id.number;
                       throw Unreadable("before it there are not so many expenses");
                   });
}

}  // namespace purser
