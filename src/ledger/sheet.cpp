#include "ledger/sheet.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/duties.hpp"
#include "ledger/mandate.hpp"
#include "ledger/reading.hpp"
#include "values/closest.hpp"

namespace purser {
namespace {

constexpr std::array<std::string_view, 5> states{"issued", "approved", "withheld", "posted",
                                                 "withdrawn"};

constexpr const char* no_files = "the sheet's event names its files as 'format=digest'";

std::vector<SheetFile> files_of(const Event& event, SheetState state) {
    std::vector<SheetFile> files;
    for (const std::string& file : event.body.list("files")) {
        const auto equals = file.find('=');
        if (equals == std::string::npos) throw Unreadable(no_files);
        files.push_back({state, file.substr(0, equals), file.substr(equals + 1)});
    }
    return files;
}

}  // namespace

std::string_view name(SheetState state) { return states.at(static_cast<std::size_t>(state)); }

SheetState parse_sheet_state(std::string_view text) {
    const auto at = std::find(states.begin(), states.end(), text);
    if (at != states.end()) return static_cast<SheetState>(at - states.begin());
    throw BadInput("'" + std::string(text) + "' is not a state of a fact sheet",
                   did_you_mean(text, {states.begin(), states.end()}));
}

const Sheet* superseding(const std::vector<Sheet>& sheets, const Sheet& sheet) {
    const auto at = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& other) {
        return other.state == SheetState::posted && other.number > sheet.number &&
               other.as_of >= sheet.as_of;
    });
    return at == sheets.end() ? nullptr : &*at;
}

const Sheet* current(const std::vector<Sheet>& sheets) {
    const Sheet* latest = nullptr;
    for (const Sheet& sheet : sheets) {
        if (sheet.state != SheetState::posted) continue;
        const auto place = [](const Sheet& one) { return std::pair{one.as_of, one.number}; };
        if (latest == nullptr || place(sheet) > place(*latest)) latest = &sheet;
    }
    return latest;
}

namespace sheet {
namespace {

std::string id_text(const Facts& facts, const Sheet& document) {
    return DocumentId{facts.review.key(), DocumentKind::sheet, document.number}.text();
}

// A step of a sheet moves no money: any day up to today will do that is not before the last step.
Date day_of_step(const Facts& facts, std::optional<Date> asked, Date from,
                 const std::string& what) {
    const Date day = decision_day(facts, asked);
    if (day < from) {
        throw Refused(Rule::before_document, to_text(day) + " is before " + what,
                      "try: --on " + to_text(from) + " or later");
    }
    return day;
}

void require_state(const Facts& facts, const Sheet& document, SheetState wanted,
                   const std::string& deed) {
    if (document.state == wanted) return;
    const std::string id = id_text(facts, document);
    const std::string state(name(document.state));
    std::string hint = "see: purser factsheet list " + facts.review.key().text();
    if (document.state == SheetState::issued) {
        hint = "try: purser factsheet approve " + id + ", by a chair, first";
    } else if (document.state == SheetState::withheld) {
        hint = "try: purser factsheet issue " + facts.review.key().text() + " --as-of " +
               to_text(document.as_of) + ", a new sheet in its place";
    }
    throw Refused(Rule::wrong_state,
                  id + " is " + state + (state == deed ? " already" : ", it cannot be " + deed),
                  hint);
}

void refuse_superseded(const Facts& facts, const SheetFacts& known, const Sheet& document,
                       const std::string& deed) {
    const Sheet* const by = superseding(known.sheets, document);
    if (by == nullptr) return;
    throw Refused(Rule::sheet_superseded,
                  id_text(facts, document) + " was superseded by " + id_text(facts, *by) +
                      ", posted on " + to_text(*by->posted_on) + "; it cannot be " + deed,
                  "see: purser factsheet list " + facts.review.key().text());
}

Entry deciding(const Facts& facts, const SheetFacts& known, const Sheet& document,
               const SheetAct& ask, SheetState decision) {
    const bool approves = decision == SheetState::approved;
    const std::string deed(name(decision));
    const Act act = approves ? Act::sheet_approve : Act::sheet_withhold;
    const Mandate mandate = require(facts, act);
    require_state(facts, document, SheetState::issued, deed);
    refuse_superseded(facts, known, document, deed);
    refuse_own(facts, document.issued_by, "issued", id_text(facts, document), "decide on",
               "another chair decides");
    std::string reason =
        approves ? parse_text(ask.why, "reason") : require_reason(ask.why, "withholding a sheet");
    const Date day = day_of_step(facts, ask.on, document.issued_on,
                                 "its issue on " + to_text(document.issued_on));
    Entry entry{act, id_text(facts, document), day, {}, std::move(reason), {}, {}, {}};
    entry.body.set("on_behalf_of", mandate.on_behalf_of);
    entry.body.set("state", deed);
    return entry;
}

// The last closed day, or the day asked for, which must be closed.
Date closed_day(const Facts& facts, std::optional<Date> asked) {
    const Review& review = facts.review;
    const std::string& key = review.key().text();
    const auto through = review.closed_through();
    if (!through) {
        throw Refused(
            Rule::day_not_closed,
            "no month of " + key + " is closed yet; a sheet is issued from closed figures",
            "try: purser period close " + key + ' ' +
                Month::of(asked.value_or(review.start())).text());
    }
    const Date day = asked.value_or(*through);
    if (review.is_closed(day)) return day;
    throw Refused(
        Rule::day_not_closed,
        to_text(day) + " is not closed, " + key + " is closed through " + to_text(*through),
        "try: --as-of " + to_text(*through) + ", or purser period close " + key + ' ' +
            Month::of(day).text() + " first");
}

}  // namespace

Entry issue(const Facts& facts, const SheetFacts& known, const SheetAct& ask,
            const DocumentId& id) {
    require(facts, Act::sheet_issue);
    const Review& review = facts.review;
    const Date as_of = closed_day(facts, ask.as_of);
    Entry entry{Act::sheet_issue, id.text(), facts.today, {}, {}, {}, {}, {}};
    entry.posted_on = day_of_step(facts, ask.on, next_day(as_of),
                                  "the day of the figures, " + to_text(as_of) + ", was over");
    entry.body.set("as_of", as_of);
    entry.body.set("layout", review.text("layout"));
    entry.body.set_number("events", known.events);
    entry.body.set("head", known.head);
    if (const auto target = target_of(review, known.targets, as_of)) {
        entry.body.set("target", target->original);
        if (target->revised) entry.body.set("revised", *target->revised);
    }
    if (!is_on_calendar(review, as_of)) entry.body.set("off_calendar", "yes");
    std::int64_t restates = 0;
    for (const Sheet& other : known.sheets) {
        if (other.state == SheetState::posted && other.as_of == as_of) restates = other.number;
    }
    if (restates != 0) entry.body.set_number("restates", restates);
    entry.body.set("state", name(SheetState::issued));
    return entry;
}

Entry approve(const Facts& facts, const SheetFacts& known, const Sheet& document,
              const SheetAct& ask) {
    return deciding(facts, known, document, ask, SheetState::approved);
}

Entry withhold(const Facts& facts, const SheetFacts& known, const Sheet& document,
               const SheetAct& ask) {
    return deciding(facts, known, document, ask, SheetState::withheld);
}

Entry post(const Facts& facts, const SheetFacts& known, const Sheet& document,
           const SheetAct& ask) {
    require(facts, Act::sheet_post);
    require_state(facts, document, SheetState::approved, "posted");
    refuse_superseded(facts, known, document, "posted");
    const Date day = day_of_step(facts, ask.on, *document.decided_on,
                                 "its approval on " + to_text(*document.decided_on));
    Entry entry{Act::sheet_post, id_text(facts, document), day, {}, {}, {}, {}, {}};
    entry.body.set("state", name(SheetState::posted));
    return entry;
}

Entry withdraw(const Facts& facts, const Sheet& document, const Decide& ask) {
    require(facts, Act::sheet_withdraw);
    if (document.state == SheetState::withdrawn) {
        require_state(facts, document, SheetState::posted, "withdrawn");
    }
    const std::string reason = require_reason(ask.why, "withdrawing a sheet");
    const Date last = document.posted_on.value_or(document.decided_on.value_or(document.issued_on));
    Entry entry{Act::sheet_withdraw,
                id_text(facts, document),
                day_of_step(facts, ask.on, last, "its last step on " + to_text(last)),
                {},
                reason,
                {},
                {},
                {}};
    entry.body.set("state", name(SheetState::withdrawn));
    return entry;
}

}  // namespace sheet

