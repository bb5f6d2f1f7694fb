// Book: own forecasts, and what looks ahead without changing anything.
#include "store/each_row.hpp"
#include "store/engine.hpp"
#include "values/error.hpp"

namespace purser {

Receipt Book::set_forecast(const Caller& caller, const ReviewKey& review, const SetForecast& ask) {
    return engine_->act(caller, {review, Act::forecast_set, {}, ask.why, ask.on, ask.asked()},
                        [&](Writing& writing) { return forecast::set(writing.facts(), ask); });
}

Receipt Book::withdraw_forecast(const Caller& caller, const ReviewKey& review,
                                const std::string& category, const Decide& ask) {
    Body body;
    body.set("category", category);
    return engine_->act(
        caller, {review, Act::forecast_withdraw, {}, ask.why, ask.on, std::move(body)},
        [&](Writing& writing) { return forecast::withdraw(writing.facts(), category, ask); });
}

Receipt Book::plan_meeting(const Caller& caller, const ReviewKey& review, const PlanMeeting& ask) {
    return engine_->act(caller, {review, Act::forecast_set, {}, ask.why, ask.on, ask.asked()},
                        [&](Writing& writing) { return forecast::plan(writing.facts(), ask); });
}

Receipt Book::unplan_meeting(const Caller& caller, const ReviewKey& review, const std::string& code,
                             const Decide& ask) {
    Body body;
    body.set("meeting", code);
    return engine_->act(
        caller, {review, Act::forecast_withdraw, {}, ask.why, ask.on, std::move(body)},
        [&](Writing& writing) { return forecast::unplan(writing.facts(), code, ask); });
}

std::vector<SaidSetting> Book::said(const ReviewKey& key, std::string_view prefix,
                                    std::optional<Instant> known_at) {
    return engine_->read([&] {
        Database& database = engine_->database;
        engine_->review(key);  // refuses an unknown one
        const long long limit = known_at ? chain_end_at(database, key, *known_at).seq : INT64_MAX;
        const std::string like = std::string(prefix) + '%';
        SaidSetting one{{{}, {}, {}, 0}, {}, {}};
        std::string on;
        long long seq = 0;
        soci::statement statement =
            (database.sql().prepare
                 << "SELECT setting.name, setting.value, setting.posted_on, setting.seq, "
                    "event.actor, event.reason FROM setting JOIN event ON event.review = "
                    "setting.review AND event.seq = setting.seq WHERE setting.review = :review AND "
                    "setting.name LIKE :like AND setting.seq <= :limit ORDER BY setting.seq, setting.name",
             soci::use(key.text()), soci::use(like), soci::use(limit), soci::into(one.setting.name),
             soci::into(one.setting.value), soci::into(on), soci::into(seq), soci::into(one.actor),
             soci::into(one.reason));
        std::vector<SaidSetting> result;
        each_row(
            statement, [&] { return row_in("setting", one.setting.name); },
            [&] {
                one.setting.on = parse_date(on);
                one.setting.seq = seq;
                result.push_back(one);
            });
        return result;
    });
}

std::vector<ExpiringGrant> Book::expiring(const ReviewKey& review) {
    return engine_->read([&] { return load_expiring(engine_->database, engine_->review(review)); });
}

std::string StatedApproval::text() const {
    const std::string number = count > most ? "more than 1,000" : std::to_string(count);
    return number + " settled expense" + (count == 1 ? "" : "s") + " stated as approved by " +
           user + ", who has not agreed yet";
}

// Each set of approvals in turn, by the index of those in which one is only stated: however many
// expenses have it, few are looked at.
std::vector<StatedApproval> load_stated(Database& database, const Review& review, Date until) {
    const std::string stated =
        " FROM expense WHERE review = :review AND state = 'approved' AND approvals LIKE '%?%' AND "
        "posted_on <= :until AND approvals ";
    const std::string last = to_text(until);
    std::vector<StatedApproval> result;
    for (std::string by;;) {
        const std::string before = by;
        long long first = 0;
        database.sql() << "SELECT approvals, number" + stated +
                              "> :before ORDER BY approvals, number LIMIT 1",
            soci::use(review.key().text()), soci::use(last), soci::use(before), soci::into(by),
            soci::into(first);
        if (!database.sql().got_data()) return result;
        require_later(before, by, "expense");
        long long count = 0;
        database.sql() << "SELECT COUNT(*) FROM (SELECT 1 AS one" + stated +
                              ">= :least AND approvals <= :most LIMIT " +
                              std::to_string(StatedApproval::most + 1) + ") AS counted",
            soci::use(review.key().text()), soci::use(last), soci::use(by), soci::use(by),
            soci::into(count);
        const DocumentId id{review.key(), DocumentKind::expense, first};
        const auto approvals =
            reading([&] { return row_of(id.text()); }, [&] { return parse_approvals(by); });
        for (const auto& approval : approvals) {
            if (approval.stated) result.push_back({approval.user, id, count});
        }
    }
}

std::vector<StatedApproval> Book::stated_approvals(const ReviewKey& review) {
    return engine_->read([&] {
        return load_stated(engine_->database, engine_->review(review), parse_date("9999-12-31"));
    });
}

Verdict Book::try_commitment(const ReviewKey& review, const OpenCommitment& ask, Instant now) {
    return engine_->read([&]() -> Verdict {
        const Caller caller{{}, {}, now};
        Writing trial = Writing::trial(engine_->database, caller, review,
                                       User{"nobody", false, {{Role::finance, {}}}});
        try {
            const Entry entry =
                commitment::open(trial.facts(), ask, trial.next_id(DocumentKind::commitment));
            return {entry.warnings, {}, {}};
        } catch (const Refused& no) {
            const bool by_control = no.rule() == Rule::over_envelope ||
                                    no.rule() == Rule::over_category ||
                                    no.rule() == Rule::over_fiscal_year;
            if (!by_control) throw;
            return {{}, Warning{std::string(name(no.rule())), no.what()}, no.hint()};
        }
    });
}

}  // namespace purser
