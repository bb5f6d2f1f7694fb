// The acts on members, meetings, milestones and work items, and on people's names.
//
// An act says values of one record, or of all that a file holds; nothing is edited, each change is
// an event with who, when and why. Finance and support record, an admin erases names.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ledger/commitment.hpp"
#include "ledger/facts.hpp"
#include "ledger/records.hpp"

namespace purser {

// What is asked of one record, each value canonical.
struct RecordAsk {
    std::string code;  // "M3", "MADRID"; "" for a member or a milestone that is new, or of a file
    std::vector<std::pair<std::string, std::string>> said = {};
    std::string digest = {};  // of the name that is said of a member

    const std::string& text(std::string_view name) const;  // "" when not said
    Body asked() const;
};

struct Attendance {
    std::int64_t member;
    bool attended;
};

// One act being put together, over what is known so far.
//
// Each call says values of one record and gives its code; all of them become one entry.
class Recording {
public:
    // Refuses not_permitted.
    Recording(const Facts& facts, RecordFold known, RecordKind kind);
    void require_known(const std::string& code) const;  // refuses unknown_member and so on

    // Refuses already_exists; BadInput when something needed is not said, or does not fit.
    std::string add(const RecordAsk& ask);
    // Refuses unknown_member and so on, nothing_changes, already_exists for a name that is taken.
    std::string set(const RecordAsk& ask);
    // What a row of a file says: a new one is added, one that is known by its key is changed where
    // the row says something else. What the row leaves empty stays as it is.
    std::string take(const RecordAsk& ask);
    // Takes out what was recorded by mistake. Refuses in_use when documents name it.
    void remove(const std::string& code, std::int64_t documents);
    // Who came to a meeting. Refuses unknown_meeting, unknown_member, nothing_changes.
    void attend(const std::string& meeting, const std::vector<Attendance>& people);

    std::int64_t added() const { return added_; }
    std::int64_t changed() const { return changed_; }
    std::int64_t same() const { return same_; }
    const RecordFold& known() const { return known_; }
    Entry entry(Act act, std::string subject, const Decide& how) const;

private:
    std::string identify(const RecordAsk& ask) const;
    void say(const std::string& code, const std::string& name, const std::string& value);
    bool say_changes(const std::string& code, const RecordAsk& ask, bool skip_empty);
    void complete(const std::string& code, const RecordAsk& ask);
    void check(const std::string& code) const;
    [[noreturn]] void refuse_unknown(const std::string& code) const;
    const RecordFold::Values& values(const std::string& code) const;
    void require_free(const std::string& code, const RecordAsk& ask) const;
    std::string shown(const std::string& code) const;

    Facts facts_;
    RecordFold known_;
    RecordKind kind_;
    std::vector<std::string> said_;
    std::int64_t added_ = 0, changed_ = 0, same_ = 0;
};

// Deletes a name for ever; what it named stays, as "(erased)". The reason does not repeat the
// name. `texts` are the events in whose texts it still occurs. Refuses not_permitted,
// nothing_changes when it is erased already.
Act erasure_of(const DocumentId& person);  // of a member or of a payee
// What it asks whatever the reason: who, and that there is a name.
void require_erasable(const Facts& facts, const DocumentId& person,
                      const std::optional<std::string>& name);
Entry erase_name(const Facts& facts, const DocumentId& person,
                 const std::optional<std::string>& name, const std::vector<std::string>& texts,
                 const std::string& why);

// The number of a member, by id "SSR2-M3" or by name. Refuses unknown_member, other_review.
std::int64_t member_number(const RecordFold& known, const ReviewKey& review,
                           std::string_view id_or_name);

}  // namespace purser
