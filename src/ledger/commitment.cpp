#include "ledger/commitment.hpp"

#include "ledger/controls.hpp"
#include "values/error.hpp"

namespace purser {

Body OpenCommitment::asked() const {
    Body body;
    body.set("category", category);
    body.set("amount", amount);
    body.set("for", what);
    body.set("kind", name(kind));
    body.set("expected", expected);
    if (proposed) body.set("state", name(CommitmentState::proposed));
    return body;
}

Body AmendCommitment::asked() const {
    Body body;
    if (amount) body.set("amount", *amount);
    if (expected) body.set("expected", *expected);
    if (proposed) body.set("proposed", "yes");
    return body;
}

namespace commitment {
namespace {

std::string id_text(const Facts& facts, const Commitment& document) {
    return DocumentId{facts.review.key(), DocumentKind::commitment, document.number}.text();
}

Entry entry(const Facts& facts, Act act, const Commitment& document, Date day, std::string reason) {
    return {act, id_text(facts, document), day, {}, std::move(reason), {}, {}, {}};
}

void require_state(const Facts& facts, const Commitment& document, bool fits,
                   const std::string& deed) {
    if (fits) return;
    throw Refused(Rule::wrong_state,
                  id_text(facts, document) + " is " + std::string(name(document.state)) +
                      ", it cannot be " + deed,
                  "see: purser commitment show " + id_text(facts, document));
}

// What a commitment does is not dated before it was opened.
Date later_day(const Facts& facts, const Commitment& document, std::optional<Date> asked,
               Date otherwise) {
    const Date day = posting_day(facts, asked, otherwise);
    if (day >= document.posted_on) return day;
    throw Refused(Rule::before_document,
                  to_text(day) + " is before " + id_text(facts, document) + ", of " +
                      to_text(document.posted_on),
                  "try: --on " + to_text(document.posted_on) + " or later");
}

Account of(const Commitment& document, Bucket in) {
    return bucket(document.category, document.year, in);
}

Account free_of(const Facts& facts, const Commitment& document) {
    return source(facts.review, document.category, document.year);
}

Date deciding_day(const Facts& facts, const Commitment& document, std::optional<Date> asked) {
    const Date otherwise = std::max(document.posted_on, facts.review.first_open_day());
    return later_day(facts, document, asked, otherwise);
}

void draw(Entry& result, const Facts& facts, const Commitment& document, const Money& amount) {
    auto warnings = check_controls(
        facts, {result.subject, document.category, document.year, amount, result.posted_on});
    result.warnings.insert(result.warnings.end(), warnings.begin(), warnings.end());
}

void require_not_below_used(const Facts& facts, const Commitment& document, const Money& amount) {
    if (amount >= document.used + document.claimed) return;
    throw Refused(Rule::below_used,
                  id_text(facts, document) + " cannot go down to " + amount.with_code() + ", " +
                      document.used.grouped() + " is used and " + document.claimed.grouped() +
                      " is claimed by undecided expenses",
                  "try: --amount " + (document.used + document.claimed).text());
}

}  // namespace

Entry open(const Facts& facts, const OpenCommitment& ask, const DocumentId& id) {
    if (ask.proposed) {
        require(facts, {Role::finance, Role::support}, "propose commitments");
    } else {
        require(facts, {Role::finance}, "open commitments");
    }
    require_positive(ask.amount);
    facts.review.category(ask.category);
    refuse_finished(facts);
    const Date day = posting_day(facts, ask.on, facts.today);
    Entry result{Act::commitment_open, id.text(), day, {}, {}, ask.asked(), {}, {}};
    if (parse_text(ask.what, "text").empty()) {
        throw BadInput("a commitment says what it is for", "add --for \"…\"");
    }
    const FiscalYear year = facts.review.year_of(std::max(ask.expected, day));
    result.body.set("fiscal_year", year.text());
    result.body.set("state",
                    name(ask.proposed ? CommitmentState::proposed : CommitmentState::open));
    result.warnings = check_controls(facts, {id.text(), ask.category, year, ask.amount, day});
    purser::move(result.transfers, source(facts.review, ask.category, year),
                 bucket(ask.category, year, ask.proposed ? Bucket::requested : Bucket::committed),
                 ask.amount);
    return result;
}

Entry confirm(const Facts& facts, const Commitment& document, std::optional<Money> amount,
              const Decide& ask) {
    require(facts, {Role::chair}, "confirm commitments");
    const bool proposal = document.state == CommitmentState::proposed;
    require_state(facts, document, proposal || document.reserved.is_positive(),
                  "confirmed: nothing is proposed");
    if (document.asked_by == facts.actor.name) {
        throw Refused(
            Rule::own_document,
            facts.actor.name + " proposed " + id_text(facts, document) + " and cannot confirm it",
            "another chair confirms");
    }
    const Date day = later_day(facts, document, ask.on, facts.today);
    refuse_year_over(facts, document.year, day, id_text(facts, document));
    const Money asked = proposal ? document.amount : document.amount + document.reserved;
    const Money total = amount.value_or(asked);
    require_positive(total);
    if (!proposal) require_not_below_used(facts, document, total);
    Entry result = entry(facts, Act::commitment_confirm, document, day, ask.why);
    Commitment after = document;
    after.state = CommitmentState::open;
    after.amount = total;
    after.reserved = Money::zero(total.currency());
    // Reserved money becomes committed as far as it goes; the difference is drawn or given back.
    const Money grows = after.rest() - document.rest();
    const Money from_reserved = std::min(std::max(grows, after.reserved), document.reserved);
    draw(result, facts, document, grows - from_reserved);
    purser::move(result.transfers, of(document, Bucket::requested), of(document, Bucket::committed),
                 from_reserved);
    purser::move(result.transfers, of(document, Bucket::requested), free_of(facts, document),
                 document.reserved - from_reserved);
    purser::move(result.transfers, free_of(facts, document), of(document, Bucket::committed),
                 grows - from_reserved);
    result.body.set("state", name(CommitmentState::open));
    result.body.set("amount", total);
    result.body.set("reserved", after.reserved);
    return result;
}

Entry reject(const Facts& facts, const Commitment& document, const Decide& ask) {
    require(facts, {Role::chair}, "reject commitments");
    const bool proposal = document.state == CommitmentState::proposed;
    require_state(facts, document, proposal || document.reserved.is_positive(),
                  "rejected: nothing is proposed");
    if (document.asked_by == facts.actor.name) {
        throw Refused(
            Rule::own_document,
            facts.actor.name + " proposed " + id_text(facts, document) + " and cannot decide on it",
            "another chair decides");
    }
    const std::string reason = require_reason(ask.why, "a rejection");
    const Account requested = of(document, Bucket::requested);
    Date earliest = std::max(document.posted_on, facts.review.first_open_day());
    earliest = facts.balances.first_day_above(requested, earliest, document.reserved);
    const Date day =
        ask.on ? deciding_day(facts, document, ask.on) : posting_day(facts, earliest, earliest);
    if (day < earliest) {
        throw Refused(Rule::before_document,
                      "the money of " + id_text(facts, document) + " is reserved from " +
                          to_text(earliest) + " on, not on " + to_text(day),
                      "try: --on " + to_text(earliest));
    }
    refuse_year_over(facts, document.year, day, id_text(facts, document));
    Entry result = entry(facts, Act::commitment_reject, document, day, reason);
    purser::move(result.transfers, requested, free_of(facts, document), document.reserved);
    if (proposal) result.body.set("state", name(CommitmentState::rejected));
    result.body.set("reserved", Money::zero(document.amount.currency()));
    return result;
}

Entry amend(const Facts& facts, const Commitment& document, const AmendCommitment& ask) {
    const bool proposal = document.state == CommitmentState::proposed;
    if (proposal && document.asked_by == facts.actor.name) {
        require(facts, {Role::finance, Role::support}, "amend commitments");
    } else {
        require(facts, {Role::finance}, "amend commitments");
    }
    require_state(facts, document, proposal || document.state == CommitmentState::open, "amended");
    const std::string reason = require_reason(ask.why, "an amendment");
    if (ask.amount) require_positive(*ask.amount);
    const Money total = ask.amount.value_or(document.amount);
    const Date expected = ask.expected.value_or(document.expected);
    if (total == document.amount && expected == document.expected) {
        throw Refused(Rule::nothing_changes, id_text(facts, document) + " already stands at " +
                                                 total.with_code() + ", expected " +
                                                 to_text(expected));
    }
    const Date day = later_day(facts, document, ask.on, facts.today);
    require_not_below_used(facts, document, total);
    const bool waits = ask.proposed && !proposal && total > document.amount;
    if (document.reserved.is_positive() && !proposal) {
        throw Refused(Rule::wrong_state,
                      id_text(facts, document) + " has an increase of " +
                          document.reserved.with_code() + " that waits for its confirmation",
                      "confirm or reject it first");
    }
    Entry result = entry(facts, Act::commitment_amend, document, day, reason);
    Commitment after = document;
    after.expected = expected;
    after.year = facts.review.year_of(std::max(expected, document.posted_on));
    if (!waits) after.amount = total;
    if (waits) after.reserved = total - document.amount;
    if (proposal) after.reserved = total;
    refuse_year_over(facts, after.year, day, id_text(facts, document));
    // The increase is drawn in the year where the money lies afterwards.
    draw(result, facts, after, after.rest() + after.reserved - document.rest() - document.reserved);
    const auto shift = [&](Bucket in, const Money& before, const Money& now) {
        if (after.year == document.year) {
            purser::move(result.transfers, free_of(facts, after), of(after, in), now - before);
            return;
        }
        auto warnings = check_year_control(
            facts, {result.subject, after.category, after.year, now, result.posted_on});
        result.warnings.insert(result.warnings.end(), warnings.begin(), warnings.end());
        purser::move(result.transfers, of(document, in), free_of(facts, document), before);
        purser::move(result.transfers, free_of(facts, after), of(after, in), now);
    };
    shift(Bucket::committed, document.rest(), after.rest());
    shift(Bucket::requested, document.reserved, after.reserved);
    if (waits) result.body.set("proposed", "yes");
    result.body.set("amount", after.amount);
    result.body.set("expected", after.expected);
    result.body.set("fiscal_year", after.year.text());
    result.body.set("reserved", after.reserved);
    return result;
}

Entry close(const Facts& facts, const Commitment& document, std::int64_t undecided_expenses,
            const Decide& ask) {
    require(facts, {Role::finance}, "close commitments");
    const bool proposal = document.state == CommitmentState::proposed;
    require_state(facts, document, proposal || document.state == CommitmentState::open, "closed");
    if (undecided_expenses > 0) {
        throw Refused(Rule::undecided_expenses,
                      id_text(facts, document) + " has " + std::to_string(undecided_expenses) +
                          " undecided expense" + (undecided_expenses == 1 ? "" : "s"),
                      "approve, reject or withdraw them first; see: purser expense list " +
                          facts.review.key().text() + " --state submitted");
    }
    const Date day = later_day(facts, document, ask.on, facts.today);
    refuse_year_over(facts, document.year, day, id_text(facts, document));
    Entry result =
        entry(facts, Act::commitment_close, document, day, parse_text(ask.why, "reason"));
    purser::move(result.transfers, of(document, Bucket::committed), free_of(facts, document),
                 document.rest());
    purser::move(result.transfers, of(document, Bucket::requested), free_of(facts, document),
                 document.reserved);
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
            state == CommitmentState::proposed ? amount : zero,
            event.posted_on,
            *body.day("expected"),
            std::string(body.text("for")),
            event.actor};
}

void fold(Commitment& document, const Event& event) {
    const Body& body = event.body;
    const Currency currency = document.amount.currency();
    if (body.has("state")) document.state = parse_commitment_state(body.text("state"));
    if (body.has("amount")) document.amount = body.money("amount", currency);
    if (body.has("reserved")) document.reserved = body.money("reserved", currency);
    if (body.has("expected")) document.expected = *body.day("expected");
    if (body.has("fiscal_year")) document.year = FiscalYear::parse(body.text("fiscal_year"));
    if (body.has("proposed")) document.asked_by = event.actor;
}

}  // namespace purser
