#include "ledger/document.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 2> kinds{"meeting", "contract"};
constexpr std::array<std::string_view, 5> commitment_states{"proposed", "open", "rejected",
                                                            "closed", "held"};
constexpr std::array<std::string_view, 6> expense_states{"submitted", "approved", "rejected",
                                                         "withdrawn", "held",     "reversed"};

template <typename Enum, std::size_t N>
Enum parse_name(const std::array<std::string_view, N>& names, std::string_view text,
                const char* what) {
    const auto at = std::find(names.begin(), names.end(), text);
    if (at != names.end()) return static_cast<Enum>(at - names.begin());
    throw BadInput("'" + std::string(text) + "' is not " + what,
                   did_you_mean(text, {names.begin(), names.end()}));
}

}  // namespace

std::string_view name(CommitmentKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }
std::string_view name(CommitmentState state) {
    return commitment_states.at(static_cast<std::size_t>(state));
}
std::string_view name(ExpenseState state) {
    return expense_states.at(static_cast<std::size_t>(state));
}
CommitmentKind parse_commitment_kind(std::string_view text) {
    return parse_name<CommitmentKind>(kinds, text, "a kind of commitment");
}
CommitmentState parse_commitment_state(std::string_view text) {
    return parse_name<CommitmentState>(commitment_states, text, "a state of a commitment");
}
ExpenseState parse_expense_state(std::string_view text) {
    return parse_name<ExpenseState>(expense_states, text, "a state of an expense");
}

Money Commitment::rest() const {
    const Money zero = Money::zero(amount.currency());
    if (state != CommitmentState::open) return zero;
    return std::max({amount - used, claimed, zero});
}

Money Commitment::over_run() const {
    return std::max(used - amount, Money::zero(amount.currency()));
}

Money Commitment::under_run() const {
    const Money zero = Money::zero(amount.currency());
    return state == CommitmentState::closed ? std::max(amount - used, zero) : zero;
}

Money Expense::reversible() const {
    return std::max(amount - refunded, Money::zero(amount.currency()));
}

Money Expense::spent() const {
    if (state == ExpenseState::approved) return amount - refunded;
    if (state == ExpenseState::reversed) return amount - refunded - reversible();
    return Money::zero(amount.currency());
}

Money Expense::used() const {
    if (state == ExpenseState::approved) return amount;
    if (state == ExpenseState::reversed) return amount - reversible();
    return Money::zero(amount.currency());
}

bool Expense::was_amended_by(std::string_view user) const {
    return (',' + amended_by + ',').find(',' + std::string(user) + ',') != std::string::npos;
}

bool operator==(const Expense& a, const Expense& b) {
    const auto all = [](const Expense& e) {
        return std::tie(e.number, e.seq, e.state, e.category, e.year, e.amount, e.claimed,
                        e.reserved, e.posted_on, e.document_on, e.commitment, e.payee, e.invoice,
                        e.row_print, e.submitted_by, e.own_amount, e.refunded, e.own_refunded,
                        e.closed, e.told, e.spent_on, e.amended_by, e.meeting, e.work_item);
    };
    return all(a) == all(b) && approvals_text(a.approvals) == approvals_text(b.approvals);
}

std::string approvals_text(const std::vector<Approval>& approvals) {
    std::string result;
    for (const auto& approval : approvals) {
        if (!result.empty()) result += ',';
        result += approval.user;
        if (!approval.on_behalf_of.empty()) result += '/' + approval.on_behalf_of;
        result += '=';
        result += name(approval.role);
        if (approval.stated) result += '?';
    }
    return result;
}

std::vector<Approval> parse_approvals(std::string_view text) {
    std::vector<Approval> result;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto equals = text.find('=');
        const auto slash = std::min(text.find('/'), equals);
        const bool stated = comma > 0 && text[comma - 1] == '?';
        const auto role = text.substr(equals + 1, comma - equals - (stated ? 2 : 1));
        Approval one{std::string(text.substr(0, slash)), parse_role(role), stated, {}};
        if (slash < equals) one.on_behalf_of = text.substr(slash + 1, equals - slash - 1);
        result.push_back(std::move(one));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return result;
}

}  // namespace purser
