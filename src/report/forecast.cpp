// The forecast: what the review will have cost at completion, each figure with its method.
#include <algorithm>

#include "report/audience.hpp"
#include "report/forecast_tables.hpp"
#include "report/parts.hpp"
#include "report/pictures.hpp"
#include "report/what_if.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

std::string month_name(Month month) { return to_print(month.first_day()).substr(2); }

// "Nov-2017 (run rate)", in a sentence.
std::string named(const std::string& figure, const Method& method) {
    std::string title = method.title;
    title.front() = static_cast<char>(title.front() - 'A' + 'a');
    return figure + " (" + title + ")";
}

bool sooner(const FreeEnd& a, const FreeEnd& b) {
    if (a.already != b.already) return a.already;
    if (!a.month || !b.month) return a.month.has_value();
    return *a.month < *b.month;
}

std::string end_sentence(const Outlook& outlook, const std::vector<Method>& methods) {
    const auto [first, last] =
        std::minmax_element(methods.begin(), methods.end(),
                            [](const auto& a, const auto& b) { return sooner(a.end, b.end); });
    if (first->end.already) {
        const Money free = outlook.figures.envelope().free;
        return free.is_negative()
                   ? "The free money is used up, by " + (-free).with_code() + " more than there is."
                   : "No money is free any more.";
    }
    if (!first->end.month) {
        return outlook.rest.empty()
                   ? "Nothing more is projected, so what is free stays free."
                   : "Some money is free up to the expected completion, by every method.";
    }
    std::string text = "Free money ends in " + named(month_name(*first->end.month), *first);
    if (!last->end.month) {
        return text + " at the earliest; at the latest " +
               named("it lasts to the expected completion", *last) + ".";
    }
    if (last->end.month == first->end.month) return text + ", at the earliest and at the latest.";
    return text + " at the earliest, in " + named(month_name(*last->end.month), *last) +
           " at the latest.";
}

std::vector<Paragraph> sentences(const Outlook& outlook, const std::vector<Method>& methods) {
    const auto [low, high] =
        std::minmax_element(methods.begin(), methods.end(), [](const Method& a, const Method& b) {
            return a.total.at_completion() < b.total.at_completion();
        });
    const Money approved = outlook.approved();
    const Money least = low->total.at_completion();
    const Money most = high->total.at_completion();
    std::string first = "At completion the review will have cost ";
    const bool one_figure = least == most;
    if (one_figure) {
        first += methods.size() == 1 ? named(least.with_code(), *low)
                                     : least.with_code() + " (by every method)";
    } else {
        first += named(least.grouped(), *low) + " to " + named(most.with_code(), *high);
    }
    first += ", of " + approved.with_code() + " approved: ";
    const Money left = approved - most;
    if (left.is_negative()) {
        first += (one_figure ? "" : "up to ") + (-left).with_code() + " too little.";
    } else {
        first += (one_figure ? "" : "at least ") + left.with_code() + " would be left.";
    }
    std::vector<Paragraph> result{first, end_sentence(outlook, methods)};
    const Money held = outlook.figures.held();
    if (!held.is_zero()) {
        result.emplace_back(held.with_code() +
                            " waits for the Board and is in none of these figures.");
    }
    return result;
}

std::string rest_text(const Outlook& outlook) {
    const Review& review = outlook.figures.review;
    if (outlook.state == ReviewState::finished) return "the review is finished: no time is left";
    if (outlook.rest.empty()) {
        return "the expected completion, " + to_print(review.expected()) + ", has passed";
    }
    return to_print(outlook.rest.from) + " to " + to_print(outlook.rest.until) + ", " +
           months_text(outlook.rest);
}

Section head(const Outlook& outlook, const std::vector<Method>& methods) {
    const Figures& figures = outlook.figures;
    const Review& review = figures.review;
    Section section;
    section.paragraphs = sentences(outlook, methods);
    auto& fields = section.fields;
    fields = {for_programs("review", review.key().text()), for_programs("as_of", figures.as_of)};
    fields.push_back(printed("known_at", figures.known_at ? "As known at" : "",
                             figures.known_at ? Value(to_text(*figures.known_at)) : Value()));
    fields.push_back(printed("currency", "Currency", std::string(review.currency().code())));
    fields.push_back(for_programs("state", std::string(name(outlook.state))));
    fields.push_back(printed("expected", "Expected completion", review.expected(), Type::date));
    fields.push_back(printed("", "The rest of the review", rest_text(outlook)));
    fields.push_back(
        for_programs("rest_from", outlook.rest.empty() ? Value() : Value(outlook.rest.from)));
    fields.push_back(for_programs("closed_through", value_of(review.closed_through())));
    fields.push_back(for_programs("free", figures.envelope().free));
    fields.push_back(for_programs("held", figures.held()));
    return section;
}

