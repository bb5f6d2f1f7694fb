// One act, as the log keeps it for ever.
//
// The body holds what was asked and what the rules made of it, the transfers included, so
// that every figure can be made again from the log alone. The canonical JSON (keys sorted by
// bytes, no spaces, UTF-8 as it is, amounts as decimal text) is what the hash covers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/account.hpp"
#include "ledger/body.hpp"
#include "values/date.hpp"
#include "values/id.hpp"

namespace purser {

enum class Act {
    book_init,
    user_add,
    user_disable,
    user_password,
    user_invite,
    user_sign_out,
    policy_add,
    delegate_add,
    delegate_end,
    review_open,
    review_set,
    review_pause,
    review_resume,
    review_finish,
    category_add,
    forecast_set,
    forecast_withdraw,
    envelope_grant,
    envelope_lower,
    envelope_expire,
    budget_allot,
    budget_unallot,
    budget_move,
    commitment_open,
    commitment_confirm,
    commitment_reject,
    commitment_amend,
    commitment_close,
    commitment_release,
    payee_add,
    payee_user,
    payee_erase,
    member_add,
    member_set,
    member_remove,
    member_import,
    member_erase,
    meeting_add,
    meeting_set,
    meeting_remove,
    meeting_import,
    meeting_attend,
    milestone_add,
    milestone_set,
    milestone_remove,
    milestone_import,
    work_item_add,
    work_item_set,
    work_item_remove,
    work_item_import,
    expense_submit,
    expense_approve,
    expense_reject,
    expense_withdraw,
    expense_settle,
    expense_release,
    expense_import,
    request_submit,
    request_decide,
    request_refuse,
    request_withdraw,
    sheet_issue,
    sheet_approve,
    sheet_withhold,
    sheet_post,
    sheet_withdraw,
    sheet_due,
    expense_amend,
    expense_refund,
    expense_reverse,
    period_close,
    period_reopen,
    year_close,
};

std::string_view name(Act act);  // "expense.submit"
std::optional<Act> find_act(std::string_view text);
Act parse_act(std::string_view text);  // Broken when unknown

// What a control said and let pass.
struct Warning {
    std::string rule;
    std::string message;
};

// An act that the rules allowed, before the journal gives it its number, instant and hash.
struct Entry {
    Act act;
    std::string subject;  // "SSR2-E17", or "" for acts that only their number names
    Date posted_on;
    std::optional<Date> document_on;
    std::string reason;
    Body body;
    std::vector<Transfer> transfers;
    std::vector<Warning> warnings;
};

struct Event : Entry {
    ReviewKey review;
    std::int64_t seq;
    Instant recorded_at;
    std::string actor;

    // "SSR2-E17" or a user's name, else "SSR2#12": a month or a year that is closed is no id.
    std::string id() const {
        const bool closing =
            act == Act::period_close || act == Act::period_reopen || act == Act::year_close;
        return subject.empty() || closing ? event_id(review, seq) : subject;
    }
};

// An event as the log's columns hold it: made from the event, or read where the row lies.
template <class Text> struct LogRow {
    Text actor, body, document_on, kind, posted_on, reason, recorded_at, review, subject;
    long long seq = 0;
};
using LogColumns = LogRow<std::string>;
struct LogView : LogRow<std::string_view> {
    LogView() = default;
    LogView(const LogColumns& row)  // NOLINT(google-explicit-constructor): the same row
        : LogRow{row.actor,  row.body,        row.document_on, row.kind,    row.posted_on,
                 row.reason, row.recorded_at, row.review,      row.subject, row.seq} {}
};

std::string canonical_body(const Entry& entry);
LogColumns log_columns(const Event& event);
// The line that is hashed: all columns but the hash, the body spliced in as it is.
std::string canonical_line(const LogView& row);
void put_canonical_line(std::string& out, const LogView& row);  // at its end

}  // namespace purser
