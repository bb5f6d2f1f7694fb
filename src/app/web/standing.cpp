#include "app/web/standing.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "app/web/address.hpp"
#include "ledger/thresholds.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

using cli::Verb;
using Texts = std::vector<std::string>;

class Fields {
public:
    void put(const std::string& field, const std::string& text) {
        if (!text.empty()) fields_[field].push_back(text);
    }
    void put(const std::string& field, const std::optional<Date>& day) {
        if (day) put(field, to_text(*day));
    }
    Standing take() { return std::move(fields_); }

private:
    Standing fields_;
};

ReviewKey review_of(const Deed& deed) { return ReviewKey::parse(deed.review()); }

bool sees_all(const Visit& visit, const ReviewKey& review) {
    DeskSession session(visit, {}, [](const report::Document&) {});
    return session.audience(review) == report::Audience::finance;
}

Standing of_expense(Visit& visit, const Deed& deed) {
    const DocumentId id = DocumentId::parse(deed.document(), DocumentKind::expense);
    const ExpenseView view = visit.place->book.expense(id);
    const Expense& expense = view.expense;
    const auto commitment = [&](std::int64_t number) {
        return number == 0 ? std::string()
                           : DocumentId{id.review, DocumentKind::commitment, number}.text();
    };
    Fields fields;
    if (sees_all(visit, id.review)) {
        fields.put("amount", expense.own_amount.text());
        fields.put("payee", view.payee == "(erased)" ? "" : view.payee);
    }
    fields.put("currency", std::string(expense.own_amount.currency().code()));
    if (view.original) {
        fields.put("rate", view.original->rate.text());
        fields.put("rate-date", view.original->rate_on);
        fields.put("rate-source", view.original->source);
    }
    fields.put("category", expense.category);
    fields.put("commitment", commitment(expense.commitment));
    fields.put("after", commitment(expense.closed));
    fields.put("text", view.why);
    fields.put("document-date", expense.document_on);
    fields.put("invoice", expense.invoice);
    fields.put("type", view.type);
    fields.put("meeting", view.meeting);
    fields.put("work-item", view.work_item);
    return fields.take();
}

Standing of_commitment(Visit& visit, const Deed& deed) {
    const DocumentId id = DocumentId::parse(deed.document(), DocumentKind::commitment);
    const Commitment commitment = visit.place->book.commitment(id);
    Fields fields;
    if (sees_all(visit, id.review)) fields.put("amount", commitment.amount.text());
    fields.put("expected", commitment.expected);
    fields.put("meeting", commitment.meeting);
    return fields.take();
}

Standing of_review(Visit& visit, const Deed& deed) {
    const Review review = visit.place->book.review(review_of(deed));
    Fields fields;
    for (const SettingChoice& setting : setting_choices()) {
        const std::string name(setting.name);
        const auto dot = name.find('.');
        const std::string& value = review.text(name);
        if (dot == std::string::npos) {
            fields.put(name, value);
        } else if (!value.empty()) {
            fields.put(name.substr(0, dot), name.substr(dot + 1) + '=' + value);
        }
    }
    for (const Threshold& one : thresholds()) {
        const std::string name(one.name);
        if (review.text("alert." + name).empty()) {
            fields.put("alert", name + '=' + std::string(one.usual));
        }
    }
    return fields.take();
}

// The tier of the policy in force that covers the largest amount.
Standing of_policy(Visit& visit, const Deed& deed) {
    PolicyTier widest{Date::min(), {}, Role::chair, 1};
    for (const PolicyTier& tier : visit.place->book.policy(review_of(deed))) {
        if (tier.from > visit.today() || tier.from < widest.from) continue;
        const bool is_wider =
            tier.from > widest.from || !tier.up_to || (widest.up_to && *widest.up_to < *tier.up_to);
        if (is_wider) widest = tier;
    }
    Fields fields;
    fields.put("role", std::string(name(widest.role)));
    if (widest.up_to) fields.put("up-to", widest.up_to->text());
    fields.put("count", std::to_string(widest.count));
    return fields.take();
}

// One's own figure of the review as a whole.
Standing of_forecast(Visit& visit, const Deed& deed) {
    const Review review = visit.place->book.review(review_of(deed));
    const auto said = visit.place->book.said(review.key(), own_forecast_prefix);
    Fields fields;
    for (const OwnForecast& one : own_forecasts(said, visit.today(), review.currency())) {
        if (one.user == visit.user->name && one.category.empty()) {
            fields.put("amount", one.amount.text());
        }
    }
    return fields.take();
}

