// The list of reports: each a function from the book and its parameters to a Document.
//
// Figures come from Book as of a day and as known at an instant; a report arranges them, it
// neither moves money nor formats. Long tables are streamed from the book when a writer asks for
// their rows, so the book must outlive the Document. Each may throw Refused (unknown_review,
// unknown_expense, unknown_commitment), BadInput and Broken.
//
// Each takes its audience, for a Document is made for one; what it keeps back from whom, and what
// nobody can work out from all of them together, stands in report/single_contract.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/document.hpp"
#include "store/book.hpp"

namespace purser::report {

std::string_view name(Audience audience);        // "public"
Audience parse_audience(std::string_view text);  // BadInput with did-you-mean

// What a chair looks at: what is left, per category, after what is promised. To chairs no more than
// the sheet gives of a single contract. Refuses not_permitted to the public.
Document status(Book& book, const ReviewKey& key, Date as_of, std::optional<Instant> known_at,
                Audience audience);
Document status(const Figures& figures);  // of a dry run, for finance

// The fact sheet in the review's layout (DOMAIN 3). Without a day: the last closed one, before any
// close today. A day that is not closed is a draft and says so.
Document fact_sheet(Book& book, const ReviewKey& key, std::optional<Date> as_of,
                    std::optional<Instant> known_at, Date today, Audience audience);

// The public edition of a numbered sheet: of the figures known at its issue, with its number and
// the mark of its state.
Document fact_sheet(Book& book, const ReviewKey& key, const Sheet& sheet);
// All sheets of a review, and when they are due; for the public those that are posted.
Document sheets(Book& book, const ReviewKey& key, Date today, Audience audience);

// What changed from one day to a later one: each figure of the sheet then, now, and the entries
// between. Refuses not_permitted to the public; BadInput when `to` is before `from`.
Document changes(Book& book, const ReviewKey& key, Date from, Date to,
                 std::optional<Instant> known_at, Audience audience);

// The same from one numbered sheet to another; without a second one from what the sheet published
// to what is known now of its day. Of two posted sheets the public sees the figures, without
// entries. Refuses unknown_sheet.
Document changes(Book& book, const DocumentId& id, const std::optional<DocumentId>& later,
                 Audience audience);

// A figure of the sheet: a category's code or "total", and the key of a column.
struct FigureName {
    std::string row, column;
};
// The entries that make one figure of the sheet of a day (of none: as fact_sheet takes it), with
// what each adds to it. Refuses not_permitted to the public; BadInput when there is no such figure.
Document explain(Book& book, const ReviewKey& key, std::optional<Date> as_of,
                 std::optional<Instant> known_at, Date today, const FigureName& figure,
                 Audience audience);

// The same of a numbered sheet, with the figures known at its issue. Refuses unknown_sheet.
Document explain(Book& book, const DocumentId& id, const FigureName& figure, Audience audience);

// The entries behind the figures: all conditions together, each optional, spans with both ends.
struct RegisterFilter {
    std::optional<Date> from, to;
    std::optional<Date> as_of;  // nothing posted after it
    std::optional<Instant> known_at;
    std::string category = {};  // "" for all, here and below
    std::optional<FiscalYear> year = {};
    std::optional<DocumentId> document = {};  // of a commitment: with the expenses against it
    std::string act = {};                     // "expense.approve", or "expense" for all of those
    std::string actor = {};                   // a user's name
    std::optional<Role> role = {};            // in which they approved, or which they hold
    std::string meeting = {}, work_item = {};
    std::string payee = {};                   // part of the name; for finance alone
    std::string text = {};                    // part of what and why, or of an id
    std::optional<Money> min = {}, max = {};  // of the largest amount in the row
};

// One row per event and category and fiscal year that it touches, by accounting date, then as
// recorded. Each column of effects adds up to the figure of the sheet; with conditions that no
// figure knows, to its total all the same, and says so. To a chair entries of single contracts have
// no amounts and are in no total. Refuses not_permitted to the public, unknown_category,
// unknown_user, unknown_expense and unknown_commitment; BadInput for an act that there is not.
Document register_of(Book& book, const ReviewKey& key, const RegisterFilter& asked,
                     Audience audience);

// Refuse not_permitted to the public. A chair sees no payees, and of a single contract the amounts
// of those expenses alone that wait for a decision: nobody decides on what they do not see.
Document expenses(Book& book, const ReviewKey& key, const ExpenseFilter& filter, Audience audience);
Document expense(Book& book, const DocumentId& id, Date today, Audience audience);

Document commitments(Book& book, const ReviewKey& key, Date today, Audience audience);
// All conditions together, each optional.
struct CommitmentFilter {
    std::optional<Date> as_of;  // the day that they are shown as of; absent: today
    std::optional<Instant> known_at;
    std::string category;  // "" for all
    std::optional<CommitmentState> state;
};
// As they stood, with those past their expected day by age. Now it reads rows; of an earlier day or
// instant it folds the log. To a chair a single contract has no amounts, and is in no total.
// Refuses unknown_category, and not_permitted to the public.
Document commitments(Book& book, const ReviewKey& key, Date today, const CommitmentFilter& filter,
                     Audience audience);
Document commitment(Book& book, const DocumentId& id, Audience audience);

// A meeting, or any commitment, that nobody has asked for yet.
struct WhatIf {
    std::string what;
    std::string category;  // "": that of the latest commitment to a meeting
    Money amount;
    Date expected;
};
struct ForecastAsk {
    std::optional<Date> as_of;  // absent: today
    std::optional<Instant> known_at;
    std::optional<std::int64_t> months;  // of the run rate; absent: as the review is set
    std::optional<std::string> cushion;  // "10%" or an amount; absent: as the review is set
    std::optional<WhatIf> what_if;       // of today, as it is known now
};
// What the review will have cost at completion, by methods that are stated, side by side
// (ledger/projection.hpp); a what-if before and after, with what the controls would say. Refuses
// not_permitted to the public, unknown_category, review_finished for a what-if.
Document forecast(Book& book, const ReviewKey& key, const ForecastAsk& ask, Instant now,
                  Audience audience);

// What somebody should look at today, each with the command that settles it, by the thresholds of
// each review (ledger/thresholds.hpp).
struct Alert {
    std::string review;
    std::string kind;  // the threshold's name
    Paragraph what;
    std::string settle;
};
std::vector<Alert> alerts(Book& book, const ReviewKey& key, Date today, Audience audience);
Document alerts(const std::vector<Alert>& found, Date today, Audience audience);

// These reviews side by side, and totals of each currency by itself.
Document portfolio(Book& book, const std::vector<ReviewKey>& keys, Date as_of,
                   std::optional<Instant> known_at, Audience audience);

// Those that the reader has a role for; nobody named: all.
Document reviews(Book& book, const std::optional<User>& reader, Audience audience);
Document review(Book& book, const ReviewKey& key, Audience audience);
Document categories(Book& book, const ReviewKey& key, Audience audience);
// As the reader may know them; nobody named: all.
Document users(Book& book, const std::optional<User>& reader, Audience audience);
// By what users come in, now: sessions, tokens, links, known browsers; of all for "".
Document tickets(Book& book, const std::string& user, Instant now, Audience audience);
Document delegations(Book& book, Date today, Audience audience);
// The payees that are users, or all; who they are called is for finance.
Document payees(Book& book, const ReviewKey& key, Audience audience, bool all);
Document policies(Book& book, const ReviewKey& key, Audience audience);
// The decisions that made the envelope: grants, lowerings, allotments, moves, years' closes.
Document envelope(Book& book, const ReviewKey& key, Date today, Audience audience);
// The requests to the Board; and one, with what waits for it and, while it is open, what today's
// figures would be after no grant, after `part` of it (absent: half), and after all of it.
Document requests(Book& book, const ReviewKey& key, Audience audience);
Document request(Book& book, const DocumentId& id, std::optional<Money> part, Instant now,
                 Audience audience);
// Members, milestones, meetings and work items, as the book knows them on a day: who had joined,
// what was held, what was reached.
// One of them refuses unknown_member, unknown_milestone, unknown_work_item.
Document members(Book& book, const ReviewKey& key, Date as_of, std::optional<Instant> known_at,
                 Audience audience);
Document member(Book& book, const DocumentId& id, Date as_of, Audience audience);
Document milestones(Book& book, const ReviewKey& key, Date as_of, std::optional<Instant> known_at,
                    Audience audience);
Document milestone(Book& book, const DocumentId& id, Date as_of, Audience audience);
Document meeting_list(Book& book, const ReviewKey& key, std::optional<Instant> known_at,
                      Audience audience);
Document work_item_list(Book& book, const ReviewKey& key, std::optional<Instant> known_at,
                        Audience audience);
Document work_item(Book& book, const ReviewKey& key, const std::string& code, Audience audience);
// How money relates to meetings: side by side their estimate, what is committed and spent, and what
// one head cost; or one of them, with who came. Adds up to the envelope's figures of today. Refuses
// not_permitted to the public, unknown_meeting.
Document meetings(Book& book, const ReviewKey& key, Date today, Audience audience);
Document meeting(Book& book, const ReviewKey& key, const std::string& code, Audience audience);
// How money relates to the work: what was charged to each workstream and recommendation. Adds up to
// what the envelope has spent by today. Refuses not_permitted to the public.
Document work_items(Book& book, const ReviewKey& key, Date today, Audience audience);
// What is still to settle in a month.
Document check_list(Book& book, const ReviewKey& key, Month month, Audience audience);

}  // namespace purser::report
