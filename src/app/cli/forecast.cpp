#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "ledger/projection.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

std::int64_t parse_months(std::string_view text) {
    check_setting("forecast.months", text);
    return parse_count(text);
}

void add_itself(Noun& noun) {
    Verb& verb = noun.itself(
        "purser forecast SSR2 --meeting \"Washington\" --amount 60000 --expected 2018-08-24");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument months =
        verb.option("--months", "N", "closed months whose average goes on (3, or as set)");
    const Argument cushion =
        verb.option("--cushion", "C", "set aside: 10% of what is to come, or an amount");
    const Argument meeting =
        verb.option("--meeting", "TEXT", "what if this took place? nothing is written");
    const Argument amount = verb.option("--amount", "A", "what it would cost");
    const Argument expected = verb.option("--expected", "DATE", "when it would be");
    const Argument category =
        verb.option("--category", "CODE", "of which category (that of the latest meeting)");
    const Moment moment = moment_options(verb);
    const Rendering rendering = rendering_options(verb);
    verb.note(
        "Each figure at completion says its method, and all stand side by side. Own figures are "
        "recorded with forecast set. Defaults: purser review set KEY --forecast months=N.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see the forecast of " + review.text());
        const Currency currency = session.book().review(review).currency();
        report::ForecastAsk ask{moment.as_of.maybe(&parse_date),
                                moment.known_at.maybe(&parse_instant),
                                months.maybe(&parse_months),
                                cushion.maybe([&](std::string_view text) {
                                    static_cast<void>(Cushion::parse(text, currency));
                                    return std::string(text);
                                }),
                                {}};
        const bool asked =
            meeting.given() || amount.given() || expected.given() || category.given();
        if (asked && !(meeting.given() && amount.given() && expected.given())) {
            throw BadInput("a what-if needs --meeting, --amount and --expected",
                           "see: purser forecast --help");
        }
        if (asked) {
            ask.what_if = {meeting.as(line_of("meeting")),
                           category.maybe(&parse_category).value_or(""),
                           amount.as(money_in(currency)), expected.as(&parse_date)};
        }
        session.print(
            report::forecast(session.book(), review, ask, session.now(), session.audience(review)),
            rendering);
    });
}

std::string of_text(const ReviewKey& review, const std::string& category) {
    return category.empty() ? review.text() : category + " of " + review.text();
}

void add_set(Noun& noun) {
    Verb& verb = noun.verb("set", "records what one expects at completion, beside what is computed",
                           "purser forecast set SSR2 --category travel --amount 290,000 --why "
                           "\"Three more meetings\" --as carl");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument category =
        verb.option("--category", "CODE", "of one category; else of the review as a whole");
    const Argument amount = verb.needed("--amount", "A", "all that will be spent by then");
    const Argument why = verb.needed("--why", "TEXT", "how one comes to it");
    const Argument on = verb.option("--on", "DATE", "the day from which it counts (today)");
    verb.note("It moves nothing. A later one takes its place and the earlier stays on the record.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(review).currency();
        const SetForecast ask{category.maybe(&parse_category).value_or(""),
                              amount.as(money_in(currency)), why.as(text_of("reason")),
                              on.maybe(&parse_date)};
        const Receipt done = session.book().set_forecast(caller, review, ask);
        session.answer(done, caller.user + " expects " + of_text(review, ask.category) +
                                 " to have cost " + ask.amount.with_code() + " at completion");
    });
}

void add_withdraw(Noun& noun) {
    Verb& verb = noun.verb("withdraw", "takes one's own figure back",
                           "purser forecast withdraw SSR2 --category travel --as carl");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument category =
        verb.option("--category", "CODE", "of one category; else of the review as a whole");
    const Argument why = verb.option("--why", "TEXT", "a remark");
    const Argument on = verb.option("--on", "DATE", "the day from which it counts no more (today)");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const std::string of = category.maybe(&parse_category).value_or("");
        const Receipt done = session.book().withdraw_forecast(
            caller, review, of, {why.as(text_of("reason")), on.maybe(&parse_date)});
        session.answer(
            done, caller.user + " no longer has a figure of their own for " + of_text(review, of));
    });
}

void add_plan(Noun& noun) {
    Verb& verb = noun.verb("plan", "notes a meeting to come, at its estimate; reserves nothing",
                           "purser forecast plan SSR2 WASHINGTON --category travel --amount "
                           "60,000 --expected 2018-02-20 --why \"Agreed in plenary\" --as carl");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument code = verb.word("MEETING", "a word for it, like WASHINGTON");
    const Argument category = verb.needed("--category", "CODE", "the category");
    const Argument amount = verb.needed("--amount", "A", "what it will cost");
    const Argument expected = verb.needed("--expected", "DATE", "when it will be");
    const Argument why = verb.needed("--why", "TEXT", "how one comes to it");
    const Argument on = verb.option("--on", "DATE", "the day from which it counts (today)");
    verb.note("The schedule counts it until its day, or until it is taken out: forecast unplan.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(review).currency();
        const PlanMeeting ask{code.as(&parse_category),      category.as(&parse_category),
                              amount.as(money_in(currency)), expected.as(&parse_date),
                              why.as(text_of("reason")),     on.maybe(&parse_date)};
        const Receipt done = session.book().plan_meeting(caller, review, ask);
        session.answer(done, ask.code + " is to come on " + to_text(ask.expected) + ": " +
                                 ask.amount.with_code() + " of " + ask.category);
    });
}

void add_unplan(Noun& noun) {
    Verb& verb = noun.verb("unplan", "takes a meeting to come out: it was asked for, or falls away",
                           "purser forecast unplan SSR2 WASHINGTON --as carl");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument code = verb.word("MEETING", "its word, like WASHINGTON");
    const Argument why = verb.option("--why", "TEXT", "a remark");
    const Argument on = verb.option("--on", "DATE", "the day from which it counts no more (today)");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const std::string of = code.as(&parse_category);
        const Receipt done = session.book().unplan_meeting(
            caller, review, of, {why.as(text_of("reason")), on.maybe(&parse_date)});
        session.answer(done, of + " is no longer to come");
    });
}

}  // namespace

void add_forecast(Commands& commands) {
    Noun& noun = commands.noun("forecast",
                               "what the review will have cost at completion, and how "
                               "each figure is made");
    add_itself(noun);
    add_set(noun);
    add_withdraw(noun);
    add_plan(noun);
    add_unplan(noun);
}

}  // namespace purser::cli
