#include "report/register_filter.hpp"

#include <algorithm>
#include <set>

#include "ledger/acts.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Letters of English in either case; all others as they are.
bool contains(std::string_view text, std::string_view part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && contains(a, b);
}

// "expense.approve", or "expense" for all acts of that noun.
void require_act(const std::string& asked) {
    std::vector<std::string> known;
    for (const std::string& full : known_acts()) {
        const std::string noun = full.substr(0, full.find('.'));
        if (full == asked || noun == asked) return;
        known.push_back(full);
        if (std::find(known.begin(), known.end(), noun) == known.end()) known.push_back(noun);
    }
    throw BadInput("'" + asked + "' is no act", did_you_mean(asked, known));
}

// A commitment with the expenses against it and those that came after its close.
std::vector<std::string> documents_of(Book& book, const DocumentId& id) {
    std::vector<std::string> result{id.text()};
    if (id.kind == DocumentKind::expense) static_cast<void>(book.expense(id));
    if (id.kind != DocumentKind::commitment) return result;
    static_cast<void>(book.commitment(id));
    ExpenseFilter against;
    against.commitment = id.number;
    ExpenseFilter after;
    after.after = id.number;
    for (const ExpenseFilter& filter : {against, after}) {
        book.each_expense(id.review, filter, [&](const ExpenseView& view) {
            const DocumentId expense{id.review, DocumentKind::expense, view.expense.number};
            result.push_back(expense.text());
        });
    }
    return result;
}

Money size(const Amounts& amounts) {
    Money most = Money::zero(amounts.approved.currency());
    for (const Money& one :
         {amounts.approved, amounts.spent, amounts.committed, amounts.requested, amounts.free}) {
        most = std::max(most, one.is_negative() ? -one : one);
    }
    return most;
}

}  // namespace

EntryFilter::EntryFilter(Book& book, const Review& review, RegisterFilter asked, Audience audience)
    : key_(review.key()), asked_(std::move(asked)) {
    if (!asked_.category.empty()) review.category(asked_.category);
    if (!asked_.act.empty()) require_act(asked_.act);
    if (!asked_.actor.empty()) static_cast<void>(book.user(asked_.actor));
    if (asked_.min && asked_.max && *asked_.max < *asked_.min) {
        throw BadInput(asked_.max->grouped() + " is less than " + asked_.min->grouped(),
                       "name the smaller amount with --min, the larger with --max");
    }
    if (!asked_.payee.empty() && audience != Audience::finance) {
        throw Refused(Rule::not_permitted, "payees are for finance and support",
                      "ask without --payee");
    }
    if (asked_.role) {
        for (User& user : book.users()) users_.emplace(user.name, std::move(user));
    }
    if (!asked_.document) return;
    if (asked_.document->review != key_) {
        throw BadInput(asked_.document->text() + " is no document of " + key_.text(),
                       "see: purser expense list " + key_.text());
    }
    documents_ = documents_of(book, *asked_.document);
}

std::optional<Date> EntryFilter::last_day() const {
    if (!asked_.to || !asked_.as_of) return asked_.to ? asked_.to : asked_.as_of;
    return std::min(*asked_.to, *asked_.as_of);
}

void EntryFilter::each(Book& book, const Sink<Event>& sink) const {
    EventFilter filter;
    if (documents_.empty()) {
        filter.from = asked_.from;
        filter.to = last_day();
        filter.known_at = asked_.known_at;
        filter.by_day = true;
        book.each_event(key_, filter,
                        [&](const StoredEvent& stored) { return sink(stored.event); });
        return;
    }
    // Few of many: found by their documents, then told in the order of the register.
    std::set<std::pair<Date, std::int64_t>> found;
    for (const std::string& document : documents_) {
        filter.subject = document;
        book.each_event(key_, filter, [&](const StoredEvent& stored) {
            if (is_in_time(stored.event)) {
                found.emplace(stored.event.posted_on, stored.event.seq);
            }
        });
    }
    for (const auto& [on, seq] : found) {
        EventFilter one;
        one.seq = seq;
        book.each_event(key_, one, [&](const StoredEvent& stored) { sink(stored.event); });
    }
}

bool EntryFilter::is_in_time(const Event& event) const {
    const auto last = last_day();
    return (!asked_.from || event.posted_on >= *asked_.from) &&
           (!last || event.posted_on <= *last) &&
           (!asked_.known_at || event.recorded_at <= *asked_.known_at);
}

// Who approves says in which role; of others their roles of today speak.
bool EntryFilter::acted_as_role(const Event& event) const {
    const std::string_view said = event.body.text("role");
    if (event.act == Act::expense_approve && !said.empty()) return said == name(*asked_.role);
    const auto user = users_.find(event.actor);
    return user != users_.end() && user->second.has(*asked_.role, key_);
}

bool EntryFilter::takes(const Event& event, const Subject& subject) const {
    const auto& a = asked_;
    const std::string_view act = name(event.act);
    const bool of_act = a.act.empty() || act == a.act || act.substr(0, act.find('.')) == a.act;
    return of_act && (a.actor.empty() || event.actor == a.actor) &&
           (!a.role || acted_as_role(event)) &&
           (a.meeting.empty() || equal(subject.meeting, a.meeting)) &&
           (a.work_item.empty() || equal(subject.work_item, a.work_item)) &&
           (a.payee.empty() || contains(subject.payee, a.payee)) &&
           (a.text.empty() || contains(subject.what, a.text) || contains(event.subject, a.text));
}

// What is not shown is not found by its size either.
bool EntryFilter::takes(const Effect& effect, bool amounts_shown) const {
    if (!asked_.category.empty() && effect.category != asked_.category) return false;
    if (asked_.year && effect.year != asked_.year) return false;
    if (!asked_.min && !asked_.max) return true;
    if (!amounts_shown) return false;
    const Money of = size(effect.amounts);
    return (!asked_.min || of >= *asked_.min) && (!asked_.max || of <= *asked_.max);
}

bool EntryFilter::is_of_figures() const {
    const auto& a = asked_;
    return !a.document && a.act.empty() && a.actor.empty() && !a.role && a.meeting.empty() &&
           a.work_item.empty() && a.payee.empty() && a.text.empty() && !a.min && !a.max;
}

std::vector<std::string> EntryFilter::words() const {
    const auto& a = asked_;
    std::vector<std::string> result;
    const auto add = [&](const char* what, const std::string& value) {
        if (!value.empty()) result.push_back(std::string(what) + ' ' + value);
    };
    add("category", a.category);
    add("fiscal year", a.year ? a.year->text() : std::string());
    add("document", a.document ? a.document->text() : std::string());
    add("act", a.act);
    add("by", a.actor);
    add("by role", a.role ? std::string(name(*a.role)) : std::string());
    add("meeting", a.meeting);
    add("work item", a.work_item);
    add("payee with", a.payee);
    add("text with", a.text);
    add("from", a.min ? a.min->with_code() : std::string());
    add("up to", a.max ? a.max->with_code() : std::string());
    return result;
}

}  // namespace purser::report
