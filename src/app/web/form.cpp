#include "app/web/form.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "app/web/assets.hpp"
#include "app/web/copy.hpp"
#include "app/web/page.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

using cli::Verb;

using Choices = std::vector<Choice>;

std::string sentence(std::string text) {
    std::replace(text.begin(), text.end(), '-', ' ');
    if (!text.empty()) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text;
}

// "submitted, held or approved" as its words; brackets explain one, a semicolon or colon all.
Choices words_of(const std::string& purpose) {
    Choices choices;
    std::string word;
    const auto take = [&] {
        if (!word.empty() && word != "or") choices.push_back({word, word});
        word.clear();
    };
    bool explains = false;
    for (const char c : purpose) {
        if (c == ';' || c == ':') break;
        if (c == '(') explains = true;
        if (explains) {
            explains = c != ')';
        } else if (c == ',' || c == ' ' || c == '|') {
            take();
        } else {
            word += c;
        }
    }
    take();
    return choices;
}

bool names_its_words(const std::string& value) {
    return value == "STATE" || value == "STATUS" || value == "KIND";
}

// Single prices stay with finance and support; the choices of others say none.
bool sees_prices(const Visit& visit, const ReviewKey& review) {
    return visit.user && is_told_prices(*visit.user, review);
}

Choices categories(Visit& visit, const ReviewKey& review) {
    Choices choices;
    const bool prices = sees_prices(visit, review);
    for (const auto& line : visit.place->book.figures(review, visit.today(), {}).categories) {
        choices.push_back(
            {line.category.code,
             line.category.title + (prices ? ": " + line.total.free.grouped() + " free" : "")});
    }
    return choices;
}

Choices commitments(Visit& visit, const ReviewKey& review, bool closed) {
    Choices choices;
    const bool prices = sees_prices(visit, review);
    for (const auto& one : visit.place->book.commitments(review)) {
        const bool fits =
            closed ? one.state == CommitmentState::closed : one.state == CommitmentState::open;
        if (!fits) continue;
        const std::string id = DocumentId{review, DocumentKind::commitment, one.number}.text();
        const bool tells_rest = prices && !closed;
        choices.push_back(
            {id, id + ": " + one.what + (tells_rest ? ", " + one.rest().grouped() + " left" : "")});
    }
    return choices;
}

Choices requests(Visit& visit, const ReviewKey& review) {
    Choices choices;
    for (const auto& one : visit.place->book.requests(review)) {
        if (one.request.state != RequestState::open) continue;
        const std::string id = DocumentId{review, DocumentKind::request, one.request.number}.text();
        choices.push_back({id, id + ": " + one.request.amount.with_code()});
    }
    return choices;
}

Choices meetings(Visit& visit, const ReviewKey& review) {
    Choices choices;
    for (const Meeting& one : visit.place->book.records(review, {}).meetings) {
        choices.push_back({one.code, one.code + ": " + one.title});
    }
    return choices;
}

Choices work_items(Visit& visit, const ReviewKey& review) {
    Choices choices;
    for (const WorkItem& one : visit.place->book.records(review, {}).work_items) {
        choices.push_back({one.code, one.code + ": " + one.title});
    }
    return choices;
}

Choices members(Visit& visit, const ReviewKey& review) {
    Choices choices;
    for (const Member& one : visit.place->book.records(review, {}).members) {
        const std::string id = DocumentId{review, DocumentKind::member, one.number}.text();
        choices.push_back({id, id + ": " + (one.name.empty() ? "(erased)" : one.name)});
    }
    return choices;
}

Choices roles() {
    Choices choices;
    for (const Role role :
         {Role::finance, Role::support, Role::chair, Role::board, Role::viewer, Role::admin}) {
        choices.push_back({std::string(name(role)), std::string(name(role))});
    }
    return choices;
}

Choices reviews(Visit& visit) {
    Choices choices;
    for (const auto& one : visit.place->book.reviews()) {
        if (visit.user && visit.user->sees(one.key())) {
            choices.push_back({one.key().text(), one.key().text() + ": " + one.name()});
        }
    }
    return choices;
}

Choices users(Visit& visit) {
    Choices choices;
    for (const auto& one : visit.place->book.users()) {
        const bool is_seen = visit.user && as_seen_by(*visit.user, one);
        if (!one.disabled && is_seen) choices.push_back({one.name, one.name});
    }
    return choices;
}

