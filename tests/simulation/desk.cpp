#include "desk.hpp"

#include <algorithm>
#include <sqlite3.h>

#include "store/digest.hpp"
#include "values/error.hpp"

namespace simulation {

using namespace purser;

Date date_of(plain::Day day) { return Date(date::days{day}); }
Instant instant_of(std::int64_t milliseconds) {
    return Instant(std::chrono::milliseconds{milliseconds});
}
plain::Day day_of(Date date) { return static_cast<plain::Day>(date.time_since_epoch().count()); }

namespace {

std::optional<Date> maybe(std::optional<plain::Day> day) {
    if (!day) return {};
    return date_of(*day);
}
std::optional<FiscalYear> maybe_year(std::optional<int> year) {
    if (!year) return {};
    return FiscalYear(*year);
}
Month month_of(plain::Month month) { return Month::parse(plain::month_text(month)); }

// One act on an open book.
class Act {
public:
    Act(Book& book, const plain::Ask& ask, std::int64_t now)
        : book_(book), ask_(ask), caller_{ask.user, ask.key, instant_of(now)} {}

    Answer run() {
        if (ask_.act == "expense.import") return import();
        if (ask_.act == "period.close") return close_month();
        if (!ask_.shares.empty()) return share();
        return answer(receipt());
    }

private:
    static Answer answer(const Receipt& receipt) {
        Answer result;
        result.id = receipt.id;
        result.event = receipt.event;
        result.posted = day_of(receipt.posted_on);
        for (const auto& warning : receipt.warnings) result.warnings.push_back(warning.rule);
        return result;
    }

    ReviewKey key() const { return ReviewKey::parse(ask_.review); }
    Currency currency() { return book_.review(key()).currency(); }
    Money amount() { return Money::of_minor(*ask_.amount, currency()); }
    std::optional<Money> maybe_amount() {
        if (!ask_.amount) return {};
        return amount();
    }
    DocumentId document(DocumentKind kind) const { return {key(), kind, ask_.number}; }
    Decide decide() const { return {ask_.text, maybe(ask_.on)}; }
    BudgetChange change() {
        return {ask_.category,         amount(),       ask_.text,
                maybe_year(ask_.year), maybe(ask_.on), maybe(ask_.expires)};
    }
    std::optional<DocumentId> hold() const {
        if (ask_.hold == 0) return {};
        const auto& of = ask_.hold_of.empty() ? ask_.review : ask_.hold_of;
        return DocumentId{ReviewKey::parse(of), DocumentKind::request, ask_.hold};
    }
    std::optional<DocumentId> commitment_named(const plain::Ask& ask, int number) const {
        if (number == 0) return {};
        const auto& of = ask.commitment_of.empty() ? ask.review : ask.commitment_of;
        return DocumentId{ReviewKey::parse(of), DocumentKind::commitment, number};
    }
    // As the command line does it: another currency is converted before the book is asked.
    std::pair<Money, std::optional<Original>> price(const plain::Ask& ask) {
        const Currency own = currency();
        if (!ask.foreign) return {Money::of_minor(*ask.amount, own), {}};
        const Money original =
            Money::of_minor(ask.foreign->amount, Currency::parse(ask.foreign->currency));
        const Rate rate = Rate::parse(ask.foreign->rate_text());
        return {rate.convert(original, own),
                Original{original, rate, date_of(ask.foreign->on), "a bank"}};
    }