std::string run_rate_text(const Outlook& outlook) {
    const std::int64_t counted = outlook.months_counted();
    if (counted == 0) return "not told: no month is closed in which the review ran.";
    std::string text = "what ";
    text += counted == 1 ? "the last closed month"
                         : "the last " + std::to_string(counted) + " closed months";
    text +=
        " spent on average, in each month of the rest. Committed and requested are spent out "
        "of it, and count in full where they are more.";
    if (counted < outlook.months_wanted) {
        text += " Only " + std::to_string(counted) + " of the " +
                report::counted(outlook.months_wanted, "month") + " wanted " +
                (counted == 1 ? "is" : "are") + " closed.";
    }
    const auto left_out = static_cast<std::int64_t>(outlook.months.size()) - counted;
    if (left_out > 0) {
        text += " " + report::counted(left_out, "month") +
                " in which the review was paused or finished throughout " +
                (left_out == 1 ? "is" : "are") + " left out.";
    }
    if (outlook.state == ReviewState::paused) {
        text += " The review is paused: the rest is projected as if it went on the next day.";
    }
    return text;
}

Section how(const Outlook& outlook) {
    Section section;
    section.key = "how";
    section.title = "How each figure is made";
    section.fields = {
        printed("every_method", "By every method",
                std::string("spent + committed + requested + plan for the rest = at completion. "
                            "Only the plan differs; it is rounded once a category, half to even.")),
        printed("run_rate", "Run rate", run_rate_text(outlook)),
        printed("scheduled", "Scheduled",
                std::string("what is committed and requested, at its estimate, and the meetings "
                            "to come at theirs; nothing for what nobody has named yet.")),
        printed("own", "Own figures",
                std::string("what a person expects, with a reason. Each stands by itself and is "
                            "in no computed figure.")),
        printed("cushion", "Cushion",
                outlook.cushion.is_none() ? std::string("none: --cushion, or review set --forecast "
                                                        "cushion=10%")
                                          : outlook.cushion.text())};
    return section;
}

void require_whole_day(const ForecastAsk& ask) {
    if (!ask.what_if || (!ask.as_of && !ask.known_at)) return;
    throw BadInput("a what-if is asked of today's book, not of another day's",
                   "leave --as-of and --known-at out");
}

}  // namespace

Document forecast(Book& book, const ReviewKey& key, const ForecastAsk& ask, Instant now,
                  Audience audience) {
    refuse_public(audience, "forecasts are");
    require_whole_day(ask);
    const Outlook of = outlook(book, key, ask, day_of(now), audience);
    const std::vector<Method> by = methods(of);
    const std::vector<Answer> all = answers(of, by);
    Document document(audience);
    document.title = key.text() + " Forecast";
    document.subtitle = "As of " + to_print(of.figures.as_of);
    document.as_of = of.figures.as_of;
    document.body.sections.push_back(head(of, by));
    if (ask.what_if) {
        document.body.sections.push_back(what_if_section(book, of, *ask.what_if, now));
    }
    Section figures;
    figures.title = "At completion";
    figures.tables = {side_by_side(of, all), differences(of, all)};
    document.body.sections.push_back(std::move(figures));
    document.body.sections.push_back(how(of));
    Section made;
    made.title = "By method";
    made.tables = {totals_table(of, by), lines(of, by)};
    if (of.kept.any()) made.notes.push_back({merged_note(of.kept, of.figures), {"title"}});
    document.body.sections.push_back(std::move(made));
    document.body.sections.push_back(planned_section(of));
    document.body.sections.push_back(own_section(of));
    document.body.sections.push_back(month_section(of));
    const auto months = book.by_month(key, of.figures.as_of, of.figures.known_at);
    document.body.sections.push_back(burn(of.figures, months, at_run_rate(by)));
    if (auto drawn = course(book, of, by)) document.body.sections.push_back(std::move(*drawn));
    return document;
}

}  // namespace purser::report
