#include "ledger/commitment.hpp"

#include <algorithm>

#include "ledger/controls.hpp"
#include "ledger/duties.hpp"
#include "ledger/mandate.hpp"
#include "ledger/reading.hpp"

namespace purser {

Body OpenCommitment::asked() const {
    Body body;
    body.set("category", category);
    body.set("amount", amount);
    body.set("for", what);
    body.set("kind", name(kind));
    body.set("expected", expected);
    if (proposed) body.set("state", name(CommitmentState::proposed));
    if (hold) body.set("hold", hold->text());
    body.set("meeting", meeting);
    return body;
}

Body AmendCommitment::asked() const {
    Body body;
    if (amount) body.set("amount", *amount);
    if (expected) body.set("expected", *expected);
    if (proposed) body.set("proposed", "yes");
    if (meeting) body.set("meeting", meeting->empty() ? "none" : *meeting);
    return body;
}

namespace commitment {
namespace {

std::string id_text(const Facts& facts, const Commitment& document) {
    return DocumentId{facts.review.key(), DocumentKind::commitment, document.number}.text();
}

Entry entry(const Facts& facts, Act act, const Commitment& document, std::string reason) {
    return {act, id_text(facts, document), facts.today, {}, std::move(reason), {}, {}, {}};
}

// Dates an entry whose transfers are known. What happens to a commitment posts today. A held one
// reserves nothing: no year binds its day.
void post(Entry& entry, const Facts& facts, const Commitment& document, FiscalYear year,
          std::optional<Date> asked, std::optional<Date> otherwise) {
    Step step{entry.subject, document.posted_on, {}};
    if (document.state != CommitmentState::held) step.year = year;
    entry.posted_on = step_day(facts, step, entry.transfers, asked, otherwise);
}

void require_state(const Facts& facts, const Commitment& document, bool fits,
                   const std::string& deed) {
    if (fits) return;
    throw Refused(Rule::wrong_state,
                  id_text(facts, document) + " is " + std::string(name(document.state)) +
                      (name(document.state) == deed ? " already" : ", it cannot be " + deed),
                  "see: purser commitment show " + id_text(facts, document));
}

Account of(const Commitment& document, Bucket in) {
    return bucket(document.category, document.year, in);
}

Account free_of(const Facts& facts, const Commitment& document) {
    return source(facts.review, document.category, document.year);
}

void draw(Entry& result, const Facts& facts, const Commitment& document, const Money& amount) {
    result.warnings = check_controls(
        facts, {result.subject, document.category, document.year, amount, result.posted_on});
}

void require_not_below_used(const Facts& facts, const Commitment& document, const Money& amount) {
    if (amount >= document.used + document.claimed) return;
    throw Refused(Rule::below_used,
                  id_text(facts, document) + " cannot go down to " + amount.with_code() + ", " +
                      document.used.grouped() + " is used and " + document.claimed.grouped() +
                      " is claimed by undecided expenses",
                  "try: --amount " + (document.used + document.claimed).text());
}

// The year in which a commitment lives that is now expected on that day: never one that is closed.
FiscalYear year_for(const Facts& facts, const Commitment& document, Date expected) {
    const Date day = std::max({expected, document.posted_on, facts.review.first_open_day()});
    return facts.review.year_of(day);
}

// Moves committed and requested from what a commitment holds to what it will hold, which may lie
// in another year: then all of it goes back to that year's free money and is drawn anew.
void rearrange(Entry& result, const Facts& facts, const Commitment& before,
               const Commitment& after) {
    const auto shift = [&](Bucket in, const Money& held, const Money& holds) {
        if (after.year == before.year) {
            move(result.transfers, free_of(facts, after), of(after, in), holds - held);
        } else {
            move(result.transfers, of(before, in), free_of(facts, before), held);
            move(result.transfers, free_of(facts, after), of(after, in), holds);
        }
    };
    shift(Bucket::committed, before.rest(), after.rest());
    shift(Bucket::requested, before.reserved, after.reserved);
}

// An increase is asked of all controls. Another year gives all of it: asked once, as one sum.
void control_amended(Entry& result, const Facts& facts, const Commitment& before,
                     const Commitment& after) {
    const Money holds = after.rest() + after.reserved;
    const Money more = holds - before.rest() - before.reserved;
    const Money of_year = after.year == before.year ? more : holds;
    result.warnings = check_controls(
        facts, {result.subject, after.category, after.year, more, result.posted_on, of_year});
}

// Takes the money of a commitment from free: committed, or requested for a proposal. False, with
// nothing moved, where a control stops it and `stopped` is given.
bool set_aside(Entry& result, const Facts& facts, const std::string& category, FiscalYear year,
               const Money& amount, bool proposed, Warning* stopped) {
    result.body.set("fiscal_year", year.text());
    const Draw draw{result.subject, category, year, amount, result.posted_on};
    if (stopped == nullptr) {
        result.warnings = check_controls(facts, draw);
    } else if (auto warnings = check_or_wait(facts, draw, *stopped)) {
        result.warnings = std::move(*warnings);
    } else {
        return false;
    }
    result.body.set("state", name(proposed ? CommitmentState::proposed : CommitmentState::open));
    if (proposed) result.body.set("reserved", amount);
    purser::move(result.transfers, source(facts.review, category, year),
                 bucket(category, year, proposed ? Bucket::requested : Bucket::committed), amount);
    return true;
}

}  // namespace

Entry open(const Facts& facts, const OpenCommitment& ask, const DocumentId& id) {
    if (ask.proposed) {
        require(facts, Act::commitment_open);
    } else {
        require(facts, {Role::finance}, "open commitments");
    }
    require_positive(ask.amount);
    facts.review.category(ask.category);
    refuse_finished(facts);
    const Date day = posting_day(facts, ask.on, facts.today);
    const std::string what = parse_text(ask.what, "text");
    if (what.empty()) throw BadInput("a commitment says what it is for", "add --for \"…\"");
    Entry result{Act::commitment_open, id.text(), day, {}, {}, ask.asked(), {}, {}};
    result.body.set("for", what);
    const FiscalYear year = facts.review.year_of(std::max(ask.expected, day));
    Warning stopped;
    if (set_aside(result, facts, ask.category, year, ask.amount, ask.proposed,
                  ask.hold ? &stopped : nullptr)) {
        return result;
    }
    result.body.set("state", name(CommitmentState::held));
    if (ask.proposed) result.body.set("proposed", "yes");
    result.warnings.push_back({stopped.rule, stopped.message + "\n  it is held until " +
                                                 ask.hold->text() + " is granted"});
    return result;
}

Entry release(const Facts& facts, const Commitment& held, bool proposed, Date granted_on) {
    Entry result = entry(facts, Act::commitment_release, held, {});
    result.posted_on = std::max({held.posted_on, granted_on, facts.review.first_open_day()});
    const FiscalYear year = facts.review.year_of(std::max(held.expected, result.posted_on));
    set_aside(result, facts, held.category, year, held.amount, proposed, nullptr);
    return result;
}

Entry confirm(const Facts& facts, const Commitment& document, std::optional<Money> amount,
              const Decide& ask) {
    const Mandate mandate = require(facts, Act::commitment_confirm);
    const bool proposal = document.state == CommitmentState::proposed;
    require_state(facts, document, proposal || document.reserved.is_positive(),
                  "confirmed: nothing is proposed");
    refuse_own(facts, document.asked_by, "proposed", id_text(facts, document), "confirm",
               "ask another chair");
    const Money asked = proposal ? document.amount : document.amount + document.reserved;
    const Money total = amount.value_or(asked);
    require_positive(total);
    if (!proposal && total != asked) require_not_below_used(facts, document, total);
    Entry result = entry(facts, Act::commitment_confirm, document, parse_text(ask.why, "reason"));
    result.body.set("on_behalf_of", mandate.on_behalf_of);
    Commitment after = document;
    after.state = CommitmentState::open;
    after.amount = total;
    after.reserved = Money::zero(total.currency());
    // Reserved money becomes committed as far as it goes; the difference is drawn or given back.
    const Money grows = after.rest() - document.rest();
    const Money from_reserved = std::min(std::max(grows, after.reserved), document.reserved);
    purser::move(result.transfers, of(document, Bucket::requested), of(document, Bucket::committed),
                 from_reserved);
    purser::move(result.transfers, of(document, Bucket::requested), free_of(facts, document),
                 document.reserved - from_reserved);
    purser::move(result.transfers, free_of(facts, document), of(document, Bucket::committed),
                 grows - from_reserved);
    post(result, facts, document, document.year, ask.on, facts.today);
    draw(result, facts, document, grows - from_reserved);
    result.body.set("state", name(CommitmentState::open));
    result.body.set("amount", total);
    result.body.set("reserved", after.reserved);
    return result;
}

Entry reject(const Facts& facts, const Commitment& document, const Decide& ask) {
    const Mandate mandate = require(facts, Act::commitment_reject);
    const bool held = document.state == CommitmentState::held;
    const bool proposal = held || document.state == CommitmentState::proposed;
    require_state(facts, document, proposal || document.reserved.is_positive(),
                  "rejected: nothing is proposed");
    refuse_own(facts, document.asked_by, "proposed", id_text(facts, document), "decide on",
               "ask another chair");
    const std::string reason = require_reason(ask.why, "a rejection");
    Entry result = entry(facts, Act::commitment_reject, document, reason);
    result.body.set("on_behalf_of", mandate.on_behalf_of);
    purser::move(result.transfers, of(document, Bucket::requested), free_of(facts, document),
                 document.reserved);
    // A proposal is decided on its own date, an increase happened to the commitment later.
    std::optional<Date> otherwise;
    if (!proposal) otherwise = facts.today;
    post(result, facts, document, document.year, ask.on, otherwise);
    if (proposal) result.body.set("state", name(CommitmentState::rejected));
    result.body.set("reserved", Money::zero(document.amount.currency()));
    return result;
}

namespace {

// Finance; who proposed it; and support for an increase that waits for its confirmation.
void require_amender(const Facts& facts, const Commitment& document, bool only_proposes) {
    const bool own =
        document.state == CommitmentState::proposed && document.asked_by == facts.actor.name;
    if (own || only_proposes) {
        require(facts, Act::commitment_amend);
    } else {
        require(facts, {Role::finance}, "amend commitments");
    }
    const bool lives =
        document.state == CommitmentState::proposed || document.state == CommitmentState::open;
    require_state(facts, document, lives, "amended");
}

void refuse_waiting(const Facts& facts, const Commitment& document) {
    if (document.state == CommitmentState::proposed || !document.reserved.is_positive()) return;
    throw Refused(Rule::wrong_state,
                  id_text(facts, document) + " has an increase of " +
                      document.reserved.with_code() + " that waits for its confirmation",
                  "confirm or reject it first");
}

}  // namespace

void require_amendable(const Facts& facts, const Commitment& document) {
    require_amender(facts, document, document.state != CommitmentState::proposed);
    refuse_waiting(facts, document);
}

Entry amend(const Facts& facts, const Commitment& document, const AmendCommitment& ask) {
    const bool proposal = document.state == CommitmentState::proposed;
    const Money total = ask.amount.value_or(document.amount);
    const Date expected = ask.expected.value_or(document.expected);
    const std::string meeting = ask.meeting.value_or(document.meeting);
    const bool waits = ask.proposed && !proposal && total > document.amount;
    require_amender(facts, document, waits && expected == document.expected);
    const std::string reason = require_reason(ask.why, "an amendment");
    require_positive(total);
    if (total == document.amount && expected == document.expected && meeting == document.meeting) {
        throw Refused(Rule::nothing_changes, id_text(facts, document) + " already stands at " +
                                                 total.with_code() + ", expected " +
                                                 to_text(expected));
    }
    refuse_waiting(facts, document);
    if (total != document.amount) require_not_below_used(facts, document, total);
    Commitment after = document;
    after.expected = expected;
    after.year = year_for(facts, document, expected);
    if (!waits) after.amount = total;
    if (waits) after.reserved = total - document.amount;
    if (proposal) after.reserved = total;
    Entry result = entry(facts, Act::commitment_amend, document, reason);
    rearrange(result, facts, document, after);
    if (result.transfers.empty() && expected == document.expected) {  // no year binds its day
        const Step step{result.subject, document.posted_on, {}};
        result.posted_on = step_day(facts, step, {}, ask.on, facts.today);
    } else {
        post(result, facts, document, std::min(document.year, after.year), ask.on, facts.today);
    }
    control_amended(result, facts, document, after);
    if (waits) result.body.set("proposed", "yes");
    result.body.set("amount", after.amount);
    result.body.set("expected", after.expected);
    result.body.set("meeting", meeting);
    result.body.set("fiscal_year", after.year.text());
    result.body.set("reserved", after.reserved);
    return result;
}

Entry close(const Facts& facts, const Commitment& document, std::int64_t undecided_expenses,
            const Decide& ask) {
    require(facts, Act::commitment_close);
    const bool alive = document.state == CommitmentState::proposed ||
                       document.state == CommitmentState::open ||
                       document.state == CommitmentState::held;
    require_state(facts, document, alive, "closed");
    if (undecided_expenses > 0) {
        throw Refused(Rule::undecided_expenses,
                      id_text(facts, document) + " has " + std::to_string(undecided_expenses) +
                          " undecided expense" + (undecided_expenses == 1 ? "" : "s"),
                      "approve, reject or withdraw them first; see: purser expense list " +
                          facts.review.key().text() + " --state submitted");
    }
    Entry result = entry(facts, Act::commitment_close, document, parse_text(ask.why, "reason"));
    purser::move(result.transfers, of(document, Bucket::committed), free_of(facts, document),
                 document.rest());
    purser::move(result.transfers, of(document, Bucket::requested), free_of(facts, document),
                 document.reserved);
    post(result, facts, document, document.year, ask.on, facts.today);
    result.body.set("state", name(CommitmentState::closed));
    result.body.set("reserved", Money::zero(document.amount.currency()));
    return result;
}

}  // namespace commitment

Commitment opened(const Event& event, const Review& review) {
    const Body& body = event.body;
    const Money zero = Money::zero(review.currency());
    const Money amount = body.money("amount", review.currency());
    const CommitmentState state = parse_commitment_state(body.text("state"));
    return {DocumentId::parse(event.subject).number,
            event.seq,
            state,
            parse_commitment_kind(body.text("kind")),
            std::string(body.text("category")),
            FiscalYear::parse(body.text("fiscal_year")),
            amount,
            zero,
            zero,
            body.money("reserved", review.currency()),
            event.posted_on,
            needed_day(body, "expected"),
            std::string(body.text("for")),
            event.actor,
            std::string(body.text("meeting"))};
}

void fold(Commitment& document, const Event& event) {
    const Body& body = event.body;
    const Currency currency = document.amount.currency();
    if (body.has("state")) document.state = parse_commitment_state(body.text("state"));
    if (body.has("amount")) document.amount = body.money("amount", currency);
    if (body.has("reserved")) document.reserved = body.money("reserved", currency);
    if (body.has("expected")) document.expected = needed_day(body, "expected");
    if (body.has("fiscal_year")) document.year = FiscalYear::parse(body.text("fiscal_year"));
    if (body.has("proposed")) document.asked_by = event.actor;
    if (event.act == Act::commitment_amend) document.meeting = body.text("meeting");
    if (event.act == Act::commitment_release) document.posted_on = event.posted_on;
}

}  // namespace purser
