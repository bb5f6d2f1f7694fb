// Book: which acts on a document are open to somebody.
#include "store/engine.hpp"

namespace purser {
namespace {

std::vector<Judged> of_expense(Book::Engine& engine, Writing& trial, const DocumentId& id) {
    const Expense document = engine.expense(trial.review(), id);
    std::optional<Commitment> commitment;
    if (document.commitment != 0) {
        commitment = trial.rows().commitment(trial.review(), document.commitment);
    }
    const std::string paid = payee_user(engine.database, id.review, document.payee);
    return judge(trial.facts(), ExpenseFacts{document, commitment ? &*commitment : nullptr, paid});
}

std::vector<Judged> of_sheet(Book::Engine& engine, Writing& trial, const DocumentId& id) {
    const auto sheets = load_sheets(engine.database, id.review);
    const auto targets = load_sheet_targets(engine.database, id.review);
    const ChainEnd& end = trial.end();
    return judge(trial.facts(), {sheets, targets, end.seq, end.hash}, engine.sheet(id));
}

std::vector<Judged> of_person(Book::Engine& engine, Writing& trial, const DocumentId& id) {
    const auto person = find_person(engine.database, id);
    std::optional<std::string> name;
    if (person) name = person->name;
    return {judge_erasure(trial.facts(), id, name)};
}

std::vector<Judged> of_record(Writing& trial, const DocumentId& id) {
    const bool is_member = id.kind == DocumentKind::member;
    return judge(trial.facts(), trial.records(),
                 is_member ? RecordKind::member : RecordKind::milestone,
                 (is_member ? 'M' : 'T') + std::to_string(id.number));
}

}  // namespace

std::vector<Judged> Book::judged(const Caller& caller, const DocumentId& id) {
    return engine_->read([&] {
        Writing trial = Writing::trial(engine_->database, caller, id.review);
        switch (id.kind) {
            case DocumentKind::expense: return of_expense(*engine_, trial, id);
            case DocumentKind::commitment:
                return judge(trial.facts(), engine_->commitment(trial.review(), id),
                             undecided_of(engine_->database, id));
            case DocumentKind::request:
                return judge(trial.facts(), engine_->request(trial.review(), id));
            case DocumentKind::sheet: return of_sheet(*engine_, trial, id);
            case DocumentKind::milestone: return of_record(trial, id);
            case DocumentKind::payee: return of_person(*engine_, trial, id);
            case DocumentKind::member: break;
        }
        std::vector<Judged> all = of_record(trial, id);
        for (Judged& one : of_person(*engine_, trial, id)) all.push_back(std::move(one));
        return all;
    });
}

}  // namespace purser
