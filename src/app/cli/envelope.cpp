#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

using Change = Receipt (Book::*)(const Caller&, const ReviewKey&, const BudgetChange&);

void add_change(Noun& noun, const std::string& name, const std::string& purpose,
                const std::string& example, Change change, const std::string& done_to,
                bool may_expire) {
    Verb& verb = noun.verb(name, purpose, example);
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument category = verb.needed("--category", "CODE", "the category that it is for");
    const Argument amount = verb.needed("--amount", "A", "by how much");
    const Argument why = verb.needed("--why", "TEXT", "who decided it and why");
    const Argument on =
        verb.option("--on", "DATE", "the day it takes effect, also in a closed month (today)");
    const Argument year =
        verb.option("--fiscal-year", "FY", "the year whose budget changes with it");
    std::optional<Argument> expires;
    if (may_expire) {
        expires = verb.option("--expires", "DATE",
                              "the last day on which it can be used: the rest leaves by itself");
    }
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Caller caller = session.caller();
        const Currency currency = session.book().review(review).currency();
        const BudgetChange ask{
            category.as(&parse_category), amount.as(money_in(currency)),
            why.as(text_of("reason")),    year.maybe(&FiscalYear::parse),
            on.maybe(&parse_date),        expires ? expires->maybe(&parse_date) : std::nullopt};
        const Receipt done = (session.book().*change)(caller, review, ask);
        const std::string in = ask.year ? " in " + ask.year->text() : "";
        session.answer(done, "the envelope of " + review.text() + " is " + done_to + " by " +
                                 ask.amount.with_code() + " of " + ask.category + in);
    });
}

void add_show(Noun& noun) {
    Verb& verb = noun.verb("show", "shows the decisions that made the envelope",
                           "purser envelope show SSR2");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see the envelope");
        session.print(
            report::envelope(session.book(), review, session.today(), session.audience(review)),
            rendering);
    });
}

}  // namespace

void add_envelope(Commands& commands) {
    Noun& noun = commands.noun("envelope", "the money set aside for a review, in all");
    add_change(noun, "grant", "raises the envelope: the first grant, and each one added",
               "purser envelope grant SSR2 --category travel --amount 350,000 --on 2017-03-15 "
               "--why \"Board resolution\" --as ann",
               &Book::grant, "raised", true);
    add_change(noun, "lower", "lowers the envelope",
               "purser envelope lower SSR2 --category travel --amount 20,000 --why \"Not needed\" "
               "--as ann",
               &Book::lower, "lowered", false);
    add_show(noun);
}

}  // namespace purser::cli