Standing of_plan(Visit& visit, const Deed& deed) {
    const Review review = visit.place->book.review(review_of(deed));
    const auto said = visit.place->book.said(review.key(), planned_prefix);
    Fields fields;
    for (const PlannedMeeting& one : planned_meetings(said, visit.today(), review.currency())) {
        if (one.code != deed.words.back()) continue;
        fields.put("category", one.category);
        fields.put("amount", one.amount.text());
        fields.put("expected", one.expected);
    }
    return fields.take();
}

// Of the sheet that is to be posted next.
Standing of_target(Visit& visit, const Deed& deed) {
    Fields fields;
    for (const DueSheet& due : visit.place->book.due_sheets(review_of(deed), visit.today())) {
        if (due.is_settled()) continue;
        fields.put("financials", due.financials);
        fields.put("target", due.target.original);
        fields.put("revised", due.target.revised);
        break;
    }
    return fields.take();
}

// The one of a list whose number the address names.
template <typename Row>
const Row* named_by(const Deed& deed, const std::vector<Row>& rows, DocumentKind kind) {
    const std::int64_t number = DocumentId::parse(deed.document(), kind).number;
    const auto at = std::find_if(rows.begin(), rows.end(),
                                 [&](const Row& one) { return one.number == number; });
    return at == rows.end() ? nullptr : &*at;
}

Standing of_member(Visit& visit, const Deed& deed) {
    const Records records = visit.place->book.records(review_of(deed), {});
    Fields fields;
    if (const Member* const one = named_by(deed, records.members, DocumentKind::member)) {
        fields.put("name", one->name);
        fields.put("body", one->body);
        fields.put("region", one->region);
        fields.put("role", one->role);
        fields.put("from", one->from);
        fields.put("until", one->until);
    }
    return fields.take();
}

Standing of_meeting(Visit& visit, const Deed& deed) {
    const Records records = visit.place->book.records(review_of(deed), {});
    Fields fields;
    if (const Meeting* const one = records.meeting(deed.words.back())) {
        fields.put("title", one->title);
        fields.put("kind", std::string(name(one->kind)));
        fields.put("from", one->from);
        fields.put("to", one->to);
        fields.put("place", one->place);
        if (one->heads) fields.put("heads", std::to_string(*one->heads));
        if (one->cancelled) fields.put("cancelled", "yes");
    }
    return fields.take();
}

Standing of_attendance(Visit& visit, const Deed& deed) {
    const ReviewKey review = review_of(deed);
    const Records records = visit.place->book.records(review, {});
    Fields fields;
    if (const Meeting* const one = records.meeting(deed.words.back())) {
        for (const std::int64_t number : one->attended) {
            fields.put("member", DocumentId{review, DocumentKind::member, number}.text());
        }
    }
    return fields.take();
}

Standing of_milestone(Visit& visit, const Deed& deed) {
    const Records records = visit.place->book.records(review_of(deed), {});
    Fields fields;
    if (const Milestone* const one = named_by(deed, records.milestones, DocumentKind::milestone)) {
        fields.put("title", one->title);
        fields.put("planned", one->planned);
        fields.put("revised", one->revised);
        fields.put("actual", one->actual);
        fields.put("status", std::string(word(one->status)));
    }
    return fields.take();
}

Standing of_work_item(Visit& visit, const Deed& deed) {
    const Records records = visit.place->book.records(review_of(deed), {});
    Fields fields;
    if (const WorkItem* const one = records.work_item(deed.words.back())) {
        fields.put("title", one->title);
        fields.put("kind", std::string(name(one->kind)));
        fields.put("group", one->group);
        fields.put("topic", one->topic);
        fields.put("state", one->state);
        fields.put("state-on", one->state_on);
    }
    return fields.take();
}

// How a verb takes what is to be otherwise.
struct Changing {
    Standing (*standing)(Visit&, const Deed&);
    bool says_all = false;  // what stays is said too, else left out
    const char* off = "";   // what takes a text away
};