    Receipt receipt() {
        const std::string& act = ask_.act;
        if (act.starts_with("commitment.")) return commitment(act.substr(11));
        if (act.starts_with("expense.")) return expense(act.substr(8));
        if (act.starts_with("request.")) return request(act.substr(8));
        if (act == "period.reopen") {
            return book_.reopen_month(caller_, key(), month_of(ask_.month), decide());
        }
        if (act == "envelope.grant") return book_.grant(caller_, key(), change());
        if (act == "envelope.lower") return book_.lower(caller_, key(), change());
        if (act == "budget.allot") return book_.allot(caller_, key(), change());
        if (act == "budget.unallot") return book_.unallot(caller_, key(), change());
        if (act == "budget.move") {
            return book_.move(caller_, key(),
                              {ask_.category, ask_.other, amount(), ask_.text,
                               maybe_year(ask_.year), maybe(ask_.on)});
        }
        return set_up(act);
    }
    Receipt set_up(const std::string& act) {
        if (act == "user.add") {
            Grant grant{parse_role(ask_.other), {}};
            if (!ask_.review.empty()) grant.review = key();
            return book_.add_user(caller_, {ask_.category, {grant}});
        }
        if (act == "user.disable") return book_.disable_user(caller_, ask_.category);
        if (act == "user.password") {
            return book_.set_password(caller_, ask_.category, {ask_.category, ask_.text});
        }
        if (act == "delegate.add") {
            return book_.add_delegation(
                caller_, {ask_.category, ask_.other, date_of(*ask_.on), date_of(*ask_.expected)});
        }
        if (act == "delegate.end") {
            return book_.end_delegation(caller_, ask_.category, ask_.other);
        }
        if (act == "payee.user") {
            return book_.set_payee_user(caller_, key(), ask_.payee, ask_.other);
        }
        if (act == "policy.add") {
            return book_.add_policy(caller_, {key(), date_of(*ask_.on), maybe_amount(),
                                              parse_role(ask_.other), ask_.count});
        }
        if (act == "review.open") {
            return book_.open_review(
                caller_,
                {key(), ask_.text, date_of(*ask_.document_on), date_of(*ask_.expected),
                 Currency::parse(ask_.category), ask_.count, !ask_.proposed, maybe(ask_.on)});
        }
        if (act == "review.set") {
            return book_.set_review(caller_, key(), {{{ask_.other, ask_.text}}, maybe(ask_.on)});
        }
        if (act == "category.add") {
            return book_.add_category(caller_, key(),
                                      {ask_.category, ask_.text, false, maybe(ask_.on)});
        }
        ReviewState state = ReviewState::running;
        if (act == "review.pause") state = ReviewState::paused;
        if (act == "review.finish") state = ReviewState::finished;
        return book_.change_state(caller_, key(), state, ask_.text, maybe(ask_.on));
    }
    Receipt commitment(const std::string& act) {
        if (act == "open") {
            return book_.open_commitment(
                caller_, key(),
                {ask_.category, amount(), ask_.text, CommitmentKind::contract,
                 date_of(*ask_.expected), ask_.proposed, maybe(ask_.on), hold()});
        }
        const DocumentId id = document(DocumentKind::commitment);
        if (act == "confirm") {
            return book_.confirm_commitment(caller_, id, maybe_amount(), decide());
        }
        if (act == "reject") return book_.reject_commitment(caller_, id, decide());
        if (act == "close") return book_.close_commitment(caller_, id, decide());
        return book_.amend_commitment(
            caller_, id,
            {maybe_amount(), maybe(ask_.expected), ask_.proposed, ask_.text, maybe(ask_.on)});
    }
    Receipt expense(const std::string& act) {
        if (act == "submit") return book_.submit_expense(caller_, key(), draft(ask_), {});
        const DocumentId id = document(DocumentKind::expense);
        if (act == "approve") return book_.approve_expense(caller_, id, decide());
        if (act == "reject") return book_.reject_expense(caller_, id, decide());
        if (act == "withdraw") return book_.withdraw_expense(caller_, id, decide());
        if (act == "reverse") return book_.reverse_expense(caller_, id, decide());
        if (act == "amend") return amend(id);
        const auto [amount, original] = price(ask_);
        return book_.refund_expense(caller_, id, {amount, original, ask_.text, maybe(ask_.on)});
    }
    Receipt amend(const DocumentId& id) {
        AmendExpense change{ask_.text, maybe(ask_.on)};
        if (ask_.amount || ask_.foreign) {
            const auto [amount, original] = price(ask_);
            change.amount = amount;
            change.original = original;
        }
        if (!ask_.category.empty()) change.category = ask_.category;
        change.commitment = commitment_named(ask_, ask_.commitment);
        change.after = commitment_named(ask_, ask_.after);
        change.direct = ask_.direct;
        change.document_on = maybe(ask_.document_on);
        const auto take = [&](const char* name, std::optional<std::string>& text) {
            if (const auto at = ask_.texts.find(name); at != ask_.texts.end()) text = at->second;
        };
        take("text", change.text);
        take("payee", change.payee);
        take("invoice", change.invoice);
        take("work_item", change.work_item);
        return book_.amend_expense(caller_, id, change, {});
    }
    Receipt request(const std::string& act) {
        if (act == "submit") {
            return book_.submit_request(caller_, key(),
                                        {ask_.category, amount(), ask_.text, maybe(ask_.on)});
        }
        const DocumentId id = document(DocumentKind::request);
        if (act == "refuse") return book_.refuse_request(caller_, id, decide());
        if (act == "withdraw") return book_.withdraw_request(caller_, id, decide());
        return book_.decide_request(caller_, id,
                                    {amount(), ask_.resolution, ask_.text, maybe(ask_.expires),
                                     maybe_year(ask_.year), maybe(ask_.on)});
    }
    ExpenseDraft draft(const plain::Ask& ask) {
        const auto [amount, original] = price(ask);
        return {ask.category,
                amount,
                ask.text,
                maybe(ask.on),
                maybe(ask.document_on),
                original,
                commitment_named(ask, ask.commitment),
                ask.payee,
                ask.invoice,
                {},
                {},
                ask.work_item,
                commitment_named(ask, ask.after),
                hold()};
    }
    Answer share() {
        std::vector<SharedPart> parts;
        for (const auto& share : ask_.shares) {
            parts.push_back(
                {ReviewKey::parse(share.review), share.category, share.work_item, share.weight});
        }
        return answer(book_.share_expense(caller_, key(), draft(ask_), parts, {}).first);
    }
    Answer import() {
        std::string file;
        for (const auto& row : ask_.rows) file += row.asked() + ' ' + row.key + '\n';
        const ImportRequest request{"rows.csv", sha256(file), ask_.approved_by, ask_.late_open,
                                    ask_.dry_run};
        std::vector<ImportRow> rows;
        for (const auto& row : ask_.rows) {
            const auto line = static_cast<std::int64_t>(rows.size()) + 2;
            rows.push_back({line, draft(row), row.key});
        }
        std::size_t at = 0;
        const ImportSource next = [&]() -> std::optional<std::variant<ImportRow, Problem>> {
            if (at == rows.size()) return {};
            return rows[at++];
        };
        std::map<int, std::string> problems;
        const auto problem = [&](const Problem& found) {
            problems[static_cast<int>(found.line) - 2] =
                found.refused ? std::string(name(*found.refused)) : "bad_input";
        };
        const ImportResult done = book_.import_expenses(caller_, key(), request, next, problem, {});
        Answer result;
        if (done.receipt) result = answer(*done.receipt);
        result.has_receipt = done.receipt.has_value();
        result.recorded = done.recorded;
        result.known = done.known;
        result.problems = std::move(problems);
        result.after = done.after;
        result.warnings.clear();
        for (const auto& warning : done.warnings) result.warnings.push_back(warning.rule);
        return result;
    }
    Answer close_month() {
        std::vector<DocumentId> keep;
        for (const int number : ask_.keep)
            keep.push_back({key(), DocumentKind::commitment, number});
        return answer(book_.close_month(caller_, key(), month_of(ask_.month), keep).back());
    }

