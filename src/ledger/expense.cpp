#include "ledger/expense.hpp"

#include <algorithm>

#include "ledger/controls.hpp"
#include "ledger/duties.hpp"
#include "ledger/expense_parts.hpp"
#include "ledger/mandate.hpp"
#include "values/error.hpp"

namespace purser {

Body asked(const ExpenseDraft& draft) {
    Body body;
    body.set("category", draft.category);
    body.set("amount", draft.amount);
    if (draft.original) {
        body.set("original_amount", draft.original->amount);
        body.set("original_currency", draft.original->amount.currency().code());
        body.set("rate", draft.original->rate.text());
        body.set("rate_date", draft.original->rate_on);
        body.set("rate_source", draft.original->source);
    }
    if (draft.commitment) body.set("commitment", draft.commitment->text());
    if (draft.hold) body.set("hold", draft.hold->text());
    if (draft.after) body.set("after", draft.after->text());
    body.set("invoice", draft.invoice);
    body.set("type", draft.type);
    body.set("meeting", draft.meeting);
    body.set("work_item", draft.work_item);
    return body;
}

namespace expense {
namespace {

// What a new expense may take of a commitment's rest: what nobody else claims.
Money share(const Money& amount, const Commitment* commitment) {
    if (commitment == nullptr) return Money::zero(amount.currency());
    return std::min(amount, commitment->unclaimed());
}

// The day of an expense against a commitment, which is open, of its category and not younger. One
// that is settled at once takes its share on that day.
Date day_against(const Facts& facts, Act act, const ExpenseDraft& draft,
                 const Commitment& document) {
    require_open(facts, *draft.commitment, document, draft.category);
    const Step step{draft.commitment->text(), document.posted_on, document.year,
                    Rule::before_commitment};
    std::vector<Transfer> takes;
    if (act == Act::expense_settle) {
        const Account committed = bucket(document.category, document.year, Bucket::committed);
        const Account spent = bucket(document.category, document.year, Bucket::spent);
        move(takes, committed, spent, share(draft.amount, &document));
    }
    return step_day(facts, step, takes, draft.posted_on, facts.today);
}

// The day of a new expense: not before the commitment that it is against, or that it comes after.
Date begin_day(const Facts& facts, Act act, const ExpenseDraft& draft,
               const ExpenseContext& context) {
    if (context.commitment != nullptr) return day_against(facts, act, draft, *context.commitment);
    if (context.closed == nullptr) return posting_day(facts, draft.posted_on, facts.today);
    require_closed(facts, *draft.after, *context.closed, draft.category);
    const Step step{draft.after->text(), context.closed->posted_on, {}, Rule::before_commitment};
    return step_day(facts, step, {}, draft.posted_on, facts.today);
}

// The questions that a new expense is asked whichever way it comes in; gives its entry, with
// what was asked in the body, and nothing moved yet.
Entry begin(const Facts& facts, Act act, const ExpenseDraft& draft, const ExpenseContext& context) {
    require_positive(draft.amount);
    facts.review.category(draft.category);
    refuse_finished(facts);
    require_same_review(facts, draft.commitment);
    require_same_review(facts, draft.after);
    require_one_link(draft);
    const std::string why = require_reason(draft.why, "an expense");
    const Date day = begin_day(facts, act, draft, context);
    require_past(facts, draft.document_on);
    require_new_invoice(draft.invoice, context.same_invoice);
    Entry entry{act, context.id.text(), day, draft.document_on, why, asked(draft), {}, {}};
    if (context.payee != 0) {
        entry.body.set("payee",
                       DocumentId{facts.review.key(), DocumentKind::payee, context.payee}.text());
    }
    entry.body.set("receipt", context.receipt);
    entry.body.set_list("parts", context.parts);
    if (context.shared_of) entry.body.set("shared_of", *context.shared_of);
    entry.body.set("fiscal_year", facts.review.year_of(day).text());
    return entry;
}

// How an amount is spent in the expense's year: what the commitment's rest gives, the excess from
// `excess_from`, which is requested money of a submitted expense or free money of a settled one. A
// commitment of a later year gives its money back there and the expense's year pays.
void spend(std::vector<Transfer>& transfers, const Review& review, const Expense& document,
           const Commitment* commitment, const Money& from_rest, const Account& excess_from) {
    const std::string& category = document.category;
    const Account spent = bucket(category, document.year, Bucket::spent);
    if (commitment != nullptr) {
        const Account committed = bucket(category, commitment->year, Bucket::committed);
        if (commitment->year == document.year) {
            move(transfers, committed, spent, from_rest);
        } else {
            move(transfers, committed, source(review, category, commitment->year), from_rest);
            move(transfers, source(review, category, document.year), spent, from_rest);
        }
    }
    move(transfers, excess_from, spent, document.amount - from_rest);
}

// What an expense draws of free money is asked of all controls; its year also gives what a
// commitment of a later year had promised there.
void control(Entry& entry, const Facts& facts, const Expense& document, const Money& drawn,
             const Commitment* commitment, const Money& from_rest) {
    const bool later = commitment != nullptr && commitment->year > document.year;
    entry.warnings = check_controls(facts, {entry.subject, document.category, document.year, drawn,
                                            entry.posted_on, later ? drawn + from_rest : drawn});
}

// The entry as an event, to read from it what the log will say.
Event made(const Facts& facts, const Entry& entry) {
    return {entry, facts.review.key(), 0, {}, facts.actor.name};
}

void require_undecided(const Facts& facts, const Expense& document, const std::string& deed) {
    if (document.state == ExpenseState::submitted) return;
    if (document.state == ExpenseState::held && deed != "approved") return;
    const std::string id = id_text(facts, document);
    throw Refused(Rule::wrong_state,
                  id + " is " + std::string(name(document.state)) +
                      (name(document.state) == deed ? " already" : ", it cannot be " + deed),
                  "see: purser expense show " + id);
}

// Dates an entry whose transfers are known: the day asked for, else the document's own, or the
// first open day from it on which the money that leaves requested and committed is there.
void post(Entry& entry, const Facts& facts, const Expense& document, const Commitment* commitment,
          std::optional<Date> asked) {
    Step step{entry.subject, document.posted_on, {}};
    if (document.state != ExpenseState::held) {  // a held one reserves nothing: no year binds it
        step.year = document.year;
        if (commitment != nullptr) step.year = std::min(document.year, commitment->year);
    }
    entry.posted_on = step_day(facts, step, entry.transfers, asked);
}

// Dates an entry that moves nothing: one of several approvals.
void post(Entry& entry, const Facts& facts, const Expense& document, std::optional<Date> asked) {
    entry.posted_on = step_day(facts, {entry.subject, document.posted_on, {}}, {}, asked);
}

// Gives back what an undecided expense reserves: its excess, and what its claim alone held.
void give_back(Entry& entry, const Facts& facts, const Expense& document,
               const Commitment* commitment, const Decide& ask, ExpenseState state) {
    Expense after = document;
    after.state = state;
    after.claimed = after.reserved = Money::zero(document.amount.currency());
    const Money from_rest = leaves_rest(commitment, document, after);
    entry.body.set("state", name(state));
    move(entry.transfers, bucket(document.category, document.year, Bucket::requested),
         source(facts.review, document.category, document.year), document.reserved);
    if (from_rest.is_positive()) {
        move(entry.transfers, bucket(document.category, commitment->year, Bucket::committed),
             source(facts.review, document.category, commitment->year), from_rest);
        post(entry, facts, document, commitment, ask.on);
    } else {
        post(entry, facts, document, nullptr, ask.on);
    }
}

// Reserves what an expense needs on its entry's day: of the commitment what nobody else claims, the
// excess from free money. False, with nothing done, where a control stops it and `stopped` is
// given.
bool reserve(Entry& entry, const Facts& facts, const Money& amount, const Commitment* commitment,
             Warning* stopped) {
    const std::string category(entry.body.text("category"));
    const FiscalYear year = FiscalYear::parse(entry.body.text("fiscal_year"));
    const Money claimed = share(amount, commitment);
    const Money excess = amount - claimed;
    const Draw draw{entry.subject, category, year, excess, entry.posted_on};
    if (stopped == nullptr) {
        entry.warnings = check_controls(facts, draw);
    } else if (auto warnings = check_or_wait(facts, draw, *stopped)) {
        entry.warnings = std::move(*warnings);
    } else {
        return false;
    }
    entry.body.set("state", name(ExpenseState::submitted));
    if (!claimed.is_zero()) entry.body.set("claimed", claimed);
    if (!excess.is_zero()) entry.body.set("reserved", excess);
    move(entry.transfers, source(facts.review, category, year),
         bucket(category, year, Bucket::requested), excess);
    return true;
}

// What the last approval moves: the rest of the commitment, then what is requested; what is then
// left of the reservation is free again.
struct Effect {
    std::vector<Transfer> transfers;
    Money from_rest, left_over;
};

Effect effect_of(const Review& review, const Expense& document, const Commitment* commitment) {
    Expense after = document;
    after.state = ExpenseState::approved;
    after.claimed = after.reserved = Money::zero(document.amount.currency());
    const Money from_rest = leaves_rest(commitment, document, after);
    const Money left_over = document.reserved - (document.amount - from_rest);
    const Account requested = bucket(document.category, document.year, Bucket::requested);
    std::vector<Transfer> transfers;
    spend(transfers, review, document, commitment, from_rest, requested);
    move(transfers, requested, source(review, document.category, document.year), left_over);
    return {std::move(transfers), from_rest, left_over};
}

// A stated approver agrees with what finance recorded: no money moves.
Entry agree(const Facts& facts, const Expense& document, const Decide& ask) {
    Entry entry = about(facts, Act::expense_approve, document, parse_text(ask.why, "reason"));
    if (facts.actor.disabled) require(facts, {}, "approve " + entry.subject);
    post(entry, facts, document, ask.on);
    entry.body.set("agrees", "yes");
    return entry;
}

}  // namespace

Entry submit(const Facts& facts, const ExpenseDraft& draft, const ExpenseContext& context) {
    require(facts, Act::expense_submit);
    Entry entry = begin(facts, Act::expense_submit, draft, context);
    Warning stopped;
    if (reserve(entry, facts, draft.amount, context.commitment, draft.hold ? &stopped : nullptr)) {
        return entry;
    }
    entry.body.set("state", name(ExpenseState::held));
    entry.warnings.push_back({stopped.rule, stopped.message + "\n  it is held until " +
                                                draft.hold->text() + " is granted"});
    return entry;
}

Entry release(const Facts& facts, const Release& held) {
    const Expense& document = held.document;
    const std::string id = id_text(facts, document);
    const Date day = std::max({document.posted_on, held.granted_on, facts.review.first_open_day()});
    // One that lapsed at a year's end meanwhile has nothing more to claim, and does not stop it.
    if (held.commitment != nullptr && held.commitment->state != CommitmentState::closed) {
        const Commitment& commitment = *held.commitment;
        require_open(facts, {facts.review.key(), DocumentKind::commitment, commitment.number},
                     commitment, document.category);
        step_day(facts, {id, commitment.posted_on, commitment.year}, {}, day);
    }
    Entry entry{Act::expense_release, id, day, document.document_on, {}, {}, {}, {}};
    entry.body.set("category", document.category);
    entry.body.set("fiscal_year", facts.review.year_of(day).text());
    reserve(entry, facts, document.amount, held.commitment, nullptr);
    return entry;
}

Entry settle(const Facts& facts, const ExpenseDraft& draft, const ExpenseContext& context,
             const StatedApprovals& approvers) {
    require(facts, Act::expense_settle);
    Entry entry = begin(facts, Act::expense_settle, draft, context);
    const auto needed = approvals_needed(facts.policy, draft.amount, entry.posted_on);
    std::vector<Approval> given;
    for (const User& user : approvers) {
        if (user.name == facts.actor.name) {
            throw Refused(Rule::own_document,
                          user.name + " records this expense and cannot have approved it",
                          "name other persons with --approved-by");
        }
        if (user.name == context.payee_user) {
            throw Refused(Rule::own_payment,
                          user.name + " is paid by this expense and cannot have approved it",
                          "name other persons with --approved-by");
        }
        const bool named = std::any_of(given.begin(), given.end(), [&](const Approval& approval) {
            return approval.user == user.name;
        });
        const auto role = approving_role(needed, given, user, facts.review.key());
        if (role && !named) given.push_back({user.name, *role, true, {}});
    }
    if (!is_complete(needed, given)) {
        throw Refused(Rule::not_permitted,
                      "the approvals stated do not suffice for " + draft.amount.with_code() + ": " +
                          missing_text(needed, given) + " missing",
                      "name more with --approved-by, or import without it and approve one by one");
    }
    entry.body.set("state", name(ExpenseState::approved));
    entry.body.set("approvals", approvals_text(given));
    const Expense document = submitted(made(facts, entry), facts.review);
    const Money from_rest = share(draft.amount, context.commitment);
    spend(entry.transfers, facts.review, document, context.commitment, from_rest,
          source(facts.review, document.category, document.year));
    control(entry, facts, document, document.amount - from_rest, context.commitment, from_rest);
    return entry;
}

Entry approve(const Facts& facts, const Expense& document, const Commitment* commitment,
              const Decide& ask, std::string_view payee_user) {
    const auto& own = facts.actor.name;
    const auto mine = std::find_if(
        document.approvals.begin(), document.approvals.end(),
        [&](const Approval& one) { return one.user == own || one.on_behalf_of == own; });
    const bool has_approved = mine != document.approvals.end();
    const std::string ask_another = "ask another person to approve it";
    const bool stands = document.state == ExpenseState::approved;
    if (stands && has_approved && mine->stated) {
        refuse_own_payment(facts, payee_user, id_text(facts, document), ask_another);
        return agree(facts, document, ask);
    }
    Entry entry = about(facts, Act::expense_approve, document, parse_text(ask.why, "reason"));
    const auto needed = approvals_needed(facts.policy, document.amount, document.posted_on);
    std::vector<Approval> given = document.approvals;
    auto mandate = approving_mandate(facts, needed, given);
    if (is_complete(needed, given)) {  // a policy of that day came later and asks for less
        mandate = approving_mandate(facts, needed, {});
    }
    if (facts.actor.disabled || (!mandate && !has_approved)) {
        require(facts, {needed[0].role}, "approve " + entry.subject);
        throw Refused(Rule::not_permitted, own + " cannot approve " + entry.subject + ": " +
                                               missing_text(needed, given) + " missing");
    }
    require_undecided(facts, document, "approved");
    const std::string hint = "ask another person: " + missing_text(needed, given) + " missing";
    refuse_own(facts, document.submitted_by, "submitted", entry.subject, "approve", hint);
    refuse_amended(facts, document, entry.subject, "approve", hint);
    refuse_own_payment(facts, payee_user, entry.subject, hint);
    if (has_approved) {
        throw Refused(Rule::already_approved,
                      mine->user + " has approved " + entry.subject +
                          (mine->user == own ? "" : " on behalf of " + own) + " already",
                      hint);
    }
    given.push_back({own, mandate->role, false, mandate->on_behalf_of});
    entry.body.set("role", name(mandate->role));
    entry.body.set("on_behalf_of", mandate->on_behalf_of);
    if (!is_complete(needed, given)) {
        post(entry, facts, document, ask.on);
        entry.body.set("missing", missing_text(needed, given));
        return entry;
    }
    Effect effect = effect_of(facts.review, document, commitment);
    entry.transfers = std::move(effect.transfers);
    post(entry, facts, document, commitment, ask.on);
    control(entry, facts, document, -effect.left_over, commitment, effect.from_rest);
    entry.body.set("state", name(ExpenseState::approved));
    return entry;
}

std::vector<Transfer> transfers_of_approval(const Review& review, const Expense& document,
                                            const Commitment* commitment) {
    return effect_of(review, document, commitment).transfers;
}

Entry reject(const Facts& facts, const Expense& document, const Commitment* commitment,
             const Decide& ask) {
    Entry entry = about(facts, Act::expense_reject, document, {});
    if (facts.actor.disabled) require(facts, Act::expense_reject);
    if (!facts.actor.has(Role::chair, facts.review.key())) {
        const auto needed = approvals_needed(facts.policy, document.amount, document.posted_on);
        const auto mandate = approving_mandate(facts, needed, {});
        entry.body.set("on_behalf_of", mandate ? mandate->on_behalf_of
                                               : require(facts, Act::expense_reject).on_behalf_of);
    }
    require_undecided(facts, document, "rejected");
    refuse_own(facts, document.submitted_by, "submitted", entry.subject, "reject",
               "try: purser expense withdraw " + entry.subject);
    refuse_amended(facts, document, entry.subject, "reject", "ask another person");
    entry.reason = require_reason(ask.why, "a rejection");
    give_back(entry, facts, document, commitment, ask, ExpenseState::rejected);
    return entry;
}

Entry withdraw(const Facts& facts, const Expense& document, const Commitment* commitment,
               const Decide& ask) {
    require(facts, Act::expense_withdraw);
    require_undecided(facts, document, "withdrawn");
    Entry entry = about(facts, Act::expense_withdraw, document, parse_text(ask.why, "reason"));
    if (document.submitted_by != facts.actor.name) {
        throw Refused(
            Rule::not_permitted,
            entry.subject + " was submitted by " + document.submitted_by + ", not by " +
                facts.actor.name,
            "ask a chair to reject it: purser expense reject " + entry.subject + " --why \"…\"");
    }
    give_back(entry, facts, document, commitment, ask, ExpenseState::withdrawn);
    return entry;
}

}  // namespace expense

}  // namespace purser