// What an argument may be, where the book or the verb knows it. Empty: anything.
Choices choices_of(Visit& visit, const Deed& deed, const Verb::Part& part) {
    const std::string& value = part.value;
    const std::string& name = part.argument.name();
    const std::string in = deed.review();
    if (names_its_words(value) || name == "--format") return words_of(part.purpose);
    // The roles in a review team are others than those in the book.
    if (value == "ROLE") return deed.noun->name() == "member" ? words_of(part.purpose) : roles();
    if (!value.empty() && std::islower(static_cast<unsigned char>(value.front())) != 0) {
        return words_of(value);  // it stands for itself: yes|none
    }
    if (value == "USER" || (value == "NAME" && name == "--user")) return users(visit);
    if (value == "KEY") return reviews(visit);
    if (in.empty()) return {};
    const ReviewKey review = ReviewKey::parse(in);
    if (name == "--meeting" && value != "TEXT") return meetings(visit, review);
    if (name == "--work-item") return work_items(visit, review);
    if (value == "CODE") {
        Choices choices = categories(visit, review);
        if (name == "--row") choices.push_back({"total", "Total"});
        return choices;
    }
    if (value != "ID") return {};
    if (name == "--hold") return requests(visit, review);
    if (name == "--member" || name == "--absent") return members(visit, review);
    if (name == "--id") return {};  // of any document
    return commitments(visit, review, name == "--after");
}

std::string input_type(const Verb::Part& part) {
    const std::string& value = part.value.empty() ? part.argument.name() : part.value;
    if (value == "DATE") return "date";
    if (value == "MONTH") return "month";
    if (part.is_file()) return "file";
    return "text";
}

std::string joined(const std::vector<std::string>& texts, const char* by = " ") {
    std::string result;
    for (const auto& text : texts) result += (result.empty() ? "" : by) + text;
    return result;
}

Data field_data(Visit& visit, const Deed& deed, const Verb::Part& part, const FormState& state) {
    const std::string name = field_name(part);
    const std::vector<std::string> typed =
        state.typed ? state.typed(name) : std::vector<std::string>();
    const bool lines = has_lines(deed, part);
    const std::string value =
        typed.empty() ? beginning_of(visit, deed, part) : joined(typed, lines ? "\n" : " ");
    const bool is_here = state.problem && state.place == name;
    Data data;
    data.set("name", name);
    data.set("label", label_of(part));
    const bool is_rows = &part == import_of(*deed.verb);
    data.set("purpose", is_rows ? "a CSV file of 8 MB at most"
                        : lines ? part.purpose + "; one on each line"
                                : part.purpose);
    data.set("value", value);
    data.set("needed", part.is_needed);
    // Where something stands, what is emptied is taken away: that is not leaving it out.
    data.set("optional", !part.is_needed && state.stood.empty());
    data.set("rows", std::to_string(lines ? std::max<std::size_t>(3, typed.size()) : 3));
    data.set("wrong", is_here);
    data.set("problem", is_here ? state.problem->what : "");
    data.set("try", is_here ? state.problem->hint : "");
    data.set("several", part.kind == Verb::Kind::list);
    const Choices choices =
        part.argument.name() == "--sort" ? state.columns : choices_of(visit, deed, part);
    Data options = list();
    bool known = value.empty();
    for (const Choice& choice : choices) {
        const bool chosen = std::find(typed.begin(), typed.end(), choice.value) != typed.end();
        known = known || chosen;
        Data one;
        one.set("value", choice.value);
        one.set("text", choice.text);
        one.set("chosen", chosen);
        options.push_back(one);
    }
    data.set("options", options);
    data.set("unknown", !known);  // what was typed stays, although it is none of them
    const bool is_flag = part.kind == Verb::Kind::flag;
    const bool is_choice = !choices.empty();
    const bool is_long =
        !is_flag && !is_choice && ((part.takes_lines() && !deed.verb->is_read()) || lines);
    data.set("is_flag", is_flag);
    data.set("checked", is_flag && !value.empty());
    data.set("is_choice", !is_flag && is_choice);
    data.set("is_long", is_long);
    data.set("is_plain", !is_flag && !is_choice && !is_long);
    data.set("type", input_type(part));
    data.set("is_amount", part.value == "A");
    const std::string of = deed.document().empty() ? deed.review() : deed.document();
    data.set("checks", part.value == "A" && !deed.verb->is_read() && !of.empty());
    data.set("check", "/amount/" + of);
    data.set("is_file", part.is_file());
    data.set("accept", name == "receipt" ? ".pdf,.png,.jpg,.jpeg,.webp" : ".csv,text/csv");
    return data;
}

