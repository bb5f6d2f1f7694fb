// Book: a new expense, alone or as a cost shared over categories, work items or reviews.
#include <map>

#include "ledger/duties.hpp"
#include "store/engine.hpp"
#include "store/receipt_file.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

Asked asked_of(const ReviewKey& review, const ExpenseDraft& draft, const ReceiptFile& receipt) {
    Body body = asked(draft);
    body.set("payee", draft.payee);
    body.set("receipt", receipt.digest);
    if (draft.document_on) body.set("document_on", *draft.document_on);
    return {review, Act::expense_submit, {}, draft.why, draft.posted_on, std::move(body)};
}

// All parts of a shared cost, and what they add up to.
struct Shared {
    std::vector<std::string> parts = {};
    std::optional<Money> total = {};
};

// The entry of one expense; `before` is the first number of the same act in its review.
Entry entry_of(Book::Engine& engine, Writing& writing, const ExpenseDraft& draft,
               std::int64_t before, const DocumentId& id, const ReceiptFile& receipt,
               const Shared& shared) {
    Database& database = engine.database;
    const auto named = [&](const std::optional<DocumentId>& of) -> std::optional<Commitment> {
        if (!of || of->review != id.review) return {};
        return engine.commitment(writing.review(), *of);
    };
    const auto commitment = named(draft.commitment);
    const auto closed = named(draft.after);
    require(writing.facts(), Act::expense_submit);
    require_records(writing, draft.meeting, draft.work_item);
    const std::int64_t payee = payee_number(writing, database, draft.payee);
    if (draft.hold) engine.require_waiting_line(writing, *draft.hold);
    if (parse_text(draft.why, "reason").empty()) {
        throw BadInput("each expenditure is explained", "add --why \"…\"");
    }
    const auto same = same_invoice(database, id.review, draft.invoice, payee, {before, id.number});
    Entry entry =
        expense::submit(writing.facts(), draft,
                        {id, commitment ? &*commitment : nullptr, payee, same, receipt.digest,
                         closed ? &*closed : nullptr, payee_user(database, id.review, payee),
                         shared.parts, shared.total});
    keep(database, receipt);
    return entry;
}

// A part of a shared cost on its way.
struct Part {
    DocumentId id;
    ExpenseDraft draft;
};

using Writings = std::map<ReviewKey, std::unique_ptr<Writing>>;

