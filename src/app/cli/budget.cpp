#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

using Change = Receipt (Book::*)(const Caller&, const ReviewKey&, const BudgetChange&);

void add_change(Noun& noun, const std::string& name, const std::string& purpose, Change change,
                const std::string& done_to) {
    Verb& verb = noun.verb(name, purpose,
                           "purser budget " + name +
                               " SSR2 --fiscal-year FY17 --category travel --amount 20,000 "
                               "--on 2017-03-15 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument year = verb.needed("--fiscal-year", "FY", "the year, like FY17");
    const Argument category = verb.needed("--category", "CODE", "the category");
    const Argument amount = verb.needed("--amount", "A", "how much");
    const Argument why = verb.option("--why", "TEXT", "the reason");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(review).currency();
        const BudgetChange ask{category.as(&parse_category), amount.as(money_in(currency)),
                               why.as(text_of("reason")), year.as(&FiscalYear::parse),
                               on.maybe(&parse_date)};
        const Receipt done = (session.book().*change)(caller, review, ask);
        session.answer(done, ask.amount.with_code() + " of " + ask.category + ' ' + done_to + ' ' +
                                 ask.year->text());
    });
}

void add_move(Noun& noun) {
    Verb& verb = noun.verb("move", "moves money from one category to another",
                           "purser budget move SSR2 --from travel --to services --amount 5,000 "
                           "--why \"More analysis\" --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument from = verb.needed("--from", "CODE", "the category that gives");
    const Argument to = verb.needed("--to", "CODE", "the category that gets");
    const Argument amount = verb.needed("--amount", "A", "how much");
    const Argument why = verb.needed("--why", "TEXT", "the reason");
    const Argument year = verb.option("--fiscal-year", "FY",
                                      "money of that year; without it money not given to any year");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(review).currency();
        const BudgetMove ask{from.as(&parse_category),       to.as(&parse_category),
                             amount.as(money_in(currency)),  why.as(text_of("reason")),
                             year.maybe(&FiscalYear::parse), on.maybe(&parse_date)};
        const Receipt done = session.book().move(caller, review, ask);
        const std::string in = ask.year ? " in " + ask.year->text() : "";
        session.answer(
            done, ask.amount.with_code() + " is moved from " + ask.from + " to " + ask.to + in);
    });
}

}  // namespace

void add_budget(Commands& commands) {
    Noun& noun = commands.noun("budget", "the parts of the envelope given to fiscal years");
    add_change(noun, "allot", "gives money of a category to a fiscal year", &Book::allot,
               "is given to");
    add_change(noun, "unallot", "takes money back from a fiscal year", &Book::unallot,
               "is taken back from");
    add_move(noun);
}

}  // namespace purser::cli
