#include "report/what_if.hpp"

#include <algorithm>

#include "report/parts.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

std::string category_of(Book& book, const Review& review, const WhatIf& ask) {
    if (!ask.category.empty()) return review.category(ask.category).code;
    if (review.categories().size() == 1) return review.categories().front().code;
    const auto all = book.commitments(review.key());
    const auto latest = std::find_if(all.rbegin(), all.rend(), [](const Commitment& one) {
        return one.kind == CommitmentKind::meeting;
    });
    if (latest != all.rend()) return latest->category;
    throw BadInput("of which category " + ask.what + " would be is not known",
                   "add --category CODE; see: purser category list " + review.key().text());
}

std::string verdict_text(const Verdict& verdict) {
    if (verdict.stopped) return "a control stops it: " + verdict.stopped->message;
    if (verdict.warnings.empty()) return "it fits: no control stops it or warns";
    std::string text = "it could be recorded, with a warning: ";
    for (const Warning& warning : verdict.warnings) {
        text += (&warning == &verdict.warnings.front() ? "" : "; ") + warning.message;
    }
    return text;
}

// The first line of a control's message is the answer; how the sum is made up follows it.
std::string on_one_line(std::string text) {
    std::string::size_type at = 0;
    while ((at = text.find("\n  ", at)) != std::string::npos) text.replace(at, 3, "; ");
    return text;
}

Row figure_row(const std::string& label, const Money& before, const Money& after) {
    return {label, before, after, after - before};
}

const Amounts& amounts_of(const Outlook& outlook, const std::string& category) {
    const auto of = std::find_if(outlook.known.begin(), outlook.known.end(),
                                 [&](const Known& known) { return known.category == category; });
    return of->now;
}

Table figures_table(const Outlook& before, const Outlook& after, const std::string& category,
                    const WhatIf& ask) {
    const Review& review = before.figures.review;
    const Date day = std::max(ask.expected, before.figures.as_of);
    const FiscalYear year = review.year_of(day);
    Table table;
    table.key = "figures";
    table.columns = {column("figure", "Figure"), column("before", "Now", Type::money),
                     column("after", "With it", Type::money),
                     column("difference", "Difference", Type::money)};
    table.columns[3].formula = {{"after", 1}, {"before", -1}};
    std::vector<Row> rows;
    rows.push_back(figure_row("Free of the envelope", before.figures.envelope().free,
                              after.figures.envelope().free));
    if (!before.kept.hides(category)) {
        rows.push_back(figure_row("Free of " + review.category(category).title,
                                  amounts_of(before, category).free,
                                  amounts_of(after, category).free));
    }
    if (review.fiscal_budget() && before.kept.tells_year()) {
        const Money free = before.figures.in(year).free;
        rows.push_back(figure_row("Free of " + year.text(), free, free - ask.amount));
    }
    const auto now = methods(before);
    const auto then = methods(after);
    for (std::size_t i = 0; i < now.size(); ++i) {
        rows.push_back(figure_row("At completion: " + now[i].title, now[i].total.at_completion(),
                                  then[i].total.at_completion()));
    }
    table.rows = rows_of(std::move(rows));
    return table;
}

Table end_table(const Outlook& before, const Outlook& after) {
    Table table;
    table.key = "free_ends";
    table.columns = {column("method", "Free money ends"), column("before", "Now"),
                     column("after", "With it")};
    std::vector<Row> rows;
    const auto now = methods(before);
    const auto then = methods(after);
    for (std::size_t i = 0; i < now.size(); ++i) {
        rows.push_back({now[i].title, to_text(now[i].end), to_text(then[i].end)});
    }
    table.rows = rows_of(std::move(rows));
    return table;
}

}  // namespace

Section what_if_section(Book& book, const Outlook& before, const WhatIf& ask, Instant now) {
    const Review& review = before.figures.review;
    const std::string category = category_of(book, review, ask);
    // What the controls say, asked with one amount after the other, would tell what is free.
    const bool told = before.kept.tells_year() && !before.kept.hides(category);
    Verdict verdict = book.try_commitment(
        review.key(),
        {category, ask.amount, ask.what, CommitmentKind::meeting, ask.expected, false, {}, {}},
        now);
    if (!told) verdict = {};
    const Outlook after = with_commitment(before, category, ask.amount);
    Section section;
    section.key = "what_if";
    section.title = "What if: " + ask.what;
    section.paragraphs = {"Nothing is written. On " + to_print(ask.expected) + ", " +
                          ask.amount.with_code() + " of " + review.category(category).title + ": " +
                          (told ? on_one_line(verdict_text(verdict))
                                : "what the controls say is told to finance and support, for it "
                                  "would tell what is free of a row that is given only together "
                                  "with another") +
                          "."};
    if (!verdict.hint.empty()) {
        const bool complete = verdict.hint.starts_with("try: ") || verdict.hint.starts_with("ask ");
        section.paragraphs.emplace_back((complete ? "" : "try: ") + verdict.hint);
    }
    std::vector<std::string> rules;
    for (const Warning& warning : verdict.warnings) rules.push_back(warning.rule);
    section.fields = {
        for_programs("what", ask.what),
        for_programs("category", category),
        for_programs("amount", ask.amount),
        for_programs("expected", ask.expected),
        for_programs("stopped_by", verdict.stopped ? Value(verdict.stopped->rule) : Value()),
        for_programs("warnings", std::move(rules)),
        for_programs("hint", text_or_absent(verdict.hint))};
    section.tables = {figures_table(before, after, category, ask), end_table(before, after)};
    return section;
}

}  // namespace purser::report