std::vector<Part> divide(const Writings& writings, const ExpenseDraft& draft,
                         const std::vector<SharedPart>& shares) {
    std::vector<std::int64_t> weights;
    for (const auto& share : shares) weights.push_back(share.weight);
    const auto amounts = draft.amount.split(weights);
    std::vector<Money> originals;
    if (draft.original) originals = draft.original->amount.split(weights);
    std::map<ReviewKey, std::int64_t> taken;
    std::vector<Part> parts;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const SharedPart& share = shares[i];
        Part part{writings.at(share.review)->next_id(DocumentKind::expense), draft};
        part.id.number += taken[share.review]++;
        part.draft.category = share.category;
        part.draft.amount = amounts[i];
        if (draft.original) part.draft.original->amount = originals[i];
        if (!share.work_item.empty()) part.draft.work_item = share.work_item;
        const Money& own = draft.original ? originals[i] : amounts[i];
        if (!amounts[i].is_positive() || !own.is_positive()) {
            throw BadInput("the part of " + share.review.text() + '/' + share.category + " is " +
                               (own.is_positive() ? amounts[i] : own).with_code(),
                           "leave out what gets nothing");
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

void require_currency(const Review& review, Currency currency) {
    if (review.currency() == currency) return;
    throw Refused(Rule::other_currency,
                  review.key().text() + " is kept in " + std::string(review.currency().code()) +
                      ", the cost is shared in " + std::string(currency.code()),
                  "record its part by itself: purser expense submit " + review.key().text());
}

// The answer of a shared cost, read from its parts: the same when the request is repeated.
SharedReceipt receipt_of_parts(Database& database, const Receipt& receipt) {
    SharedReceipt result{receipt, {}};
    const auto event_of = [&](const DocumentId& id) {
        const Review review = require_review(database, id.review);
        const auto row = DatabaseRows(database).expense(review, id.number);
        JournalReader reader(database, "WHERE review = :review AND seq = :seq",
                             {{{"review", id.review.text()}}, {{"seq", row.seq}}});
        if (!reader.next()) throw Broken("an expense names an event that is not in the log");
        return reader.event(review.currency());
    };
    result.first.warnings.clear();
    const Event first = event_of(DocumentId::parse(receipt.id));
    for (const auto& text : first.body.list("parts")) {
        result.parts.push_back(text.substr(0, text.find('=')));
        const Event part = event_of(DocumentId::parse(result.parts.back()));
        result.first.warnings.insert(result.first.warnings.end(), part.warnings.begin(),
                                     part.warnings.end());
    }
    return result;
}

}  // namespace

std::optional<DocumentId> same_invoice(Database& database, const ReviewKey& review,
                                       const std::string& invoice, std::int64_t payee,
                                       const Numbers& but) {
    if (invoice.empty()) return {};
    long long number = 0;
    soci::indicator found = soci::i_null;
    const long long of = payee;
    const long long first = but.first;
    const long long last = but.last;
    database.sql() << "SELECT MIN(number) FROM expense WHERE review = :review AND invoice = "
                      ":invoice AND payee = :payee AND number NOT BETWEEN :first AND :last "
                      "AND state IN ('submitted', 'approved', 'held') AND invoice <> ''",
        soci::use(review.text()), soci::use(invoice), soci::use(of), soci::use(first),
        soci::use(last), soci::into(number, found);
    if (found != soci::i_ok) return {};
    return DocumentId{review, DocumentKind::expense, number};
}

Receipt Book::submit_expense(const Caller& caller, const ReviewKey& review,
                             const ExpenseDraft& draft,
                             const std::optional<std::filesystem::path>& receipt) {
    const ReceiptFile file = read_receipt(receipt);
    return engine_->act(caller, asked_of(review, draft, file), [&](Writing& writing) {
        const DocumentId id = writing.next_id(DocumentKind::expense);
        return entry_of(*engine_, writing, draft, id.number, id, file, {});
    });
}

SharedReceipt Book::share_expense(const Caller& caller, const ReviewKey& review,
                                  const ExpenseDraft& draft, const std::vector<SharedPart>& shares,
                                  const std::optional<std::filesystem::path>& receipt) {
    const ReceiptFile file = read_receipt(receipt);
    Asked asked = asked_of(review, draft, file);
    std::vector<std::string> texts;
    for (const auto& share : shares) {
        texts.push_back(share.review.text() + '/' + share.category + '/' + share.work_item + '=' +
                        std::to_string(share.weight));
    }
    asked.body.set_list("split", texts);
    return engine_->guarded([&] {
        // One transaction around those of the reviews: all parts, or none.
        Transaction transaction(engine_->database, Transaction::Kind::write);
        Writings writings;
        const auto open = [&](const ReviewKey& key) {
            if (writings.contains(key)) return;
            writings.emplace(key, std::make_unique<Writing>(engine_->database, caller, key));
            require_currency(writings.at(key)->review(), draft.amount.currency());
        };
        open(review);
        if (auto earlier = writings.at(review)->answered(asked)) {
            return receipt_of_parts(engine_->database, *earlier);
        }
        // Who may not record in a review does not learn whether it is there.
        const User actor = load_user(engine_->database, caller.user);
        for (const auto& share : shares) require(actor, {}, share.review, Act::expense_submit);
        for (const auto& share : shares) open(share.review);
        const auto parts = divide(writings, draft, shares);
        Shared shared{{}, draft.amount};
        for (const auto& part : parts) {
            shared.parts.push_back(part.id.text() + '=' + part.draft.amount.text());
        }
        std::map<ReviewKey, std::int64_t> before;
        std::optional<Receipt> first;
        for (const auto& part : parts) {
            Writing& writing = *writings.at(part.id.review);
            before.try_emplace(part.id.review, part.id.number);
            const bool answers = !first && part.id.review == review;
            const Receipt done =
                writing.record(entry_of(*engine_, writing, part.draft, before.at(part.id.review),
                                        part.id, file, shared),
                               answers ? &asked : nullptr);
            if (answers) first = done;
        }
        for (auto& [key, writing] : writings) writing->commit();
        const SharedReceipt result = receipt_of_parts(engine_->database, *first);
        transaction.commit();
        return result;
    });
}

}  // namespace purser
