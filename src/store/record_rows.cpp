// The rows of members, meetings, milestones and work items: what was said of each, in order.
#include "store/each_row.hpp"
#include "store/engine.hpp"

namespace purser {
namespace {

RecordKind kind_of(const std::string& text) {
    for (const RecordKind kind :
         {RecordKind::member, RecordKind::meeting, RecordKind::milestone, RecordKind::work_item}) {
        if (name(kind) == text) return kind;
    }
    throw Unreadable("nothing is recorded of a '" + text + "'");
}

}  // namespace

void DatabaseRows::add(const ReviewKey& review, const RecordValue& row) {
    const long long seq = row.seq;
    const long long line = row.line;
    const std::string kind(name(row.kind));
    database_.sql() << "INSERT INTO record (review, seq, line, kind, code, name, value) VALUES "
                       "(:review, :seq, :line, :kind, :code, :name, :value)",
        soci::use(review.text()), soci::use(seq), soci::use(line), soci::use(kind),
        soci::use(row.code), soci::use(row.name), soci::use(row.value);
}

RecordFold load_records(Database& database, const ReviewKey& review, std::int64_t up_to) {
    RecordFold fold;
    RecordValue value{0, 0, RecordKind::member, {}, {}, {}};
    std::string kind;
    const long long limit = up_to;
    long long seq = 0;
    long long line = 0;
    soci::statement values =
        (database.sql().prepare << "SELECT seq, line, kind, code, name, value FROM record WHERE "
                                   "review = :review AND seq <= :limit ORDER BY seq, line",
         soci::use(review.text()), soci::use(limit), soci::into(seq), soci::into(line),
         soci::into(kind), soci::into(value.code), soci::into(value.name), soci::into(value.value));
    each_row(
        values, [&] { return row_in("record", value.code + ' ' + value.name); },
        [&] {
            value.seq = seq;
            value.line = line;
            value.kind = kind_of(kind);
            fold.apply(value);
        });
    std::string name;
    long long number = 0;
    soci::statement names =
        (database.sql().prepare
             << "SELECT number, name FROM person WHERE review = :review AND kind = 'member'",
         soci::use(review.text()), soci::into(number), soci::into(name));
    names.execute(false);
    while (names.fetch()) fold.name_member(number, name);
    return fold;
}

void require_records(Writing& writing, const std::string& meeting, const std::string& work_item) {
    if (meeting.empty() && work_item.empty()) return;
    const ReviewKey& review = writing.review().key();
    const Records known = writing.records().records();
    require_meeting(known, review, meeting);
    require_work_item(known, review, work_item);
}

}  // namespace purser
