// What the nouns member, meeting, milestone and work-item have in common.
//
// A value is said by an option of its name; `none` takes it back. A file is imported as one act.
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.hpp"
#include "app/cli/session.hpp"

namespace purser::cli {

// The options of a verb that say values of a record.
class ValueOptions {
public:
    // "--state-on" says the value "state_on".
    ValueOptions& add(Verb& verb, const std::string& option, const std::string& value,
                      const std::string& purpose, bool is_needed = false);
    // What was said; BadInput when nothing was and something must be.
    RecordAsk ask(RecordKind kind, const std::string& code, bool anything_needed) const;

private:
    std::vector<Argument> options_;
};

struct How {
    Argument why, on;
    Decide decide() const { return {why.as(text_of("reason")), on.maybe(&parse_date)}; }
};
How how_options(Verb& verb, bool needs_reason);

// What the verbs `add` and `set` do for a record with an id of its own: it is recorded with what
// the options say, and first its name, the value `named` (a member's name, a milestone's title); or
// what the options say of it is changed. They answer with the record in a line.
void add_named(Session& session, const ReviewKey& review, RecordKind kind, const char* named,
               const Argument& name, const ValueOptions& values, const How& how);
void set_named(Session& session, const DocumentId& id, RecordKind kind, const ValueOptions& values,
               const How& how);

// One record after an act, in a line: "SSR2-M1 is Žarko Kecić of ccNSO, member".
std::string record_text(Session& session, const ReviewKey& review, RecordKind kind,
                        const std::string& code);
std::string code_of(const DocumentId& id);  // "M3" of SSR2-M3

// The verb `import`, whose columns the note says.
void add_record_import(Noun& noun, RecordKind kind, const std::string& example);
// The verb `remove` of those that have an id, and of those that have a code.
void add_remove_by_id(Noun& noun, DocumentKind kind, RecordKind of, const std::string& example);
void add_remove_by_code(Noun& noun, RecordKind of, const std::string& example);
// The verb `erase` of payees and members.
void add_erase(Noun& noun, DocumentKind kind, const std::string& example);

// Gives the file's rows to `import`, prints what came of it; exit 1 or 2 when there are problems.
using ImportRecords =
    std::function<RecordResult(const RecordFile&, std::istream&, const std::string& name,
                               const std::function<void(const Problem&)>& problem)>;
void run_record_import(Session& session, const std::string& name, bool dry_run,
                       const std::string& noun, const ImportRecords& import);

}  // namespace purser::cli
