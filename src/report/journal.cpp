#include "report/journal.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace purser::report {
namespace {

constexpr Date last_day = date::year{9998} / 12 / 31;  // every calendar names its fiscal year

// What only the first event of an expense says: its commitment, eight bytes for each expense of
// the review; and, until it is decided, what its invoice in another currency says.
class Expenses {
public:
    explicit Expenses(ReviewKey key) : key_(std::move(key)) {}

    struct Said {
        std::string commitment;  // "SSR2-C1", or "" for what is against none
        std::string original, rate;
    };

    Said of(const Event& event) {
        const bool is_expense = name(event.act).starts_with("expense.") && !event.subject.empty();
        Said said;
        if (!is_expense) return said;
        const std::int64_t number = DocumentId::parse(event.subject).number;
        if (event.act == Act::expense_submit || event.act == Act::expense_settle) {
            keep(number, event.body);
        }
        if (const std::int64_t of = commitment(number); of != 0) {
            said.commitment = DocumentId{key_, DocumentKind::commitment, of}.text();
        }
        if (const auto foreign = undecided_.find(number); foreign != undecided_.end()) {
            said.original = foreign->second.original;
            said.rate = foreign->second.rate;
            const bool is_decided = event.act != Act::expense_submit && event.body.has("state");
            if (is_decided) undecided_.erase(foreign);
        }
        return said;
    }

private:
    void keep(std::int64_t number, const Body& body) {
        if (body.has("original_amount")) {
            undecided_[number] = {{},
                                  std::string(body.text("original_amount")) + ' ' +
                                      std::string(body.text("original_currency")),
                                  std::string(body.text("rate"))};
        }
        if (!body.has("commitment")) return;
        const auto at = static_cast<std::size_t>(number);
        if (commitments_.size() <= at) commitments_.resize(at + 1 + at / 2);
        commitments_[at] = DocumentId::parse(body.text("commitment")).number;
    }
    std::int64_t commitment(std::int64_t number) const {
        const auto at = static_cast<std::size_t>(number);
        return at < commitments_.size() ? commitments_[at] : 0;
    }

    ReviewKey key_;
    std::vector<std::int64_t> commitments_;  // by the expense's number
    std::map<std::int64_t, Said> undecided_;
};

Transaction transaction(const Event& event, Expenses& expenses, bool with_reasons) {
    Transaction result{event.posted_on,
                       event_id(event.review, event.seq),
                       std::string(name(event.act)),
                       with_reasons ? event.reason : std::string(),
                       {},
                       {}};
    if (!event.subject.empty()) result.description += ' ' + event.subject;
    const auto tag = [&](std::string_view key, std::string value) {
        if (!value.empty()) result.tags.emplace_back(key, std::move(value));
    };
    const Expenses::Said said = expenses.of(event);
    tag("event", result.code);
    if (event.id() != result.code) tag("document", event.subject);
    tag("commitment", said.commitment);
    tag("actor", event.actor);
    if (event.document_on) tag("document-date", to_text(*event.document_on));
    tag("original", said.original);
    tag("rate", said.rate);
    for (const Transfer& transfer : event.transfers) {
        result.postings.push_back({transfer.from, -transfer.amount});
        result.postings.push_back({transfer.to, transfer.amount});
    }
    return result;
}

// The ends of grants that no event says yet: the book records them with its next act, and its
// figures know them (MODEL.md 2). Each names the event of its grant.
std::vector<Transaction> ends_to_come(Book& book, const ReviewKey& key) {
    const auto decisions = book.figures(key, last_day, {}).decisions;
    std::set<std::int64_t> grants;
    std::vector<Transaction> ends;
    for (const auto& decision : decisions) {
        if (decision.act != name(Act::envelope_expire)) {
            grants.insert(decision.seq);
        } else if (grants.contains(decision.seq)) {
            const std::string code = event_id(key, decision.seq);
            ends.push_back({decision.on,
                            code,
                            decision.act,
                            {},
                            {{"event", code}},
                            {{{decision.category, {}, Bucket::unallotted}, decision.amount},
                             {{decision.category, {}, Bucket::authority}, -decision.amount}}});
        }
    }
    return ends;
}

}  // namespace

Journal journal(Book& book, const ReviewKey& key, bool with_reasons) {
    const std::int64_t events = book.head(key).seq;
    Journal result{
        book.review(key),
        book.accounts(key),
        {"event", "document", "commitment", "actor", "document-date", "original", "rate"},
        {}};
    result.transactions = [&book, key, with_reasons,
                           events](const std::function<void(const Transaction&)>& sink) {
        Expenses expenses(key);
        EventFilter filter;
        filter.by_day = true;
        const auto ends = ends_to_come(book, key);
        auto end = ends.begin();
        book.each_event(key, filter, [&](const StoredEvent& stored) {
            const Event& event = stored.event;
            if (event.seq > events) return;
            for (; end != ends.end() && end->on < event.posted_on; ++end) sink(*end);
            const Transaction made = transaction(event, expenses, with_reasons);
            if (!made.postings.empty()) sink(made);
        });
        std::for_each(end, ends.end(), sink);
    };
    return result;
}

}  // namespace purser::report
