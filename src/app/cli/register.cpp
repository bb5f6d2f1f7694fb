#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

void add_register(Commands& commands) {
    Verb& verb = commands.noun("register", "the entries behind the figures")
                     .itself("purser register SSR2 --from 2017-03-01 --category travel");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument from = verb.option("--from", "DATE", "from this accounting day on");
    const Argument to = verb.option("--to", "DATE", "up to this accounting day");
    const Argument category = verb.option("--category", "CODE", "of one category");
    const Argument year = verb.option("--fiscal-year", "FY", "of one fiscal year");
    const Argument id =
        verb.option("--id", "ID", "of one document; of a commitment with the expenses against it");
    const Argument act =
        verb.option("--act", "ACT", "of one act, like expense.approve, or all of expense");
    const Argument actor = verb.option("--by", "USER", "done by that user");
    const Argument role =
        verb.option("--role", "ROLE", "approved in that role, or done by who has it");
    const Argument meeting = verb.option("--meeting", "M", "charged to that meeting");
    const Argument work_item = verb.option("--work-item", "W", "charged to that work item");
    const Argument payee = verb.option("--payee", "T", "with that in the payee's name (finance)");
    const Argument text = verb.option("--text", "T", "with that in what and why, or in the id");
    const Argument min = verb.option("--min", "A", "that moved this amount or more");
    const Argument max = verb.option("--max", "A", "that moved this amount or less");
    const Moment moment = moment_options(verb);
    const Rendering rendering = list_options(verb);
    verb.note("All that is asked for holds together, and the totals are of what is shown.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see the entries of " + review.text());
        const Currency currency = session.book().review(review).currency();
        report::RegisterFilter filter{from.maybe(&parse_date), to.maybe(&parse_date),
                                      moment.as_of.maybe(&parse_date),
                                      moment.known_at.maybe(&parse_instant)};
        filter.category = category.maybe(&parse_category).value_or("");
        filter.year = year.maybe(&FiscalYear::parse);
        filter.document = id.maybe([](std::string_view typed) { return DocumentId::parse(typed); });
        filter.act = act.text();
        filter.actor = actor.text();
        filter.role = role.maybe(&parse_role);
        filter.meeting = meeting.text();
        filter.work_item = work_item.text();
        filter.payee = payee.text();
        filter.text = text.text();
        filter.min = min.maybe(money_in(currency));
        filter.max = max.maybe(money_in(currency));
        session.print(report::register_of(session.book(), review, filter, session.audience(review)),
                      rendering);
    });
}

}  // namespace purser::cli