Data carried_data(const Standing& stood) {
    Data all = list();
    for (const auto& [field, texts] : stood) {
        for (const auto& text : texts) {
            Data one;
            one.set("field", carried_name(field));
            one.set("text", text);
            all.push_back(one);
        }
    }
    return all;
}

}  // namespace

std::string beginning_of(Visit& visit, const Deed& deed, const Verb::Part& part) {
    if (part.argument.name() != "MONTH" || deed.review().empty()) return {};
    const Review review = visit.place->book.review(ReviewKey::parse(deed.review()));
    const auto closed = review.closed_through();
    return Month::of(closed ? next_day(*closed) : review.start()).text();
}

std::string label_of(const Verb::Part& part) { return sentence(field_name(part)); }

std::string title_of(const Deed& deed) {
    const std::string& path = deed.verb->path();
    const std::string verb = path.substr(path.rfind(' ') + 1);
    if (deed.verb == deed.noun->alone()) return sentence(deed.noun->name());
    if (deed.verb->is_maker()) return sentence(verb);
    const std::string& noun = deed.noun->name();
    const bool is_thing = verb == "list" || verb == "changes";  // and no act: "Expense list"
    return sentence(is_thing ? noun + ' ' + verb : verb + ' ' + noun);
}

std::string fields_of(Visit& visit, const Deed& deed, const FormState& state) {
    Data first = list();
    Data rest = list();
    bool rest_is_used = false;
    auto parts = asked_parts(deed);
    // Where nothing is needed something is chosen: all is in sight, day and remark at the end.
    const bool is_choice =
        std::none_of(parts.begin(), parts.end(), [](const auto* part) { return part->is_needed; });
    if (is_choice) {
        std::stable_partition(parts.begin(), parts.end(), [](const auto* part) {
            return part->argument.name() != "--why" && part->argument.name() != "--on";
        });
    }
    for (const Verb::Part* part : parts) {
        if (part->argument.name() == "--dry-run") continue;  // a new file is always looked at
        const Data data = field_data(visit, deed, *part, state);
        const std::string name = field_name(*part);
        const bool is_common = is_choice || part->is_needed || deed.verb->is_read() ||
                               name == "on" || name == "why" || name == "commitment" ||
                               name == "payee" || name == "invoice" || name == "receipt" ||
                               name == "amount";
        (is_common ? first : rest).push_back(data);
        const bool is_typed = state.typed && !joined(state.typed(name)).empty();
        rest_is_used = rest_is_used || (!is_common && (is_typed || state.place == name));
    }
    Data data;
    data.set("has_rest", rest.is_non_empty_list());
    data.set("open", rest_is_used);
    data.set("first", first);
    data.set("rest", rest);
    data.set("field", Data{kainjow::mustache::partial{[] { return template_text("field"); }}});
    return rendered("fields", data);
}

std::string form_of(Visit& visit, const Deed& deed, const FormState& state) {
    Data data;
    data.set("has_note", state.note.has_value());
    if (state.note) {
        data.set("why_not", state.note->what);
        data.set("instead", state.note->hint);
        data.set("has_instead", !state.note->hint.empty());
    }
    data.set("open", !state.is_closed);
    data.set("action", deed.path());
    data.set("token", form_token(visit));
    data.set("key", state.key);
    if (!state.is_closed) data.set("fields", fields_of(visit, deed, state));
    data.set("stood", carried_data(state.stood));
    const Verb::Part* const file = import_of(*deed.verb);
    data.set("do", title_of(deed));
    data.set("send", file != nullptr && file->is_needed ? "Look at it" : title_of(deed));
    data.set("problems", state.problems);
    data.set("purpose", sentence(deed.verb->purpose()) + '.');
    data.set("note", deed.verb->note());
    const auto copy = state.is_closed ? std::optional<Copy>() : copy_of_last(visit, deed);
    data.set("has_last", copy.has_value());
    data.set("last", copy ? copy->of : "");
    data.set("copy", copy ? copy->address : "");
    data.set("script", asset_path("purser.js"));
    const std::string review = deed.review();
    data.set("back", review.empty() ? std::string("/") : '/' + review);
    data.set("has_after", !state.after.empty());
    data.set("after", state.after);
    data.set("wrong", state.problem.has_value());
    if (state.problem) {
        data.set("problem", state.problem->what);
        data.set("try", state.problem->hint);
        data.set("has_try", !state.problem->hint.empty());
    }
    return rendered("form", data);
}

}  // namespace purser::web
