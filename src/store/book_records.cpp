// Book: members, meetings, milestones, work items, and the names of people.
#include "ledger/reading.hpp"
#include "store/engine.hpp"

namespace purser {
namespace {

constexpr std::size_t texts_listed = 100;

Act act_of(RecordKind kind, const char* verb) {
    return parse_act(std::string(name(kind)) + '.' + verb);
}

bool is_numbered(RecordKind kind) {
    return kind == RecordKind::member || kind == RecordKind::milestone;
}

std::string subject_of(const ReviewKey& review, RecordKind kind, const std::string& code) {
    return is_numbered(kind) ? review.text() + '-' + code : code;
}

// A name that an act says of a member, on its way to `person`.
struct Named {
    std::string name;
    Person person;
};

std::optional<Person> name_in(RecordKind kind, RecordAsk& ask) {
    const std::string& name = ask.text("member");
    if (kind != RecordKind::member || name.empty()) return {};
    const Person person{name, new_salt()};
    ask.digest = person_digest(person.salt, person.name);
    return person;
}

// Keeps the name where the act did record it: its digest is what is known of the member now.
void keep_name(Database& database, const Recording& act, const ReviewKey& review,
               const std::string& code, const std::string& digest, const Person& person) {
    const auto* const values = act.known().find(RecordKind::member, code);
    const auto at = values->find("digest");
    if (at == values->end() || at->second != digest) return;
    keep_person(database, DocumentId::parse(review.text() + '-' + code), person);
}

Asked asked_of_file(const ReviewKey& review, Act act, const RecordFile& file, const Decide& how) {
    Body body;
    body.set("digest", file.digest);
    return {review, act, {}, how.why, how.on, std::move(body)};
}

std::int64_t documents_of(Database& database, const ReviewKey& review, RecordKind kind,
                          const std::string& code) {
    long long expenses = 0;
    long long commitments = 0;
    const std::string column = kind == RecordKind::meeting ? "meeting" : "work_item";
    if (is_numbered(kind)) return 0;
    database.sql() << "SELECT COUNT(*) FROM expense WHERE review = :review AND " + column +
                          " = :code",
        soci::use(review.text()), soci::use(code), soci::into(expenses);
    if (kind == RecordKind::meeting) {
        database.sql() << "SELECT COUNT(*) FROM commitment WHERE review = :review AND meeting = "
                          ":code",
            soci::use(review.text()), soci::use(code), soci::into(commitments);
    }
    return expenses + commitments;
}

// Runs through a file; problems are collected, or thrown where nobody takes them.
template <typename Row, typename Source, typename Take>
std::int64_t each_row(const Source& next, const std::function<void(const Problem&)>& problem,
                      const Take& take) {
    std::int64_t problems = 0;
    const auto report = [&](const Problem& found) {
        ++problems;
        problem(found);
    };
    while (auto item = next()) {
        if (const auto* found = std::get_if<Problem>(&*item)) {
            report(*found);
            continue;
        }
        const auto& row = std::get<Row>(*item);
        if (!problem) {
            take(row);
            continue;
        }
        try {
            take(row);
        } catch (const Refused& refusal) {
            report({row.line, {}, refusal.what(), refusal.hint(), refusal.rule()});
        } catch (const BadInput& bad) {
            report({row.line, {}, bad.what(), bad.hint()});
        }
    }
    return problems;
}

Entry file_entry(const Recording& act, Act kind, const RecordFile& file, const Decide& how) {
    Entry entry = act.entry(kind, {}, how);
    entry.body.set("file", file.name);
    if (!file.name.empty()) entry.body.set("digest", file.digest);
    entry.body.set_number("added", act.added());
    entry.body.set_number("changed", act.changed());
    entry.body.set_number("same", act.same());
    return entry;
}

// What the first act of a request key was answered.
RecordResult told_before(const Event& event) {
    const Body& body = event.body;
    return {body.number("added"), body.number("changed"), body.number("same"), 0,
            receipt_of(event)};
}

RecordResult result_of(const Recording& act, std::int64_t problems) {
    return {act.added(), act.changed(), act.same(), problems, {}};
}

std::string json_escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

std::string like_pattern(const std::string& text) {
    std::string result = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') result += '!';
        result += c;
    }
    return result + '%';
}

// Where else in the book that name stands: events by their id, then other people.
std::vector<std::string> texts_with(Database& database, const DocumentId& but,
                                    const std::string& name) {
    std::vector<std::string> result;
    const std::string plain = like_pattern(name);
    const std::string escaped = like_pattern(json_escaped(name));
    std::string review;
    std::string kind;
    long long number = 0;
    soci::statement events =
        (database.sql().prepare
             << "SELECT review, seq FROM event WHERE LOWER(reason) LIKE LOWER(:plain) ESCAPE '!' "
                "OR LOWER(body) LIKE LOWER(:escaped) ESCAPE '!' ORDER BY review, seq",
         soci::use(plain), soci::use(escaped), soci::into(review), soci::into(number));
    events.execute(false);
    while (events.fetch()) result.push_back(review + '#' + std::to_string(number));
    soci::statement people =
        (database.sql().prepare << "SELECT review, kind, number FROM person WHERE LOWER(name) = "
                                   "LOWER(:name) ORDER BY review, kind, number",
         soci::use(name), soci::into(review), soci::into(kind), soci::into(number));
    people.execute(false);
    while (people.fetch()) {
        const DocumentKind of = kind == "member" ? DocumentKind::member : DocumentKind::payee;
        const DocumentId id{reading([&] { return row_in("person", review); },
                                    [&] { return ReviewKey::parse(review); }),
                            of, number};
        if (id != but) result.push_back(id.text());
    }
    return result;
}

bool is_known_person(Database& database, const DocumentId& id) {
    long long found = 0;
    const long long number = id.number;
    if (id.kind == DocumentKind::payee) {
        database.sql() << "SELECT COUNT(*) FROM payee WHERE review = :review AND number = :number",
            soci::use(id.review.text()), soci::use(number), soci::into(found);
        return found > 0;
    }
    const std::string code = "M" + std::to_string(id.number);
    database.sql() << "SELECT COUNT(*) FROM record WHERE review = :review AND kind = 'member' AND "
                      "code = :code",
        soci::use(id.review.text()), soci::use(code), soci::into(found);
    return found > 0;
}

}  // namespace

