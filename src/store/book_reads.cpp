// Book: what is asked without changing anything.
#include "ledger/reading.hpp"
#include "store/as_known.hpp"
#include "store/between.hpp"
#include "store/engine.hpp"
#include "store/expense_views.hpp"
#include "store/file_rows.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

void add(Amounts& amounts, Bucket in, const Money& amount) {
    amounts.approved += amount;
    switch (in) {
        case Bucket::spent: amounts.spent += amount; break;
        case Bucket::committed: amounts.committed += amount; break;
        case Bucket::requested: amounts.requested += amount; break;
        case Bucket::free:
        case Bucket::unallotted: amounts.free += amount; break;
        case Bucket::authority:
        case Bucket::outside: break;
    }
}

void add(CategoryFigures& figures, const Account& account, const Money& amount) {
    if (!is_approved(account.bucket)) return;
    add(figures.total, account.bucket, amount);
    if (account.bucket == Bucket::unallotted) figures.unallotted += amount;
    if (!account.year) return;
    const Amounts none = Amounts::zero(amount.currency());
    add(figures.years.try_emplace(*account.year, none).first->second, account.bucket, amount);
}

using Sums = std::map<Account, Money>;

void move(Sums& sums, const Account& from, const Account& to, const Money& amount) {
    const Money none = Money::zero(amount.currency());
    sums.try_emplace(from, none).first->second -= amount;
    sums.try_emplace(to, none).first->second += amount;
}

bool waits(const Held& held, const ChainEnd& end, Date as_of) {
    if (held.seq > end.seq || held.on > as_of) return false;
    return held.ended_seq == 0 || held.ended_seq > end.seq || *held.ended_on > as_of;
}

// The one event of that number.
Event event_at(Database& database, const Review& review, std::int64_t seq) {
    JournalReader reader(database, "WHERE review = :review AND seq = :seq",
                         {{{"review", review.key().text()}}, {{"seq", seq}}});
    if (!reader.next()) throw Broken("a row names an event that is not in the log");
    return reader.event(review.currency());
}

// Read from the last year's close, if there was one, and from the few events that took money back.
FromEarlier from_earlier(Database& database, const Figures& figures) {
    const Review& review = figures.review;
    const Money none = Money::zero(review.currency());
    const FiscalYear year = figures.fiscal_year();
    FromEarlier result{none, none, none};
    std::int64_t close = 0;
    for (const auto& decision : figures.decisions) {
        if (decision.act == name(Act::year_close) && decision.year == year &&
            decision.amount.is_positive()) {
            close = decision.seq;
        }
    }
    if (close != 0) {
        for (const auto& transfer : event_at(database, review, close).transfers) {
            if (transfer.to.year != year) continue;
            if (transfer.to.bucket == Bucket::committed) result.commitments += transfer.amount;
            if (transfer.to.bucket == Bucket::requested) result.undecided += transfer.amount;
        }
    }
    std::optional<DatabaseRows> rows;  // few years have any
    JournalReader back(database,
                       "WHERE review = :review AND kind IN ('expense.refund', 'expense.reverse') "
                       "AND posted_on >= :first AND posted_on <= :last AND seq <= :seq "
                       "ORDER BY posted_on, seq",
                       {{{"review", review.key().text()},
                         {"first", to_text(review.calendar().first_day(year))},
                         {"last", to_text(figures.as_of)}},
                        {{"seq", figures.events}}});
    while (back.next()) {
        const Event event = back.event(review.currency());
        if (!rows) rows.emplace(database);
        reading([&] { return log_line(event.review.text(), event.seq); },
                [&] {
                    const auto number = DocumentId::parse(event.subject).number;
                    const auto document = rows->expense(review, number);
                    if (!document.spent_on || review.year_of(*document.spent_on) >= year) return;
                    result.refunds += event.body.money("amount", review.currency());
                });
    }
    return result;
}

std::vector<CategoryFigures> categories_of(const Review& review, const Sums& sums,
                                           const std::vector<Held>& held, const ChainEnd& end,
                                           Date as_of) {
    const Money none = Money::zero(review.currency());
    std::vector<CategoryFigures> result;
    for (const auto& category : review.categories()) {
        CategoryFigures of{category, Amounts::zero(review.currency()), none, none, {}};
        for (const auto& document : held) {
            if (document.category == category.code && waits(document, end, as_of)) {
                of.held += document.amount;
            }
        }
        for (const auto& [account, amount] : sums) {
            if (account.category == category.code) add(of, account, amount);
        }
        result.push_back(std::move(of));
    }
    return result;
}

