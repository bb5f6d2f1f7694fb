// Book: fact sheets. What is rendered of them is made above the store and kept here.
#include <algorithm>

#include "store/engine.hpp"
#include "store/file_rows.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

DocumentId id_of(const ReviewKey& review, std::int64_t number) {
    return {review, DocumentKind::sheet, number};
}

Asked asked(const SheetAct& ask) {
    Body body;
    if (ask.as_of) body.set("as_of", *ask.as_of);
    const std::string subject = ask.number == 0 ? "" : id_of(ask.review, ask.number).text();
    return {ask.review, ask.act, subject, ask.why, ask.on, std::move(body)};
}

Entry rule_of(Book::Engine& engine, Writing& writing, const SheetAct& ask) {
    const auto sheets = load_sheets(engine.database, ask.review);
    const auto targets = load_sheet_targets(engine.database, ask.review);
    const ChainEnd& end = writing.end();
    const SheetFacts known{sheets, targets, end.seq, end.hash};
    if (ask.act == Act::sheet_issue) {
        return sheet::issue(writing.facts(), known, ask, writing.next_id(DocumentKind::sheet));
    }
    const Sheet document = engine.sheet(id_of(ask.review, ask.number));
    switch (ask.act) {
        case Act::sheet_approve: return sheet::approve(writing.facts(), known, document, ask);
        case Act::sheet_withhold: return sheet::withhold(writing.facts(), known, document, ask);
        default: return sheet::post(writing.facts(), known, document, ask);
    }
}

// The same sheet but for the files of its latest state, which a preview does not have.
bool is_as_previewed(Sheet recorded, const Sheet& previewed) {
    recorded.files = previewed.files;
    return recorded == previewed;
}

std::string file_name(const DocumentId& id, SheetState state, const std::string& format) {
    return id.text() + '-' + std::string(name(state)) + '.' + format;
}

// Whether bytes are kept for something else too: another sheet, or a receipt.
bool is_needed(Database& database, const ReviewKey& review, std::int64_t withdrawn,
               const std::string& digest) {
    for (const ReviewKey& key : chains(database)) {
        for (const Sheet& other : load_sheets(database, key)) {
            const bool itself = key == review && other.number == withdrawn;
            if (itself || other.state == SheetState::withdrawn) continue;
            if (std::any_of(other.files.begin(), other.files.end(),
                            [&](const SheetFile& file) { return file.digest == digest; })) {
                return true;
            }
        }
    }
    const std::string receipt = "%\"receipt\":\"" + digest + "\"%";
    int found = 0;
    database.sql() << "SELECT COUNT(*) FROM event WHERE body LIKE :receipt", soci::use(receipt),
        soci::into(found);
    return found != 0;
}

[[noreturn]] void refuse_withdrawn(const DocumentId& id, const Sheet& sheet) {
    throw Refused(Rule::wrong_state,
                  id.text() + " was withdrawn on " + to_text(*sheet.withdrawn_on) + ": " +
                      sheet.withdrawn_why,
                  "see: purser factsheet list " + id.review.text());
}

}  // namespace

std::variant<Receipt, Sheet> Book::preview_sheet(const Caller& caller, const SheetAct& ask) {
    return engine_->read([&]() -> std::variant<Receipt, Sheet> {
        Writing trial = Writing::trial(engine_->database, caller, ask.review);
        const Asked request = asked(ask);
        if (auto earlier = trial.answered(request)) return *earlier;
        const Receipt done = trial.record(rule_of(*engine_, trial, ask), &request);
        return trial.rows().sheet(trial.review(), DocumentId::parse(done.id).number);
    });
}

std::optional<Receipt> Book::record_sheet(const Caller& caller, const SheetAct& ask,
                                          const Sheet& previewed,
                                          const std::vector<Rendered>& files) {
    return engine_->guarded([&]() -> std::optional<Receipt> {
        Writing writing(engine_->database, caller, ask.review);
        const Asked request = asked(ask);
        if (auto earlier = writing.answered(request)) return earlier;
        Entry entry = rule_of(*engine_, writing, ask);
        const DocumentId id = DocumentId::parse(entry.subject);
        std::vector<std::string> digests;
        for (const Rendered& file : files) {
            const std::string digest = sha256(file.bytes);
            digests.push_back(file.format + '=' + digest);
            keep_file(engine_->database, digest, file_name(id, previewed.state, file.format),
                      file.bytes);
        }
        entry.body.set_list("files", std::move(digests));
        const Receipt done = writing.record(std::move(entry), &request);
        if (!is_as_previewed(writing.rows().sheet(writing.review(), id.number), previewed)) {
            return {};
        }
        writing.commit();
        return done;
    });
}

Receipt Book::withdraw_sheet(const Caller& caller, const DocumentId& id, const Decide& ask) {
    Database& database = engine_->database;
    return engine_->act(
        caller, {id.review, Act::sheet_withdraw, id.text(), ask.why, ask.on, {}},
        [&](Writing& writing) { return sheet::withdraw(writing.facts(), engine_->sheet(id), ask); },
        [&](Writing&, const Receipt&) {
            for (const SheetFile& file : engine_->sheet(id).files) {
                if (is_needed(database, id.review, id.number, file.digest)) continue;
                delete_file(database, file.digest);
            }
        });
}

Receipt Book::set_sheet_target(const Caller& caller, const ReviewKey& review,
                               const SetSheetTarget& ask) {
    return engine_->act(
        caller, {review, Act::sheet_due, {}, {}, {}, ask.asked()}, [&](Writing& writing) {
            return sheet::set_target(writing.facts(), load_sheet_targets(engine_->database, review),
                                     ask);
        });
}

Sheet Book::sheet(const DocumentId& id) {
    return engine_->read([&] {
        engine_->review(id.review);  // refuses unknown_review
        return engine_->sheet(id);
    });
}

std::vector<Sheet> Book::sheets(const ReviewKey& review) {
    return engine_->read([&] {
        engine_->review(review);  // refuses unknown_review
        return load_sheets(engine_->database, review);
    });
}

std::vector<DueSheet> Book::due_sheets(const ReviewKey& review, Date today) {
    return engine_->read([&] {
        return purser::due_sheets(engine_->review(review), load_sheets(engine_->database, review),
                                  load_sheet_targets(engine_->database, review), today);
    });
}

std::optional<std::string> Book::sheet_bytes(const DocumentId& id, std::optional<SheetState> state,
                                             const std::string& format) {
    return engine_->read([&]() -> std::optional<std::string> {
        engine_->review(id.review);  // refuses unknown_review
        const Sheet sheet = engine_->sheet(id);
        if (sheet.state == SheetState::withdrawn) refuse_withdrawn(id, sheet);
        const SheetState wanted = state.value_or(sheet.state);
        bool was = false;
        for (const SheetFile& file : sheet.files) {
            was = was || file.state == wanted;
            if (file.state != wanted || file.format != format) continue;
            auto bytes = load_file(engine_->database, file.digest);
            if (!bytes) {
                throw Broken("the " + format + " of " + id.text() + " is missing",
                             "restore the last backup that verifies");
            }
            return bytes;
        }
        if (was) return {};
        throw Refused(Rule::wrong_state,
                      id.text() + " is " + std::string(name(sheet.state)) + ", it never was " +
                          std::string(name(wanted)),
                      "see: purser factsheet list " + id.review.text());
    });
}

}  // namespace purser
