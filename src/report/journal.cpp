#include "report/journal.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/reading.hpp"

namespace purser::report {
namespace {

constexpr Date last_day = date::year{9998} / 12 / 31;  // every calendar names its fiscal year

// What only the first event of an expense says, or an amendment of it: its commitment, eight bytes
// for each expense of the review; and, until it is decided, what its invoice in another currency
// says. Events come by accounting day, and a decision can stand before the amendment that it
// followed: so amendments are known beforehand.
class Expenses {
public:
    Expenses(Book& book, ReviewKey key) : key_(std::move(key)) {
        book.each_event(key_, {}, [&](const StoredEvent& stored) {
            const Event& event = stored.event;
            if (event.act != Act::expense_amend) return;
            amendments_[expense_number(event)].emplace_back(event.seq, said(event));
        });
    }

    struct Said {
        std::int64_t commitment = 0;  // 0 for what is against none
        std::string original, rate;
    };

    Said of(const Event& event) {
        if (!name(event.act).starts_with("expense.") || event.subject.empty()) return {};
        const std::int64_t number = expense_number(event);
        if (event.act == Act::expense_submit || event.act == Act::expense_settle) {
            keep(number, said(event));
        }
        Said result{commitment(number), {}, {}};
        if (const auto foreign = undecided_.find(number); foreign != undecided_.end()) {
            result = foreign->second;
        }
        if (const auto amended = amendments_.find(number); amended != amendments_.end()) {
            for (const auto& [seq, then] : amended->second) {
                if (seq <= event.seq) result = then;
            }
        }
        const bool is_correction =
            event.act == Act::expense_refund || event.act == Act::expense_reverse;
        if (is_correction) result.original = result.rate = "";
        const bool is_first = event.act == Act::expense_submit || event.act == Act::expense_release;
        if (!is_first && event.body.has("state")) undecided_.erase(number);
        return result;
    }

    std::string commitment_tag(const Said& said) const {
        if (said.commitment == 0) return {};
        return DocumentId{key_, DocumentKind::commitment, said.commitment}.text();
    }

private:
    static Said said(const Event& event) {
        const Body& body = event.body;
        Said result;
        if (body.has("commitment")) {
            result.commitment =
                reading([&] { return log_line(event); },
                        [&] { return DocumentId::parse(body.text("commitment")).number; });
        }
        if (body.has("original_amount")) {
            result.original = std::string(body.text("original_amount")) + ' ' +
                              std::string(body.text("original_currency"));
            result.rate = std::string(body.text("rate"));
        }
        return result;
    }
    void keep(std::int64_t number, const Said& said) {
        if (!said.original.empty()) undecided_[number] = said;
        if (said.commitment == 0) return;
        const auto at = static_cast<std::size_t>(number);
        if (commitments_.size() <= at) commitments_.resize(at + 1 + at / 2);
        commitments_[at] = said.commitment;
    }
    std::int64_t commitment(std::int64_t number) const {
        const auto at = static_cast<std::size_t>(number);
        return at < commitments_.size() ? commitments_[at] : 0;
    }

    ReviewKey key_;
    std::vector<std::int64_t> commitments_;  // by the expense's number
    std::map<std::int64_t, Said> undecided_;
    std::map<std::int64_t, std::vector<std::pair<std::int64_t, Said>>> amendments_;  // as recorded
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
    tag("commitment", expenses.commitment_tag(said));
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
        Expenses expenses(book, key);
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
