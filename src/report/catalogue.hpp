// The list of reports: each a function from the book and its parameters to a Document.
//
// Figures come from Book as of a day and as known at an instant; a report arranges them, it
// neither moves money nor formats. Long tables are streamed from the book when a writer asks for
// their rows, so the book must outlive the Document. Each may throw Refused (unknown_review,
// unknown_expense, unknown_commitment), BadInput and Broken.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/document.hpp"
#include "store/book.hpp"

namespace purser::report {

// Who will read it (DOMAIN rule 13). Finance, which includes support, sees payees; a chair does
// not; the public sees the sheet and nothing behind it.
// `public` is a keyword: NOLINTNEXTLINE(readability-identifier-naming)
enum class Audience { finance, chair, public_ };

std::string_view name(Audience audience);        // "public"
Audience parse_audience(std::string_view text);  // BadInput with did-you-mean

// What a chair looks at: what is left, per category, after what is promised.
Document status(Book& book, const ReviewKey& key, Date as_of, std::optional<Instant> known_at);
Document status(const Figures& figures);  // of a dry run

// The fact sheet in the review's layout (DOMAIN 3). Without a day: the last closed one, before any
// close today. A day that is not closed is a draft and says so.
Document fact_sheet(Book& book, const ReviewKey& key, std::optional<Date> as_of,
                    std::optional<Instant> known_at, Date today, Audience audience);

// The public edition of a numbered sheet: of the figures known at its issue, with its number and
// the mark of its state.
Document fact_sheet(Book& book, const ReviewKey& key, const Sheet& sheet);
// All sheets of a review, and when they are due; for the public those that are posted.
Document sheets(Book& book, const ReviewKey& key, Date today, bool posted_only);

// The entries behind the figures: all conditions together, each optional, spans with both ends.
struct RegisterFilter {
    std::optional<Date> from, to;
    std::optional<Date> as_of;  // nothing posted after it
    std::optional<Instant> known_at;
    std::string category;  // "" for all
    std::optional<FiscalYear> year;
};

// One row per event and category and fiscal year that it touches, by accounting date, then as
// recorded; each column of effects adds up to the figure of the sheet. Refuses not_permitted to
// the public, unknown_category.
Document register_of(Book& book, const ReviewKey& key, const RegisterFilter& filter,
                     Audience audience);

// Refuse not_permitted to the public.
Document expenses(Book& book, const ReviewKey& key, const ExpenseFilter& filter, Audience audience);
Document expense(Book& book, const DocumentId& id, Audience audience);

Document commitments(Book& book, const ReviewKey& key, Date today);
// All conditions together, each optional.
struct CommitmentFilter {
    std::optional<Date> as_of;  // the day that they are shown as of; absent: today
    std::optional<Instant> known_at;
    std::string category;  // "" for all
    std::optional<CommitmentState> state;
};
// As they stood, with those past their expected day by age. Now it reads rows; of an earlier day or
// instant it folds the log. Refuses unknown_category.
Document commitments(Book& book, const ReviewKey& key, Date today, const CommitmentFilter& filter);
Document commitment(Book& book, const DocumentId& id);

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
    std::string what;
    std::string settle;
};
std::vector<Alert> alerts(Book& book, const ReviewKey& key, Date today);
Document alerts(const std::vector<Alert>& found, Date today);

// These reviews side by side, and totals of each currency by itself.
Document portfolio(Book& book, const std::vector<ReviewKey>& keys, Date as_of,
                   std::optional<Instant> known_at);

// Those that the reader has a role for; nobody named: all.
Document reviews(Book& book, const std::optional<User>& reader = {});
Document review(Book& book, const ReviewKey& key);
Document categories(Book& book, const ReviewKey& key);
Document users(Book& book);
Document delegations(Book& book, Date today);
// The payees that are users; who they are called is for finance.
Document payees(Book& book, const ReviewKey& key, Audience audience);
Document policies(Book& book, const ReviewKey& key);
// The decisions that made the envelope: grants, lowerings, allotments, moves, years' closes.
Document envelope(Book& book, const ReviewKey& key, Date today);
// The requests to the Board; and one, with what waits for it and, while it is open, what today's
// figures would be after no grant, after `part` of it (absent: half), and after all of it.
Document requests(Book& book, const ReviewKey& key);
Document request(Book& book, const DocumentId& id, std::optional<Money> part, Instant now);
// What is still to settle in a month.
Document check_list(Book& book, const ReviewKey& key, Month month);

}  // namespace purser::report
