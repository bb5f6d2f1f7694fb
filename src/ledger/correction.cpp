#include "ledger/correction.hpp"

#include <algorithm>
#include <array>

#include "ledger/controls.hpp"
#include "ledger/duties.hpp"
#include "ledger/expense_parts.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

void set_original(Body& body, const Original& original) {
    body.set("original_amount", original.amount);
    body.set("original_currency", original.amount.currency().code());
    body.set("rate", original.rate.text());
    body.set("rate_date", original.rate_on);
    body.set("rate_source", original.source);
}

}  // namespace

Body AmendExpense::asked() const {
    Body body;
    std::vector<std::string> cleared;
    const auto set = [&](std::string_view key, const std::optional<std::string>& value) {
        if (value && value->empty()) cleared.emplace_back(key);
        if (value) body.set(key, *value);
    };
    if (amount) body.set("amount", *amount);
    if (original) set_original(body, *original);
    if (commitment) body.set("commitment", commitment->text());
    if (after) body.set("after", after->text());
    if (direct) body.set("direct", "yes");
    if (document_on) body.set("document_on", *document_on);
    set("category", category);
    set("invoice", invoice);
    set("meeting", meeting);
    set("payee", payee);
    set("text", text);
    set("type", type);
    set("work_item", work_item);
    body.set_list("cleared", cleared);
    return body;
}

Body RefundExpense::asked() const {
    Body body;
    body.set("amount", amount);
    if (original) set_original(body, *original);
    return body;
}

ExpenseDraft amended(ExpenseDraft draft, const AmendExpense& ask) {
    const auto set = [](std::string& text, const std::optional<std::string>& value) {
        if (value) text = *value;
    };
    if (ask.amount) {
        draft.amount = *ask.amount;
        draft.original = ask.original;
    }
    if (ask.direct || ask.commitment || ask.after) {
        draft.commitment = ask.commitment;
        draft.after = ask.after;
    }
    if (ask.document_on) draft.document_on = ask.document_on;
    set(draft.category, ask.category);
    set(draft.why, ask.text);
    set(draft.payee, ask.payee);
    set(draft.invoice, ask.invoice);
    set(draft.type, ask.type);
    set(draft.meeting, ask.meeting);
    set(draft.work_item, ask.work_item);
    return draft;
}