const Changing* changing(const Deed& deed) {
    static const std::map<std::string, Changing> all{
        {"purser expense amend", {&of_expense}},
        {"purser commitment amend", {&of_commitment, false, "none"}},
        {"purser review set", {&of_review}},
        {"purser policy add", {&of_policy, true}},
        {"purser forecast set", {&of_forecast, true}},
        {"purser forecast plan", {&of_plan, true}},
        {"purser factsheet due", {&of_target, true}},
        {"purser member set", {&of_member, false, "none"}},
        {"purser member leave", {&of_member, true}},
        {"purser meeting set", {&of_meeting, false, "none"}},
        {"purser meeting attend", {&of_attendance}},
        {"purser milestone set", {&of_milestone, false, "none"}},
        {"purser work-item set", {&of_work_item, false, "none"}},
    };
    if (deed.words.size() < words_of(*deed.verb).size()) return nullptr;
    const auto found = all.find(deed.verb->path());
    return found == all.end() ? nullptr : &found->second;
}

// As it was sent, whatever a browser did to the ends of lines; a field left empty has no text.
Texts cleaned(const Texts& texts, bool lines) {
    Texts result;
    for (std::string text : texts) {
        std::erase(text, '\r');
        if (!lines) {
            if (!text.empty()) result.push_back(std::move(text));
            continue;
        }
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);) {
            if (!line.empty()) result.push_back(line);
        }
    }
    return result;
}

// What of an expense is said together, or not at all: its price and its commitment.
void say_together(const Given& typed, std::initializer_list<std::string_view> fields,
                  Change& change) {
    const bool any = std::any_of(fields.begin(), fields.end(), [&](std::string_view field) {
        return change.said.contains(std::string(field));
    });
    if (!any) return;
    for (const std::string_view one : fields) {
        const std::string field(one);
        const Texts texts = cleaned(typed(field), false);
        change.off.erase(field);
        change.said.erase(field);
        if (!texts.empty()) change.said.emplace(field, texts);
    }
}

void complete_expense(const Given& typed, Change& change) {
    if (change.said.contains("currency") || change.said.contains("rate") ||
        change.said.contains("rate-date") || change.said.contains("rate-source")) {
        say_together(typed, {"amount", "currency", "rate", "rate-date", "rate-source"}, change);
    }
    const bool links = change.said.contains("commitment") || change.said.contains("after");
    if (!links) return;
    say_together(typed, {"commitment", "after"}, change);
    if (!change.said.contains("commitment") && !change.said.contains("after")) {
        change.said["direct"] = {"true"};
    }
}

}  // namespace

Standing standing(Visit& visit, const Deed& deed) {
    const Changing* const how = changing(deed);
    if (how == nullptr || !visit.user) return {};
    const auto parts = asked_parts(deed);
    Standing all = how->standing(visit, deed);
    std::erase_if(all, [&](const auto& one) {
        return std::none_of(parts.begin(), parts.end(),
                            [&](const Verb::Part* part) { return field_name(*part) == one.first; });
    });
    return all;
}

std::string carried_name(const std::string& field) { return "stood-" + field; }

Standing carried(const Request& request, const Deed& deed) {
    Standing stood;
    if (changing(deed) == nullptr) return stood;
    for (const Verb::Part* part : asked_parts(deed)) {
        const std::string field = field_name(*part);
        const Texts texts = cleaned(request.each(carried_name(field)), false);
        if (!texts.empty()) stood.emplace(field, texts);
    }
    return stood;
}

bool has_lines(const Deed& deed, const Verb::Part& part) {
    return !deed.verb->is_read() && part.kind == Verb::Kind::list && part.value == "NAME=VALUE";
}

Change change_of(const Deed& deed, const Given& typed, const Standing& stood) {
    const Changing& how = *changing(deed);
    Change change;
    Standing all;
    for (const Verb::Part* part : asked_parts(deed)) {
        const std::string field = field_name(*part);
        if (part->is_file() || field == "why" || field == "on") continue;
        Texts now = cleaned(typed(field), has_lines(deed, *part));
        const auto at = stood.find(field);
        const Texts before = at == stood.end() ? Texts() : at->second;
        if (!now.empty()) all.emplace(field, now);
        if (now == before) continue;
        if (part->kind == Verb::Kind::list) {  // what is taken out of a list stays as it is
            std::erase_if(now, [&](const std::string& text) {
                return std::find(before.begin(), before.end(), text) != before.end();
            });
            if (now.empty()) continue;
        } else if (now.empty()) {
            now = {how.off};
            change.off.insert(field);
        }
        change.said.emplace(field, now);
    }
    if (how.says_all && change.is_any()) change = {all, {}};
    if (deed.verb->path() == "purser expense amend") complete_expense(typed, change);
    return change;
}

}  // namespace purser::web