Receipt Book::add_record(const Caller& caller, const ReviewKey& review, RecordKind kind,
                         const RecordAsk& ask, const Decide& how) {
    const Act act = act_of(kind, "add");
    RecordAsk one = ask;
    const auto named = name_in(kind, one);
    return engine_->act(
        caller, {review, act, ask.code, how.why, how.on, ask.asked()},
        [&](Writing& writing) {
            Recording recording(writing.facts(), writing.records(), kind);
            const std::string code = recording.add(one);
            return recording.entry(act, subject_of(review, kind, code), how);
        },
        [&](Writing&, const Receipt& done) {
            if (named) keep_person(engine_->database, DocumentId::parse(done.id), *named);
        });
}

Receipt Book::set_record(const Caller& caller, const ReviewKey& review, RecordKind kind,
                         const RecordAsk& ask, const Decide& how) {
    const Act act = act_of(kind, "set");
    RecordAsk one = ask;
    const auto named = name_in(kind, one);
    return engine_->act(
        caller, {review, act, ask.code, how.why, how.on, ask.asked()}, [&](Writing& writing) {
            Recording recording(writing.facts(), writing.records(), kind);
            const std::string code = recording.set(one);
            if (named) keep_name(engine_->database, recording, review, code, one.digest, *named);
            return recording.entry(act, subject_of(review, kind, code), how);
        });
}

Receipt Book::remove_record(const Caller& caller, const ReviewKey& review, RecordKind kind,
                            const std::string& code, const Decide& how) {
    const Act act = act_of(kind, "remove");
    return engine_->act(caller, {review, act, code, how.why, how.on, {}}, [&](Writing& writing) {
        Recording recording(writing.facts(), writing.records(), kind);
        recording.remove(code, documents_of(engine_->database, review, kind, code));
        require_reason(how.why, "a removal");
        return recording.entry(act, subject_of(review, kind, code), how);
    });
}

RecordResult Book::import_records(const Caller& caller, const ReviewKey& review, RecordKind kind,
                                  const RecordFile& file, const RecordSource& next,
                                  const Decide& how,
                                  const std::function<void(const Problem&)>& problem) {
    return engine_->guarded([&] {
        Database& database = engine_->database;
        const Act act = act_of(kind, "import");
        Writing writing(database, caller, review);
        const Asked asked = asked_of_file(review, act, file, how);
        if (const auto earlier = writing.earlier(asked)) return told_before(*earlier);
        Recording recording(writing.facts(), writing.records(), kind);
        const std::int64_t problems = each_row<RecordRow>(next, problem, [&](const RecordRow& row) {
            RecordAsk ask = row.ask;
            const auto named = name_in(kind, ask);
            const std::string code = recording.take(ask);
            if (named) keep_name(database, recording, review, code, ask.digest, *named);
        });
        RecordResult result = result_of(recording, problems);
        const bool records = problems == 0 && result.added + result.changed > 0 && !file.dry_run;
        if (!records) return result;
        result.receipt = writing.record(file_entry(recording, act, file, how), &asked);
        writing.commit();
        return result;
    });
}