namespace expense {
namespace {

// What of its money an amendment changes, by the word of the first that differs; "" for none.
std::string changed_money(const Body& before, const Body& after) {
    struct Named {
        const char* key;
        const char* word;
    };
    constexpr std::array<Named, 9> all{{{"original_currency", "currency"},
                                        {"original_amount", "amount"},
                                        {"rate", "rate"},
                                        {"rate_date", "rate"},
                                        {"rate_source", "rate"},
                                        {"amount", "amount"},
                                        {"category", "category"},
                                        {"commitment", "commitment"},
                                        {"after", "commitment"}}};
    for (const auto& [key, word] : all) {
        if (before.text(key) != after.text(key)) return word;
    }
    return {};
}

void require_undecided(const Facts& facts, const Expense& document, const std::string& word) {
    if (document.state == ExpenseState::submitted) return;
    const std::string id = id_text(facts, document);
    throw Refused(
        Rule::wrong_state,
        id + " is " + std::string(name(document.state)) + ", its " + word + " cannot be amended",
        document.state == ExpenseState::approved
            ? "try: purser expense reverse " + id +
                  " --why \"…\", then submit it anew; for money that came back: purser "
                  "expense refund " +
                  id
        : document.state == ExpenseState::held
            ? "withdraw it and submit it anew; only texts of a held one can be amended"
            : "submit it anew; only texts of a decided expense can be amended");
}

// The parts of a shared cost are all of it, so the money of none is amended by itself.
void require_whole(const Facts& facts, const Expense& document, const std::string& word,
                   const AmendContext& context) {
    if (!context.is_part) return;
    const std::string id = id_text(facts, document);
    throw Refused(Rule::wrong_state,
                  id + " is a part of a shared cost, its " + word + " cannot be amended by itself",
                  "withdraw all parts and share it anew; see: purser expense show " + id);
}

void require_approved(const Facts& facts, const Expense& document, const std::string& deed) {
    if (document.state == ExpenseState::approved) return;
    const std::string id = id_text(facts, document);
    const bool already = name(document.state) == deed;
    throw Refused(Rule::wrong_state,
                  id + " is " + std::string(name(document.state)) +
                      (already ? " already" : ", it cannot be " + deed),
                  document.state == ExpenseState::submitted || document.state == ExpenseState::held
                      ? "its money is not spent: reject or withdraw it"
                      : "see: purser expense show " + id);
}

// The expense as amended: of the commitment's rest it claims what nobody else claims.
Expense claimed_anew(const Expense& document, const ExpenseDraft& draft,
                     const AmendContext& context) {
    Expense after = document;
    after.category = draft.category;
    after.amount = after.reserved = draft.amount;
    after.claimed = Money::zero(draft.amount.currency());
    after.commitment = context.commitment == nullptr ? 0 : context.commitment->number;
    if (context.commitment != nullptr) {
        Money mine = context.commitment->unclaimed();
        if (after.commitment == document.commitment) mine += document.claimed;
        after.claimed = std::min(draft.amount, mine);
        after.reserved -= after.claimed;
    }
    return after;
}

// Moves what the expense held to what it will hold, dates the entry, and asks the controls for
// what that draws.
void rearrange(Entry& entry, const Facts& facts, const Expense& before, const Expense& after,
               const AmendContext& context, const AmendExpense& ask) {
    const FiscalYear year = before.year;
    const auto held = [&](const Expense& document, const Money& amount) {
        move(entry.transfers, source(facts.review, document.category, year),
             bucket(document.category, year, Bucket::requested), amount);
    };
    const bool same_category = before.category == after.category;
    if (same_category) {
        held(after, after.reserved - before.reserved);
    } else {
        held(before, -before.reserved);
        held(after, after.reserved);
    }
    const Money freed = leaves_rest(context.before, before, after);
    Money of_year = after.reserved - before.reserved;
    if (freed.is_positive()) {
        move(entry.transfers, bucket(before.category, context.before->year, Bucket::committed),
             source(facts.review, before.category, context.before->year), freed);
        if (context.before->year == year) of_year -= freed;
    }
    Step step{entry.subject, before.posted_on, {}};
    if (!entry.transfers.empty()) step.year = year;
    for (const Commitment* one : {context.before, context.commitment}) {
        if (one != nullptr && step.year) step.year = std::min(*step.year, one->year);
    }
    entry.posted_on = step_day(facts, step, entry.transfers, ask.on, facts.today);
    const Money more = after.reserved - before.reserved - freed;
    entry.warnings =
        check_controls(facts, {entry.subject, after.category, year, more, entry.posted_on, of_year,
                               same_category ? more : after.reserved});
}

// That what the expense will be against, or come after, is of its category and not younger.
void require_commitment(const Facts& facts, const Expense& document, const ExpenseDraft& draft,
                        const AmendContext& context) {
    require_same_review(facts, draft.commitment);
    require_same_review(facts, draft.after);
    require_one_link(draft);
    if (context.closed != nullptr) {
        require_closed(facts, *draft.after, *context.closed, draft.category);
    }
    if (context.commitment != nullptr) {
        require_open(facts, *draft.commitment, *context.commitment, draft.category);
    }
    const Commitment* named = context.closed != nullptr ? context.closed : context.commitment;
    if (named == nullptr || document.posted_on >= named->posted_on) return;
    throw Refused(Rule::before_commitment,
                  id_text(facts, document) + " of " + to_text(document.posted_on) + " is before " +
                      (draft.after ? draft.after : draft.commitment)->text() + ", of " +
                      to_text(named->posted_on),
                  "try: --direct");
}

// The step after an expense was spent: no correction of its money is dated before that.
Step after_spending(const Entry& entry, const Expense& document) {
    return {"the approval of " + entry.subject, document.spent_on.value_or(document.posted_on), {}};
}

}  // namespace

void require_amendable(const Facts& facts, const Expense& document) {
    require(facts, Act::expense_amend);
    const std::string& own = facts.actor.name;
    if (facts.actor.has(Role::finance, facts.review.key()) || document.submitted_by == own) return;
    throw Refused(
        Rule::not_permitted,
        id_text(facts, document) + " was submitted by " + document.submitted_by + ", not by " + own,
        "ask " + document.submitted_by + " or finance to amend it");
}

Entry amend(const Facts& facts, const Expense& document, const ExpenseDraft& current,
            const AmendExpense& ask, const AmendContext& context) {
    require_amendable(facts, document);
    const ExpenseDraft draft = amended(current, ask);
    Body body = asked(draft);
    const std::string money = changed_money(asked(current), body);
    const bool same_texts = body == asked(current) && draft.why == current.why &&
                            draft.document_on == current.document_on &&
                            context.payee == document.payee && context.receipt.empty();
    Entry entry =
        about(facts, Act::expense_amend, document, require_reason(ask.why, "an amendment"));
    entry.document_on = draft.document_on;
    if (draft.why.empty()) throw BadInput("each expenditure is explained", "give a --text");
    if (money.empty() && same_texts) {
        throw Refused(Rule::nothing_changes, entry.subject + " is as it would be amended",
                      "see: purser expense show " + entry.subject);
    }
    if (!money.empty()) {
        require_undecided(facts, document, money);
        require_whole(facts, document, money, context);
    }
    require_past(facts, draft.document_on);
    require_new_invoice(draft.invoice, context.same_invoice);
    Expense after = document;
    if (money.empty()) {
        entry.posted_on =
            step_day(facts, {entry.subject, document.posted_on, {}}, {}, ask.on, facts.today);
    } else {
        refuse_finished(facts);
        require_positive(draft.amount);
        facts.review.category(draft.category);
        require_commitment(facts, document, draft, context);
        after = claimed_anew(document, draft, context);
        rearrange(entry, facts, document, after, context, ask);
    }
    if (document.state == ExpenseState::submitted) {
        body.set("fallen", approvals_text(document.approvals));
    }
    if (context.payee != 0) {
        body.set("payee",
                 DocumentId{facts.review.key(), DocumentKind::payee, context.payee}.text());
    }
    if (!after.claimed.is_zero()) body.set("claimed", after.claimed);
    if (!after.reserved.is_zero()) body.set("reserved", after.reserved);
    body.set("text", draft.why);
    body.set("receipt", context.receipt);
    body.set("fiscal_year", document.year.text());
    entry.body = std::move(body);
    return entry;
}

void require_refundable(const Facts& facts, const Expense& document) {
    require(facts, Act::expense_refund);
    require_approved(facts, document, "refunded");
    if (document.own_refunded < document.own_amount) return;
    const std::string id = id_text(facts, document);
    throw Refused(Rule::more_than_spent,
                  id + " was refunded in full, nothing of its " + document.own_amount.with_code() +
                      " is left",
                  "see: purser expense show " + id);
}

Entry refund(const Facts& facts, const Expense& document, const RefundExpense& ask) {
    require(facts, Act::expense_refund);
    require_approved(facts, document, "refunded");
    Entry entry = about(facts, Act::expense_refund, document, require_reason(ask.why, "a refund"));
    const Money own = ask.original ? ask.original->amount : ask.amount;
    const std::string code(document.own_amount.currency().code());
    if (own.currency() != document.own_amount.currency()) {
        throw BadInput(entry.subject + " is in " + code + ", so a refund of it is in " + code +
                       ", not in " + std::string(own.currency().code()));
    }
    require_positive(own);
    require_positive(ask.amount);
    require_past(facts, ask.document_on);
    if (ask.document_on) entry.document_on = ask.document_on;
    require_refundable(facts, document);
    const Money left = document.own_amount - document.own_refunded;
    if (own > left) {
        throw Refused(Rule::more_than_spent,
                      "a refund of " + own.with_code() + " is more than the " + left.grouped() +
                          " that is left of " + entry.subject +
                          "\n  left = " + document.own_amount.grouped() + " spent - " +
                          document.own_refunded.grouped() + " refunded",
                      "try: --amount " + left.text());
    }
    entry.posted_on = step_day(facts, after_spending(entry, document), {}, ask.on, facts.today);
    entry.body = ask.asked();
    const FiscalYear year = facts.review.year_of(entry.posted_on);
    move(entry.transfers, bucket(document.category, year, Bucket::spent),
         source(facts.review, document.category, year), ask.amount);
    return entry;
}

std::vector<Problem> differences(const ImportRow& row, const ExpenseDraft& refunded) {
    const std::string id = row.refund_of->text();
    std::vector<Problem> result;
    const auto compare = [&](std::string_view column, const std::string& said,
                             const std::string& own) {
        if (said.empty() || said == own) return;
        result.push_back(
            {row.line,
             std::string(column),
             id + (own.empty() ? " has none" : " has '" + own + "'") + ", the row says '" + said +
                 "'",
             "a refund takes it from the expense: leave the cell empty, or name another expense",
             {}});
    };
    const auto code = [](const ExpenseDraft& draft) {
        return std::string(
            (draft.original ? draft.original->amount : draft.amount).currency().code());
    };
    const auto commitment = [](const ExpenseDraft& draft) {
        return draft.commitment ? draft.commitment->text() : std::string();
    };
    const ExpenseDraft& said = row.draft;
    if (said.category != refunded.category) {
        result.push_back({row.line, "category",
                          id + " is of " + refunded.category + ", the row of " + said.category,
                          "write " + refunded.category + ", or name another expense",
                          Rule::other_category});
    }
    if (code(said) != code(refunded)) {
        result.push_back({row.line,
                          "currency",
                          id + " is in " + code(refunded) + ", so a refund of it is in " +
                              code(refunded) + ", not in " + code(said),
                          refunded.original ? "with the refund's own rate, its date and its source"
                                            : "leave the currency and its rate empty",
                          {}});
    }
    compare("payee", said.payee, refunded.payee);
    compare("invoice", said.invoice, refunded.invoice);
    compare("type", said.type, refunded.type);
    compare("commitment", commitment(said), commitment(refunded));
    compare("meeting", said.meeting, refunded.meeting);
    compare("work_item", said.work_item, refunded.work_item);
    return result;
}

Entry reverse(const Facts& facts, const Expense& document, const Commitment* commitment,
              const Decide& ask) {
    require(facts, Act::expense_reverse);
    require_approved(facts, document, "reversed");
    Entry entry =
        about(facts, Act::expense_reverse, document, require_reason(ask.why, "a reversal"));
    if (document.own_refunded == document.own_amount) {
        throw Refused(Rule::nothing_changes,
                      entry.subject + " was refunded in full, nothing of its " +
                          document.own_amount.with_code() + " is left to reverse",
                      "see: purser expense show " + entry.subject);
    }
    Expense after = document;
    after.state = ExpenseState::reversed;
    const Money back = document.reversible();
    const Money grows = -leaves_rest(commitment, document, after);
    const std::string& category = document.category;
    Step step = after_spending(entry, document);
    if (grows.is_positive()) step.year = commitment->year;
    entry.posted_on = step_day(facts, step, {}, ask.on);
    const FiscalYear year = facts.review.year_of(entry.posted_on);
    const Account spent = bucket(category, year, Bucket::spent);
    const Account free = source(facts.review, category, year);
    if (grows.is_positive() && commitment->year == year) {
        move(entry.transfers, spent, bucket(category, year, Bucket::committed), grows);
    } else if (grows.is_positive()) {  // a commitment of a later year draws there again
        const FiscalYear later = commitment->year;
        move(entry.transfers, spent, free, grows);
        move(entry.transfers, source(facts.review, category, later),
             bucket(category, later, Bucket::committed), grows);
        entry.warnings = check_controls(
            facts,
            {entry.subject, category, later, Money::zero(back.currency()), entry.posted_on, grows});
    }
    move(entry.transfers, spent, free, back - grows);
    entry.body.set("amount", back);
    entry.body.set("state", name(after.state));
    return entry;
}

}  // namespace expense
}  // namespace purser
