// The fact sheet as a numbered thing with a life (DOMAIN rule 9).
//
// It is issued from closed figures, approved or withheld by a chair, and posted; then nothing of it
// changes any more. What was withheld stays so: another sheet is issued in its place, under a
// new number. Each state keeps its renderings, whose digests stand in the events. A sheet that must
// go is withdrawn: its bytes are deleted, digests and reason are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/commitment.hpp"
#include "ledger/facts.hpp"
#include "ledger/sheet_calendar.hpp"

namespace purser {

enum class SheetState { issued, approved, withheld, posted, withdrawn };

std::string_view name(SheetState state);
SheetState parse_sheet_state(std::string_view text);  // BadInput with did-you-mean

// What is kept of a sheet in one state and format.
struct SheetFile {
    SheetState state;
    std::string format;  // "pdf"
    std::string digest;  // SHA-256 of its bytes
    friend bool operator==(const SheetFile&, const SheetFile&) = default;
};

struct Sheet {
    std::int64_t number;
    std::int64_t seq;  // of the event that issued it
    SheetState state;
    Date as_of;          // of its figures
    std::string layout;  // the review's at issue: "2017", "envelope"
    // Its figures are those known at this instant: nothing that the log got after its issue has
    // the same one. So book.figures(review, as_of, known_at) gives them again at any time.
    Instant known_at;
    std::int64_t events;  // of the log it was made from,
    std::string head;     // and its last hash
    bool off_calendar;
    std::optional<Target> target;  // as known at issue
    std::int64_t restates;  // the posted sheet of the same day that it takes the place of, or 0
    Date issued_on;
    std::string issued_by;
    std::optional<Date> decided_on = {};  // approved or withheld
    std::string decided_by = {};
    std::string why = {};  // it was withheld
    std::optional<Date> posted_on = {};
    std::optional<Date> withdrawn_on = {};
    std::string withdrawn_why = {};
    std::vector<SheetFile> files = {};
    friend bool operator==(const Sheet&, const Sheet&) = default;
};

// The posted sheet that took its place: issued later, of the same day or a later one. Null when
// there is none.
const Sheet* superseding(const std::vector<Sheet>& sheets, const Sheet& sheet);
// The posted sheet of the latest day, the one that the public looks at. Null when there is none.
const Sheet* current(const std::vector<Sheet>& sheets);

// An act that renders the sheet: sheet_issue, sheet_approve, sheet_withhold or sheet_post.
struct SheetAct {
    Act act;
    ReviewKey review;
    std::int64_t number = 0;         // 0 for issue
    std::optional<Date> as_of = {};  // for issue; absent: the last closed day
    std::string why = {};            // for withhold
    std::optional<Date> on = {};     // today
};

// What the rules know beyond the facts.
struct SheetFacts {
    const std::vector<Sheet>& sheets;
    const std::vector<SheetTarget>& targets;
    std::int64_t events;  // the log's length and last hash
    const std::string& head;
};

namespace sheet {

// By finance, of a closed day, the last one by default. Refuses day_not_closed, before_document.
Entry issue(const Facts& facts, const SheetFacts& known, const SheetAct& ask, const DocumentId& id);
// By a chair or a delegate, not by who issued it; withholding needs a reason. Refuse wrong_state,
// sheet_superseded, own_document, before_document.
Entry approve(const Facts& facts, const SheetFacts& known, const Sheet& document,
              const SheetAct& ask);
Entry withhold(const Facts& facts, const SheetFacts& known, const Sheet& document,
               const SheetAct& ask);
// By finance, once approved. Refuses wrong_state, sheet_superseded, before_document.
Entry post(const Facts& facts, const SheetFacts& known, const Sheet& document, const SheetAct& ask);
// By finance, in any state, with a reason. Refuses wrong_state when it was withdrawn before.
Entry withdraw(const Facts& facts, const Sheet& document, const Decide& ask);

}  // namespace sheet

Sheet issued(const Event& event);
void fold(Sheet& document, const Event& event);

// One day of the calendar, or off it, and what became of its sheet.
struct DueSheet {
    Date financials;
    bool off_calendar;
    Target target;
    std::int64_t sheet = 0;                // the one that counts: the first posted, else the latest
    std::optional<SheetState> state = {};  // of that one
    std::optional<Date> posted_on = {};

    // Withheld is settled too: the chairs said no.
    bool is_settled() const { return state == SheetState::posted || state == SheetState::withheld; }
    // By how many days its target is past: on `today`, or when it was posted. 0 when in time.
    std::int64_t days_late(Date today) const;
};

// In order of their days; a withdrawn sheet counts as none.
std::vector<DueSheet> due_sheets(const Review& review, const std::vector<Sheet>& sheets,
                                 const std::vector<SheetTarget>& targets, Date today);

}  // namespace purser
