#include "report/expense_history.hpp"

#include <array>

#include "ledger/reading.hpp"
#include "report/history.hpp"
#include "report/parts.hpp"

namespace purser::report {
namespace {

std::string approvals(std::string_view text) {
    std::string result;
    for (const Approval& approval : parse_approvals(text)) {
        result += (result.empty() ? "" : ", ") + approval_text(approval);
    }
    return result;
}

// "500.00 EUR at 1.2 = 600.00": an amount of an event, as its invoice says it and as ours.
std::string amount(const Body& body, Currency own) {
    const std::string ours = body.money("amount", own).grouped();
    if (!body.has("original_amount")) return ours;
    const Currency currency = Currency::parse(body.text("original_currency"));
    return body.money("original_amount", currency).with_code() + " at " +
           std::string(body.text("rate")) + " = " + ours;
}

// What an event says of the expense, by the words that a person knows it by.
class Told {
public:
    Told(const Event& event, Currency own) {
        const Body& body = event.body;
        const auto text = [&](const char* key) { return std::string(body.text(key)); };
        const std::string said = body.has("text") ? text("text") : event.reason;
        all_ = {{{"text", '"' + said + '"'},
                 {"amount", amount(body, own)},
                 {"rate of", text("rate_date")},
                 {"rate from", text("rate_source")},
                 {"category", text("category")},
                 {"against", text("commitment")},
                 {"after the close of", text("after")},
                 {"document date", event.document_on ? to_text(*event.document_on) : ""},
                 {"invoice", text("invoice")},
                 {"type", text("type")},
                 {"meeting", text("meeting")},
                 {"work item", text("work_item")},
                 {"payee", text("payee")}}};
    }
    // "amount 90.00, was 80.00; invoice 17, was none"
    std::string since(const Told& before) const {
        std::string result;
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const auto& [what, now] = all_.at(i);
            const std::string& was = before.all_.at(i).second;
            if (now == was) continue;
            result += (result.empty() ? "" : "; ") + what;
            if (what == "payee") {  // a name, which not all who read this may see
                result += " changed";
                continue;
            }
            result += ' ' + (now.empty() ? "none" : now) + ", was " + (was.empty() ? "none" : was);
        }
        return result;
    }

private:
    std::array<std::pair<std::string, std::string>, 13> all_;
};

void append(std::string& text, const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : "; ") + more;
}

// What an event changed, beyond what its act says; `told` is what was told before it.
std::string changes(const Event& event, Currency own, std::optional<Told>& told) {
    const Body& body = event.body;
    std::string result;
    switch (event.act) {
        case Act::expense_submit: told.emplace(event, own); break;
        case Act::expense_settle:
            told.emplace(event, own);
            result = "approved by " + approvals(body.text("approvals"));
            break;
        case Act::expense_amend: {
            const Told now(event, own);
            if (told) result = now.since(*told);
            if (body.has("receipt")) append(result, "a receipt added");
            if (body.has("fallen")) append(result, "fell: " + approvals(body.text("fallen")));
            told = now;
            break;
        }
        case Act::expense_approve:
            if (body.has("role")) result = "as " + std::string(body.text("role"));
            if (body.has("on_behalf_of")) {
                result += " on behalf of " + std::string(body.text("on_behalf_of"));
            }
            if (body.has("agrees")) result = "agrees with what was stated";
            if (body.has("missing")) append(result, std::string(body.text("missing")) + " missing");
            break;
        case Act::expense_refund: result = amount(body, own) + " came back"; break;
        case Act::expense_reverse: result = amount(body, own) + " taken back"; break;
        default: break;
    }
    return result;
}

}  // namespace

std::string approval_text(const Approval& approval) {
    const std::string& place = approval.on_behalf_of;
    return approval.user + " (" + std::string(name(approval.role)) +
           (place.empty() ? "" : " on behalf of " + place) + (approval.stated ? ", stated)" : ")");
}

Table expense_history(Book& book, const DocumentId& id) {
    const Currency own = book.review(id.review).currency();
    std::optional<Told> told;
    return event_table(book, id, [&](const Event& event) {
        return reading([&] { return log_line(event); }, [&] { return changes(event, own, told); });
    });
}

}  // namespace purser::report
