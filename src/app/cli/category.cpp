#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

void add_add(Noun& noun) {
    Verb& verb =
        noun.verb("add", "adds a category", "purser category add SSR2 travel Travel --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument code = verb.word("CODE", "its short name in commands: travel");
    const Argument title = verb.word("TITLE", "its name on the fact sheet: \"Travel\"");
    const Flag overhead =
        verb.flag("--overhead", "its figures include an allocation of overhead (a note says so)");
    const Argument on = verb.option("--on", "DATE", "accounting date (today)");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const AddCategory ask{code.as(&parse_category), title.as(line_of("title")),
                              overhead.given(), on.maybe(&parse_date)};
        const Receipt done = session.book().add_category(session.caller(), review, ask);
        session.answer(done, review.text() + " has the category " + ask.code + ", " + ask.title);
    });
}

void add_list(Noun& noun) {
    Verb& verb = noun.verb("list", "lists the categories", "purser category list SSR2");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Rendering rendering = list_options(verb);
    verb.runs([=](Session& session) {
        session.any_reader();
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.print(report::categories(session.book(), review, session.audience(review)),
                      rendering);
    });
}

}  // namespace

void add_category(Commands& commands) {
    Noun& noun = commands.noun("category", "the plan lines of an envelope: travel, services, ...");
    add_add(noun);
    add_list(noun);
}

}  // namespace purser::cli