    Book& book_;
    const plain::Ask& ask_;
    Caller caller_;
};

}  // namespace

Desk::Desk(std::filesystem::path folder)
    : folder_(std::move(folder)), location_((folder_ / "book.db").string()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
}

Desk::~Desk() {
    book_.reset();
    std::filesystem::remove_all(folder_);
}

void Desk::reopen() {
    book_.reset();
    book_.emplace(location_);
}

Caller Desk::admin(std::int64_t now) const { return {"olga", {}, instant_of(now)}; }

Answer Desk::ask(const plain::Ask& ask, std::int64_t now) {
    try {
        if (ask.act == "book.init") {
            const Receipt done = Book::create(location_, {ask.user, {}, instant_of(now)});
            reopen();
            Answer result;
            result.id = done.id;
            result.posted = day_of(done.posted_on);
            return result;
        }
        return Act(*book_, ask, now).run();
    } catch (const Refused& refused) {
        Answer result;
        result.rule = name(refused.rule());
        result.message = refused.what();
        return result;
    } catch (const BadInput& bad) {
        Answer result;
        result.rule = "bad_input";
        result.message = bad.what();
        return result;
    }
}

namespace {

// Runs one statement; every row becomes a line.
std::string rows_of(sqlite3* database, const std::string& sql) {
    std::string lines;
    const auto add = [](void* into, int count, char** values, char**) {
        auto& text = *static_cast<std::string*>(into);
        for (int i = 0; i < count; ++i) {
            if (i > 0) text += '|';
            text += values[i] == nullptr ? "NULL" : values[i];
        }
        text += '\n';
        return 0;
    };
    char* message = nullptr;
    if (sqlite3_exec(database, sql.c_str(), add, &lines, &message) != SQLITE_OK) {
        throw Broken(sql + ": " + (message == nullptr ? "" : message));
    }
    return lines;
}

}  // namespace

std::string dump(const std::string& location) {
    sqlite3* database = nullptr;
    sqlite3_open_v2(location.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
    std::string all;
    std::string names =
        rows_of(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    for (std::size_t at = 0, end = 0; (end = names.find('\n', at)) != std::string::npos;
         at = end + 1) {
        const std::string table = names.substr(at, end - at);
        std::string lines = rows_of(database, "SELECT * FROM \"" + table + '"');
        std::vector<std::string> sorted;
        for (std::size_t from = 0, to = 0; (to = lines.find('\n', from)) != std::string::npos;
             from = to + 1) {
            sorted.push_back(lines.substr(from, to - from));
        }
        std::sort(sorted.begin(), sorted.end());
        all += "== " + table + '\n';
        for (const auto& line : sorted) all += line + '\n';
    }
    sqlite3_close(database);
    return all;
}

}  // namespace simulation
