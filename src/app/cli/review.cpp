#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"
#include "ledger/thresholds.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

int parse_month_number(std::string_view text) {
    for (int month = 1; month <= 12; ++month) {
        if (std::to_string(month) == text) return month;
    }
    throw BadInput("'" + std::string(text) + "' is not a month's number, 1 to 12");
}

void add_open(Noun& noun) {
    Verb& verb = noun.verb("open", "opens a review: from now on it has its own books",
                           "purser review open SSR2 --name \"Second SSR Review\" --start "
                           "2017-03-02 --expected 2018-03-01 --as ann");
    const Argument key =
        verb.word("KEY", "its short name: capital letters, digits, dashes, at most 16");
    const Argument title = verb.needed("--name", "TEXT", "its full name");
    const Argument start = verb.needed("--start", "DATE", "its first day");
    const Argument expected = verb.needed("--expected", "DATE", "its expected completion");
    const Argument currency = verb.option("--currency", "C", "of all its figures (USD)");
    const Argument month =
        verb.option("--fiscal-year-start", "N", "the month in which fiscal years begin (7)");
    const Argument budget =
        verb.option("--fiscal-budget", "on|off", "whether fiscal years have budgets (on)");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const OpenReview ask{key.as(&ReviewKey::parse),
                             title.as(line_of("name")),
                             start.as(&parse_date),
                             expected.as(&parse_date),
                             currency.maybe(&Currency::parse).value_or(Currency::parse("USD")),
                             month.maybe(&parse_month_number).value_or(7),
                             budget.maybe(&parse_on_off).value_or(true),
                             on.maybe(&parse_date)};
        const Receipt done = session.book().open_review(session.caller(), ask);
        session.answer(done, ask.key.text() + " is open, in " + std::string(ask.currency.code()));
    });
}

// "envelope=stop" as the setting "control.envelope" with the value "stop".
auto setting_in(std::string group) {
    return [group = std::move(group)](std::string_view text) {
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) {
            throw BadInput("'" + std::string(text) + "' is not NAME=VALUE",
                           "write it like " + std::string(group == "control"    ? "envelope=stop"
                                                          : group == "alert"    ? "free=10%"
                                                          : group == "forecast" ? "months=3"
                                                                                : "free=carry"));
        }
        const std::string name = group + '.' + std::string(text.substr(0, equals));
        const std::string value(text.substr(equals + 1));
        check_setting(name, value);
        return std::pair(name, value);
    };
}

auto value_of(std::string name) {
    return [name = std::move(name)](std::string_view text) {
        const std::string value = parse_text(text, name);
        check_setting(name, value);
        return std::pair(name, value);
    };
}

std::string alert_purpose() {
    std::string text = "when to alert, or off:";
    for (const Threshold& one : thresholds()) {
        text += (&one == &thresholds().front() ? " " : "; ") + std::string(one.name) + " = " +
                std::string(one.usual) + ", " + std::string(one.meaning);
    }
    return text;
}

void add_set(Noun& noun) {
    Verb& verb = noun.verb("set", "changes settings of a review",
                           "purser review set SSR2 --control category=stop --chair "
                           "\"Carla Example\" --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument controls =
        verb.list("--control", "NAME=VALUE", "envelope, category or fiscal-year = stop, warn, off");
    const Argument year_ends = verb.list("--year-end", "NAME=VALUE",
                                         "free = carry, lapse, return; commitments = carry, lapse");
    const Argument alerts = verb.list("--alert", "NAME=VALUE", alert_purpose());
    const Argument forecasts = verb.list(
        "--forecast", "NAME=VALUE", "months = 3, of the run rate; cushion = 10%, or an amount");
    std::vector<Argument> singles{
        verb.option("--layout", "NAME", "of the fact sheet: 2017 or envelope"),
        verb.option("--sheet-calendar", "NAME", "sheets are due quarterly, monthly or none"),
        verb.option("--single-contract", "print|merge",
                    "whether the sheet gives a figure that one contract alone makes up"),
        verb.option("--public-page", "on|off",
                    "whether the web shows its posted fact sheets to anybody (off)"),
        verb.option("--name", "TEXT", "its full name"),
        verb.option("--start", "DATE", "its first day"),
        verb.option("--expected", "DATE", "its expected completion"),
        verb.option("--chair", "TEXT", "who chairs it, for the fact sheet"),
        verb.option("--overview", "TEXT", "the mandate, a paragraph for the fact sheet"),
        verb.option("--wiki", "TEXT", "address of its page"),
        verb.option("--input-address", "TEXT", "where to send input"),
        verb.option("--questions-address", "TEXT", "where to send questions"),
        verb.option("--fiscal-budget", "on|off", "fixed once money has moved"),
    };
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        SetReview ask{controls.each(setting_in("control")), on.maybe(&parse_date)};
        const auto add = [&](const Argument& argument, const char* group) {
            for (auto& setting : argument.each(setting_in(group))) {
                ask.values.push_back(std::move(setting));
            }
        };
        add(year_ends, "year-end");
        add(alerts, "alert");
        add(forecasts, "forecast");
        for (const Argument& single : singles) {
            const auto setting = single.maybe(value_of(single.name().substr(2)));
            if (setting) ask.values.push_back(*setting);
        }
        if (ask.values.empty()) {
            throw BadInput("no setting is named", "see: purser review set --help");
        }
        const Receipt done = session.book().set_review(session.caller(), review, ask);
        std::string sentence = review.text() + " is set:";
        for (const auto& [name, value] : ask.values) {
            sentence.append("\n  ").append(name).append(" = ").append(value);
        }
        session.answer(done, sentence);
    });
}

void add_state(Noun& noun, const std::string& name, ReviewState state, const std::string& purpose,
               const std::string& sentence) {
    Verb& verb = noun.verb(name, purpose, "purser review " + name + " SSR2 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument why = verb.option("--why", "TEXT", "the reason");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Receipt done = session.book().change_state(
            session.caller(), review, state, why.as(text_of("reason")), on.maybe(&parse_date));
        session.answer(done, review.text() + ' ' + sentence);
    });
}

void add_list(Noun& noun) {
    Verb& verb = noun.verb("list", "lists the reviews of the book", "purser review list");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        session.print(report::reviews(session.book(), session.any_reader(), session.audience()),
                      rendering);
    });
}

void add_show(Noun& noun) {
    Verb& verb = noun.verb("show", "shows a review's settings", "purser review show SSR2");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Rendering rendering = rendering_options(verb);
    verb.runs([=](Session& session) {
        session.any_reader();
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.print(report::review(session.book(), review, session.audience(review)), rendering);
    });
}

}  // namespace

void add_review(Commands& commands) {
    Noun& noun = commands.noun("review", "funded pieces of work, each with its own books");
    add_open(noun);
    add_set(noun);
    add_state(noun, "pause", ReviewState::paused, "pauses a review; money can still move",
              "is paused");
    add_state(noun, "resume", ReviewState::running, "takes a paused or finished review up again",
              "is running");
    add_state(noun, "finish", ReviewState::finished, "ends a review: it takes nothing new",
              "is finished");
    add_list(noun);
    add_show(noun);
}

}  // namespace purser::cli
