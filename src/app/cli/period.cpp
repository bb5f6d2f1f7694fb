#include "app/cli/answer.hpp"
#include "app/cli/nouns.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {
namespace {

// Where the free money of a closed year went, and what to do with it; what lapsed with it.
void tell_free_money(Session& session, const ReviewKey& review, const Event& closed) {
    for (const Transfer& transfer : closed.transfers) {
        if (transfer.from.bucket != Bucket::free || transfer.to.year) continue;
        const std::string& category = transfer.from.category;
        std::string line = "  " + transfer.amount.with_code() + " of " + category;
        if (transfer.to.bucket == Bucket::unallotted) {
            line += " went back to the envelope, to no year\n    try: purser budget allot ";
            line += review.text() + " --fiscal-year " + transfer.from.year->next().text();
            line.append(" --category ").append(category).append(" --amount ");
            line += transfer.amount.text();
        } else {
            const bool lapsed = transfer.to.bucket == Bucket::outside;
            line += lapsed ? " lapsed" : " went back to reserve";
        }
        session.print_line(line);
    }
    for (const auto& id : closed.body.list("lapsed")) {
        session.print_line("  " + id + " lapsed and is closed");
    }
}

// What one close of a month or a year did.
void tell_close(Session& session, const ReviewKey& review, const Receipt& receipt) {
    EventFilter filter;
    filter.from = filter.to = receipt.posted_on;
    session.book().each_event(review, filter, [&](const StoredEvent& stored) {
        const Event& event = stored.event;
        if (event_id(review, event.seq) != receipt.event) return;
        if (event.act == Act::year_close) {
            session.answer(receipt, review.text() + " has closed the fiscal year " + event.subject +
                                        ", through " + to_text(previous_day(event.posted_on)));
            tell_free_money(session, review, event);
        } else {
            const Date last = Month::parse(event.subject).last_day();
            session.answer(receipt, review.text() + " is closed through " + to_text(last));
        }
    });
}

void tell(Session& session, const ReviewKey& review, Month month,
          const std::vector<Receipt>& receipts) {
    if (session.json()) {
        nlohmann::ordered_json answer = json_of(receipts.back());
        for (std::size_t i = 0; i + 1 < receipts.size(); ++i) {
            answer["also"].push_back(json_of(receipts[i]));
        }
        session.out() << dumped(answer);
        return;
    }
    for (const Receipt& receipt : receipts) tell_close(session, review, receipt);
    const auto open = session.book().check_list(review, month);
    if (!open.empty()) session.print_line("  still to settle:");
    for (const CheckItem& item : open) {
        session.print_line("    " + item.what + "\n      " + item.settle);
    }
}

void run_close(Session& session, const ReviewKey& review, Month month,
               const std::vector<DocumentId>& keep) {
    const Caller caller = session.caller();
    const auto receipts = session.book().close_month(caller, review, month, keep);
    tell(session, review, month, receipts);
}

constexpr const char* keep_purpose =
    "a commitment that goes on into the new year although the review's lapse";

void add_close(Noun& noun) {
    Verb& verb = noun.verb("close", "closes a month and all before it: nothing posts there again",
                           "purser period close SSR2 2017-03 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument month = verb.word("MONTH", "the month, like 2017-03");
    const Argument keep = verb.list("--keep", "ID", keep_purpose);
    verb.note("Closing the last month of a fiscal year is the year's close.");
    verb.runs([=](Session& session) {
        run_close(session, key.as(&ReviewKey::parse), month.as(&Month::parse),
                  keep.each(id_of(DocumentKind::commitment)));
    });
}

void add_reopen(Noun& noun) {
    Verb& verb =
        noun.verb("reopen", "opens a closed month and all after it again",
                  "purser period reopen SSR2 2017-03 --why \"Invoice of the venue\" --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument month = verb.word("MONTH", "the month, like 2017-03");
    const Argument why = verb.needed("--why", "TEXT", "the reason");
    const Argument on = verb.option("--on", "DATE", "accounting date of the act (today)");
    verb.note("A month of a fiscal year that is closed stays closed.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const Month of = month.as(&Month::parse);
        const Receipt done = session.book().reopen_month(
            session.caller(), review, of, {why.as(text_of("reason")), on.maybe(&parse_date)});
        session.answer(done, review.text() + " is open from " + to_text(of.first_day()) + " on");
    });
}

void add_check(Noun& noun) {
    Verb& verb = noun.verb("check", "lists what is still to settle in a month",
                           "purser period check SSR2 2017-03");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument month = verb.word("MONTH", "the month, like 2017-03");
    const Rendering rendering = rendering_options(verb);
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        session.reader(review, "see what is to settle");
        session.print(report::check_list(session.book(), review, month.as(&Month::parse),
                                         session.audience(review)),
                      rendering);
    });
}

}  // namespace

void add_period(Commands& commands) {
    Noun& noun = commands.noun("period", "months, which are closed one after the other");
    add_close(noun);
    add_reopen(noun);
    add_check(noun);
}

void add_year(Commands& commands) {
    Noun& noun = commands.noun("year", "fiscal years");
    Verb& verb = noun.verb("close", "closes a fiscal year, which is closing its last month",
                           "purser year close SSR2 FY17 --as ann");
    const Argument key = verb.word("KEY", "the review, like SSR2");
    const Argument year = verb.word("FY", "the fiscal year, like FY17");
    const Argument keep = verb.list("--keep", "ID", keep_purpose);
    verb.note(
        "Free money and open commitments go on as the review's settings say: review set "
        "--year-end.");
    verb.runs([=](Session& session) {
        const ReviewKey review = key.as(&ReviewKey::parse);
        const FiscalYear of = year.as(&FiscalYear::parse);
        const Date last = session.book().review(review).calendar().last_day(of);
        run_close(session, review, Month::of(last), keep.each(id_of(DocumentKind::commitment)));
    });
}

}  // namespace purser::cli
