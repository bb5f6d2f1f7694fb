// The rows of requests to the Board, of what waits for them, and of grants with an end date.
#include "store/database_rows.hpp"
#include "store/day_column.hpp"
#include "store/each_row.hpp"

namespace purser {
namespace {

Money money(long long minor, const Review& review) {
    return Money::of_minor(static_cast<std::int64_t>(minor), review.currency());
}

std::vector<Request> read_requests(Database& database, const Review& review,
                                   const std::string& condition) {
    std::string state;
    std::string category;
    std::string posted_on;
    std::string reason;
    std::string submitted_by;
    std::string decided_on;
    std::string resolution;
    std::string conditions;
    std::string expires_on;
    long long number = 0;
    long long seq = 0;
    long long amount = 0;
    long long granted = 0;
    soci::statement statement =
        (database.sql().prepare
             << "SELECT number, seq, state, category, amount_minor, granted_minor, posted_on, "
                "reason, submitted_by, decided_on, resolution, conditions, expires_on FROM "
                "request WHERE review = :review " +
                    condition + " ORDER BY number",
         soci::use(review.key().text()), soci::into(number), soci::into(seq), soci::into(state),
         soci::into(category), soci::into(amount), soci::into(granted), soci::into(posted_on),
         soci::into(reason), soci::into(submitted_by), soci::into(decided_on),
         soci::into(resolution), soci::into(conditions), soci::into(expires_on));
    std::vector<Request> result;
    each_row(
        statement,
        [&] {
            return row_of(DocumentId{review.key(), DocumentKind::request, number}.text());
        },
        [&] {
            result.push_back({number, seq, parse_request_state(state), category,
                              money(amount, review), money(granted, review), parse_date(posted_on),
                              reason, submitted_by, read_day(decided_on), resolution, conditions,
                              read_day(expires_on)});
        });
    return result;
}

}  // namespace

std::optional<Request> DatabaseRows::find_request(const Review& review, std::int64_t number) {
    auto found = read_requests(database_, review, "AND number = " + std::to_string(number));
    if (found.empty()) return {};
    return found.front();
}

std::vector<Request> load_requests(Database& database, const Review& review) {
    return read_requests(database, review, "");
}

Request DatabaseRows::request(const Review& review, std::int64_t number) {
    if (auto found = find_request(review, number)) return *found;
    throw Broken("the log names a request " + std::to_string(number) + " of " +
                 review.key().text() + " that nobody submitted");
}

void DatabaseRows::put(const ReviewKey& review, const Request& row) {
    const long long number = row.number;
    const long long seq = row.seq;
    const long long amount = row.amount.amount_minor();
    const long long granted = row.granted.amount_minor();
    const std::string state(name(row.state));
    const std::string posted_on = to_text(row.posted_on);
    const std::string decided_on = day_text(row.decided_on);
    const std::string expires_on = day_text(row.expires);
    database_.sql()
        << "INSERT INTO request (review, number, seq, state, category, amount_minor, "
           "granted_minor, posted_on, reason, submitted_by, decided_on, resolution, conditions, "
           "expires_on) VALUES (:review, :number, :seq, :state, :category, :amount, :granted, "
           ":posted_on, :reason, :submitted_by, :decided_on, :resolution, :conditions, :expires) "
           "ON CONFLICT (review, number) DO UPDATE SET state = excluded.state, granted_minor = "
           "excluded.granted_minor, decided_on = excluded.decided_on, resolution = "
           "excluded.resolution, conditions = excluded.conditions, expires_on = "
           "excluded.expires_on",
        soci::use(review.text()), soci::use(number), soci::use(seq), soci::use(state),
        soci::use(row.category), soci::use(amount), soci::use(granted), soci::use(posted_on),
        soci::use(row.why), soci::use(row.submitted_by), soci::use(decided_on),
        soci::use(row.resolution), soci::use(row.conditions), soci::use(expires_on);
}

std::vector<Held> load_held(Database& database, const Review& review) {
    std::string document;
    std::string category;
    std::string posted_on;
    std::string ended_on;
    long long request = 0;
    long long seq = 0;
    long long amount = 0;
    long long ended_seq = 0;
    soci::statement statement =
        (database.sql().prepare
             << "SELECT document, request, seq, category, amount_minor, posted_on, ended_seq, "
                "ended_on FROM held WHERE review = :review ORDER BY seq",
         soci::use(review.key().text()), soci::into(document), soci::into(request), soci::into(seq),
         soci::into(category), soci::into(amount), soci::into(posted_on), soci::into(ended_seq),
         soci::into(ended_on));
    std::vector<Held> result;
    each_row(
        statement, [&] { return row_in("held", document); },
        [&] {
            result.push_back({DocumentId::parse(document), request, seq, category,
                              money(amount, review), parse_date(posted_on), ended_seq,
                              read_day(ended_on)});
            if (ended_seq != 0 && !result.back().ended_on) {
                throw Unreadable("it ended on no day");
            }
        });
    return result;
}

Held DatabaseRows::held(const Review& review, const DocumentId& document) {
    for (auto& row : load_held(database_, review)) {
        if (row.document == document) return row;
    }
    throw Broken("the log releases " + document.text() + ", which was never held");
}

void DatabaseRows::put(const ReviewKey& review, const Held& row) {
    const long long request = row.request;
    const long long seq = row.seq;
    const long long amount = row.amount.amount_minor();
    const long long ended_seq = row.ended_seq;
    const std::string posted_on = to_text(row.on);
    const std::string ended_on = day_text(row.ended_on);
    const std::string document = row.document.text();
    database_.sql()
        << "INSERT INTO held (review, document, request, seq, category, amount_minor, posted_on, "
           "ended_seq, ended_on) VALUES (:review, :document, :request, :seq, :category, :amount, "
           ":posted_on, :ended_seq, :ended_on) ON CONFLICT (review, document) DO UPDATE SET "
           "ended_seq = excluded.ended_seq, ended_on = excluded.ended_on",
        soci::use(review.text()), soci::use(document), soci::use(request), soci::use(seq),
        soci::use(row.category), soci::use(amount), soci::use(posted_on), soci::use(ended_seq),
        soci::use(ended_on);
}

std::vector<ExpiringGrant> load_expiring(Database& database, const Review& review) {
    std::string category;
    std::string expires_on;
    long long seq = 0;
    long long amount = 0;
    long long ended_seq = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT seq, category, amount_minor, expires_on, ended_seq "
                                   "FROM expiring WHERE review = :review ORDER BY expires_on, seq",
         soci::use(review.key().text()), soci::into(seq), soci::into(category), soci::into(amount),
         soci::into(expires_on), soci::into(ended_seq));
    std::vector<ExpiringGrant> result;
    each_row(
        statement, [&] { return row_in("expiring", event_id(review.key(), seq)); },
        [&] {
            result.push_back(
                {seq, category, money(amount, review), parse_date(expires_on), ended_seq});
        });
    return result;
}

ExpiringGrant DatabaseRows::expiring(const Review& review, std::int64_t seq) {
    for (auto& row : load_expiring(database_, review)) {
        if (row.seq == seq) return row;
    }
    throw Broken("the log ends a grant, " + event_id(review.key(), seq) + ", that has no end date");
}

void DatabaseRows::put(const ReviewKey& review, const ExpiringGrant& row) {
    const long long seq = row.seq;
    const long long amount = row.amount.amount_minor();
    const long long ended_seq = row.ended_seq;
    const std::string expires_on = to_text(row.expires);
    database_.sql() << "INSERT INTO expiring (review, seq, category, amount_minor, expires_on, "
                       "ended_seq) VALUES (:review, :seq, :category, :amount, :expires, :ended) "
                       "ON CONFLICT (review, seq) DO UPDATE SET ended_seq = excluded.ended_seq",
        soci::use(review.text()), soci::use(seq), soci::use(row.category), soci::use(amount),
        soci::use(expires_on), soci::use(ended_seq);
}

}  // namespace purser