// As the chain stood at its end as then known; `present` says that this is its end now.
Figures figures_of(Database& database, const ReviewKey& key, Date as_of,
                   std::optional<Instant> known_at, const ChainEnd& end, bool present) {
    const Review now = require_review(database, key);
    // Before it was opened a review is known by its present settings, with nothing in it.
    const auto then = present ? now : load_review(database, key, end.seq);
    const Review& review = then ? *then : now;
    const Money none = Money::zero(review.currency());
    Figures figures{review, as_of, known_at, {}, {}, end.seq, end.hash, {none, none, none}};
    auto sums = sum_balances(database, now, as_of);
    if (!present) {
        each_unknown(database, now, end, as_of, [&](const Transfer& back, Date) {
            move(sums, back.from, back.to, back.amount);
        });
    }
    const auto ended = ended_grants(database, now, end, as_of);
    for (const auto& [seq, back, on] : ended) move(sums, back.from, back.to, back.amount);
    figures.categories = categories_of(review, sums, load_held(database, now), end, as_of);
    for (auto& decision : load_decisions(database, review)) {
        if (decision.seq <= end.seq && decision.on <= as_of) {
            figures.decisions.push_back(std::move(decision));
        }
    }
    for (const auto& [seq, back, on] : ended) {
        figures.decisions.push_back({seq,
                                     std::string(name(Act::envelope_expire)),
                                     back.from.category,
                                     {},
                                     -back.amount,
                                     on});
    }
    figures.from_earlier = from_earlier(database, figures);
    return figures;
}

}  // namespace

Figures load_figures(Database& database, const ReviewKey& key, Date as_of,
                     std::optional<Instant> known_at) {
    const ChainEnd end =
        known_at ? chain_end_at(database, key, *known_at) : chain_end(database, key);
    return figures_of(database, key, as_of, known_at, end, !known_at);
}

Figures figures_of_today(Database& database, const Writing& trial) {
    const Review& review = trial.review();
    const Date day = trial.today();
    const ChainEnd& end = trial.end();
    const Money none = Money::zero(review.currency());
    Figures figures{review, day, {}, {}, {}, end.seq, end.hash, {none, none, none}};
    Sums sums;
    for (const auto& [account, series] : trial.balances().accounts()) {
        sums.emplace(account, Money::of_minor(series.at(day), review.currency()));
    }
    figures.categories = categories_of(review, sums, trial.held(), end, day);
    for (auto& decision : trial.decisions()) {
        if (decision.on <= day) figures.decisions.push_back(std::move(decision));
    }
    figures.from_earlier = from_earlier(database, figures);
    return figures;
}

Figures load_figures(Database& database, const ReviewKey& key, const Point& at) {
    const ChainEnd end = chain_end_at(database, key, at.events);
    const bool present = end.seq == chain_end(database, key).seq;
    return figures_of(database, key, at.as_of, {}, end, present);
}

Figures Book::figures(const ReviewKey& review, Date as_of, std::optional<Instant> known_at) {
    return engine_->read([&] { return load_figures(engine_->database, review, as_of, known_at); });
}

Figures Book::figures(const ReviewKey& review, const Point& at) {
    return engine_->read([&] { return load_figures(engine_->database, review, at); });
}

std::vector<DayUse> Book::by_month(const ReviewKey& review, Date as_of,
                                   std::optional<Instant> known_at) {
    return engine_->read([&] { return load_months(engine_->database, review, as_of, known_at); });
}

std::vector<std::pair<Account, Date>> Book::accounts(const ReviewKey& review) {
    return engine_->read([&] { return load_accounts_moved(engine_->database, review); });
}

Head Book::head(const ReviewKey& chain) {
    return engine_->read([&]() -> Head {
        const ChainEnd end = chain_end(engine_->database, chain);
        return {end.seq, end.hash};
    });
}

Commitment Book::commitment(const DocumentId& id) {
    return engine_->read([&] { return engine_->commitment(engine_->review(id.review), id); });
}

std::vector<Commitment> Book::commitments(const ReviewKey& review) {
    return engine_->read(
        [&] { return DatabaseRows(engine_->database).commitments(engine_->review(review)); });
}

ExpenseView Book::expense(const DocumentId& id) {
    return engine_->read([&] {
        const Review review = engine_->review(id.review);
        return ExpenseViews(engine_->database, review).of(engine_->expense(review, id));
    });
}

KeptFile Book::receipt(const DocumentId& id) {
    KeptFile receipt;
    EventFilter filter;
    filter.subject = id.text();
    each_event(id.review, filter, [&](const StoredEvent& stored) {
        const auto given = stored.event.body.text("receipt");
        if (!given.empty()) receipt.digest = given;
    });
    if (receipt.digest.empty()) {
        throw Refused(Rule::wrong_state, id.text() + " has no receipt",
                      "try: purser expense amend " + id.text() + " --receipt FILE");
    }
    return engine_->read([&] {
        receipt.name = file_name(engine_->database, receipt.digest);
        return receipt;
    });
}

std::string Book::content(const KeptFile& file) {
    return engine_->read([&] {
        auto content = load_file(engine_->database, file.digest);
        if (content) return std::move(*content);
        throw Broken("the file " + file.name + ", " + file.digest + ", is missing",
                     "restore the last backup that verifies");
    });
}