RecordResult Book::attend(const Caller& caller, const ReviewKey& review, const RecordFile& file,
                          const AttendanceSource& next, const Decide& how,
                          const std::function<void(const Problem&)>& problem) {
    return engine_->guarded([&] {
        Writing writing(engine_->database, caller, review);
        const Asked asked = asked_of_file(review, Act::meeting_attend, file, how);
        if (const auto earlier = writing.earlier(asked)) return told_before(*earlier);
        const RecordFold known = writing.records();
        Recording recording(writing.facts(), known, RecordKind::meeting);
        std::string meeting;
        const std::int64_t problems =
            each_row<AttendanceRow>(next, problem, [&](const AttendanceRow& row) {
                meeting = row.meeting;
                recording.attend(row.meeting,
                                 {{member_number(known, review, row.member), row.attended}});
            });
        RecordResult result = result_of(recording, problems);
        if (problems > 0 || result.changed == 0 || file.dry_run) return result;
        Entry entry = file_entry(recording, Act::meeting_attend, file, how);
        if (file.name.empty()) entry.subject = meeting;
        result.receipt = writing.record(std::move(entry), &asked);
        writing.commit();
        return result;
    });
}

Records Book::records(const ReviewKey& review, std::optional<Instant> known_at) {
    return engine_->read([&] {
        Database& database = engine_->database;
        engine_->review(review);  // refuses unknown_review
        const std::int64_t up_to =
            known_at ? chain_end_at(database, review, *known_at).seq : INT64_MAX;
        return load_records(database, review, up_to).records();
    });
}

std::vector<Charged> Book::charged(const ReviewKey& key) {
    return engine_->read([&] {
        const Review review = engine_->review(key);
        std::vector<Charged> result;
        std::string meeting;
        std::string work_item;
        long long spent = 0;
        long long requested = 0;
        soci::statement sums =
            (engine_->database.sql().prepare
                 << "SELECT CASE WHEN e.meeting <> '' THEN e.meeting ELSE COALESCE(c.meeting, '') "
                    "END AS named, e.work_item, CAST(SUM(CASE WHEN e.state = 'approved' OR "
                    "(e.state = 'reversed' AND e.refunded_minor > e.amount_minor) THEN "
                    "e.amount_minor - e.refunded_minor ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN "
                    "e.state = 'submitted' THEN e.reserved_minor ELSE 0 END) AS BIGINT) FROM "
                    "expense e LEFT JOIN commitment c ON c.review = e.review AND c.number = "
                    "e.commitment WHERE e.review = :review GROUP BY named, e.work_item ORDER BY "
                    "named, e.work_item",
             soci::use(key.text()), soci::into(meeting), soci::into(work_item), soci::into(spent),
             soci::into(requested));
        sums.execute(false);
        while (sums.fetch()) {
            result.push_back({meeting, work_item, Money::of_minor(spent, review.currency()),
                              Money::of_minor(requested, review.currency())});
        }
        return result;
    });
}

Erased Book::erase(const Caller& caller, const DocumentId& person, const std::string& why) {
    Database& database = engine_->database;
    Erased result{};
    result.receipt = engine_->act(
        caller, {person.review, erasure_of(person), person.text(), why, {}, {}},
        [&](Writing& writing) {
            if (!is_known_person(database, person)) {
                const bool member = person.kind == DocumentKind::member;
                throw Refused(member ? Rule::unknown_member : Rule::unknown_payee,
                              "there is no " + std::string(name(person.kind)) + " " + person.text(),
                              "see: purser " + std::string(name(person.kind)) + " list " +
                                  person.review.text() + (member ? "" : " --all"));
            }
            const auto there = find_person(database, person);
            std::vector<std::string> texts;
            if (there) texts = texts_with(database, person, there->name);
            const auto found = static_cast<std::int64_t>(texts.size());
            if (texts.size() > texts_listed) texts.resize(texts_listed);
            result.texts = texts;
            result.found = found;
            std::optional<std::string> known;
            if (there) known = there->name;
            Entry entry = erase_name(writing.facts(), person, known, texts, why);
            entry.body.set_number("found", found);
            return entry;
        },
        [&](Writing&, const Receipt&) { delete_person(database, person); });
    engine_->read([&] {
        JournalReader reader(database, "WHERE review = :review AND seq = :seq",
                             {{{"review", person.review.text()}}, {{"seq", result.receipt.seq}}});
        if (!reader.next()) throw Broken("an erasure is not in the log");
        const Event event = reader.event(engine_->review(person.review).currency());
        result.texts = event.body.list("texts");
        result.found = event.body.number("found");
        return 0;
    });
    // What was there is not left behind in the write-ahead log either.
    if (database.is_sqlite()) database.script("PRAGMA wal_checkpoint(TRUNCATE)");
    return result;
}

}  // namespace purser
