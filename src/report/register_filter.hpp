// Which entries a register shows: all conditions together, each optional.
//
// Conditions of the day, of knowledge, of category and of fiscal year are the figures' own, so
// their totals are known without reading an entry; all others are asked of each entry.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/register.hpp"
#include "report/subjects.hpp"

namespace purser::report {

class EntryFilter {
public:
    // Refuses unknown_category, unknown_user, unknown_expense, unknown_commitment, and
    // not_permitted where a payee is asked for by whom payees are not for; BadInput for an act
    // that there is not.
    EntryFilter(Book& book, const Review& review, RegisterFilter asked, Audience audience);

    // Each entry that may be meant, by accounting date, then as recorded.
    void each(Book& book, const Sink<Event>& sink) const;
    bool takes(const Event& event, const Subject& subject) const;
    bool takes(const Effect& effect, bool amounts_shown) const;

    bool is_of_figures() const;              // the figures know its totals
    std::vector<std::string> words() const;  // "category travel", "acted as chair"
    std::optional<Date> last_day() const;
    const RegisterFilter& asked() const { return asked_; }

private:
    bool is_in_time(const Event& event) const;
    bool acted_as_role(const Event& event) const;

    ReviewKey key_;
    RegisterFilter asked_;
    std::vector<std::string> documents_;  // the one that is asked for, and what belongs to it
    std::map<std::string, User> users_;
};

}  // namespace purser::report