std::vector<FreeOf> Book::free_after(const DocumentId& id) {
    return engine_->read([&] {
        Database& database = engine_->database;
        const Review review = engine_->review(id.review);
        const Expense expense = engine_->expense(review, id);
        Balances balances = load_balances(database, review);
        if (expense.state == ExpenseState::submitted) {
            std::optional<Commitment> commitment;
            if (expense.commitment != 0) {
                commitment = DatabaseRows(database).commitment(review, expense.commitment);
            }
            balances.apply(expense::transfers_of_approval(review, expense,
                                                          commitment ? &*commitment : nullptr),
                           expense.posted_on);
        }
        return free_of(review, balances, expense.category, expense.year, expense.posted_on);
    });
}

void Book::each_expense(const ReviewKey& key, const ExpenseFilter& filter,
                        const Sink<ExpenseView>& sink) {
    engine_->read([&] {
        const Review review = engine_->review(key);
        std::string condition;
        // Every value below is a checked type's own text: no quote can be in it.
        if (!filter.category.empty()) {
            condition += " AND category = '" + review.category(filter.category).code + "'";
        }
        if (filter.commitment) {
            condition += " AND commitment = " + std::to_string(*filter.commitment);
        }
        if (filter.after) {
            condition += " AND closed_commitment = " + std::to_string(*filter.after);
        }
        if (filter.late) condition += " AND closed_commitment <> 0";
        if (filter.from) condition += " AND posted_on >= '" + to_text(*filter.from) + "'";
        if (filter.to) condition += " AND posted_on <= '" + to_text(*filter.to) + "'";
        if (!filter.submitted_by.empty()) {
            condition += " AND submitted_by = '" + parse_user(filter.submitted_by) + "'";
        }
        if (filter.latest) {  // without an index of who submitted: nobody waits for all of them
            condition += " AND number > (SELECT MAX(number) - 1000 FROM expense WHERE review = '" +
                         key.text() + "')";
        }
        condition += filter.latest ? " ORDER BY number DESC LIMIT 1" : " ORDER BY number";
        ExpenseReader reader(engine_->database, review, condition, filter.state);
        ExpenseViews views(engine_->database, review);
        while (const auto expense = reader.next()) {
            if (!sink(views.of(*expense))) break;
        }
        return 0;
    });
}

void Book::each_event(const ReviewKey& chain, const EventFilter& filter,
                      const Sink<StoredEvent>& sink) {
    engine_->read([&] {
        Database& database = engine_->database;
        const bool of_book = chain == ReviewKey::book();
        const Currency currency =
            of_book ? Currency::parse("USD") : engine_->review(chain).currency();
        std::string condition;
        if (filter.seq) condition += " AND seq = " + std::to_string(*filter.seq);
        if (filter.from) condition += " AND posted_on >= '" + to_text(*filter.from) + "'";
        if (filter.to) condition += " AND posted_on <= '" + to_text(*filter.to) + "'";
        if (filter.known_at) {
            condition += " AND seq <= " +
                         std::to_string(chain_end_at(database, chain, *filter.known_at).seq);
        }
        const auto run = [&](const std::string& where,
                             std::vector<std::pair<std::string, std::string>> texts) {
            texts.emplace_back("review", chain.text());
            const std::string order = filter.by_day ? " ORDER BY posted_on, seq" : " ORDER BY seq";
            JournalReader reader(database, where + condition + order, {texts});
            while (reader.next()) {
                const bool goes_on =
                    naming([&] { return log_line(chain.text(), reader.row().seq); },
                           [&] {
                               return sink({reader.event(currency), reader.row(), reader.hash()});
                           });
                if (!goes_on) break;
            }
        };
        if (!filter.subject) {
            run("WHERE review = :review", {});
            return 0;
        }
        // An expense's first event is named by its row, all others by a small index.
        const DocumentId id = DocumentId::parse(*filter.subject);
        const Review review = engine_->review(chain);
        if (id.kind == DocumentKind::expense) {
            run("WHERE review = :review AND seq = " +
                    std::to_string(engine_->expense(review, id).seq),
                {});
        } else {
            engine_->require_document(review, id);
        }
        run("WHERE review || '' = :review AND subject = :subject AND kind NOT IN "
            "('expense.submit', 'expense.settle') AND kind <> 'payee.add'",
            {{"subject", *filter.subject}});
        return 0;
    });
}

void Book::each_event_between(const ReviewKey& key, const Point& then, const Point& now,
                              const std::function<void(const Event&, Counted)>& sink) {
    engine_->read([&] {
        Database& database = engine_->database;
        const Review review = engine_->review(key);
        const auto counted = [&](bool by_now) {
            return [&sink, by_now](const Event& event) {
                sink(event, by_now ? Counted::added : Counted::taken_off);
            };
        };
        // Days of both points tell them apart by what was recorded, later days by the day alone.
        const auto [least, most] = std::minmax(then.events, now.events);
        const Date both = std::min(then.as_of, now.as_of);
        each_dated_until(database, review, {least, most}, both, counted(now.events > then.events));
        const Point& later = now.as_of > then.as_of ? now : then;
        each_dated_between(database, review, {0, later.events}, both, later.as_of,
                           counted(now.as_of > then.as_of));
        return 0;
    });
}

}  // namespace purser