Sheet issued(const Event& event) {
    const Body& body = event.body;
    std::optional<Target> target;
    if (body.has("target")) target = Target{needed_day(body, "target"), body.day("revised")};
    Sheet document{DocumentId::parse(event.subject).number,
                   event.seq,
                   SheetState::issued,
                   needed_day(body, "as_of"),
                   std::string(body.text("layout")),
                   event.recorded_at,
                   body.number("events"),
                   std::string(body.text("head")),
                   body.has("off_calendar"),
                   target,
                   body.number("restates"),
                   event.posted_on,
                   event.actor};
    document.files = files_of(event, SheetState::issued);
    return document;
}

void fold(Sheet& document, const Event& event) {
    const SheetState state = parse_sheet_state(event.body.text("state"));
    document.state = state;
    switch (state) {
        case SheetState::approved:
        case SheetState::withheld:
            document.decided_on = event.posted_on;
            document.decided_by = event.actor;
            if (state == SheetState::withheld) document.why = event.reason;
            break;
        case SheetState::posted: document.posted_on = event.posted_on; break;
        case SheetState::withdrawn:
            document.withdrawn_on = event.posted_on;
            document.withdrawn_why = event.reason;
            break;
        case SheetState::issued: break;
    }
    for (SheetFile& file : files_of(event, state)) document.files.push_back(std::move(file));
}

std::int64_t DueSheet::days_late(Date today) const {
    if (state == SheetState::withheld) return 0;
    const Date day = posted_on.value_or(today);
    return std::max<std::int64_t>((day - target.day()).count(), 0);
}

std::vector<DueSheet> due_sheets(const Review& review, const std::vector<Sheet>& sheets,
                                 const std::vector<SheetTarget>& targets, Date today) {
    std::map<Date, DueSheet> due;
    const auto add = [&](Date day) {
        if (const auto target = target_of(review, targets, day)) {
            due.insert_or_assign(day, DueSheet{day, !is_on_calendar(review, day), *target});
        }
    };
    for (const Date day : calendar_days(review, today)) add(day);
    for (const SheetTarget& target : targets) add(target.financials);
    for (const Sheet& sheet : sheets) {
        const auto at = due.find(sheet.as_of);
        if (at == due.end() || sheet.state == SheetState::withdrawn) continue;
        DueSheet& day = at->second;
        if (day.state == SheetState::posted) continue;
        day.sheet = sheet.number;
        day.state = sheet.state;
        day.posted_on = sheet.posted_on;
    }
    std::vector<DueSheet> result;
    for (auto& [day, one] : due) result.push_back(one);
    return result;
}

}  // namespace purser
