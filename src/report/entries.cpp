#include "report/entries.hpp"

#include <algorithm>
#include <map>

#include "report/audience.hpp"
#include "report/parts.hpp"
#include "report/register.hpp"
#include "report/subjects.hpp"

namespace purser::report {
namespace {

// Who reads it: what is told of an entry besides its act.
struct Told {
    bool who_and_why, payee;
    ContractPrices prices;

    Told(Book& book, const ReviewKey& key, Audience audience)
        : who_and_why(audience != Audience::public_),
          payee(audience == Audience::finance),
          prices(book, key, audience) {}
};

std::vector<Column> entry_columns(const EntryTable& of, const Told& told) {
    std::vector<Column> columns{
        column("event", "Event"),
        column("posted_on", "Posted on", Type::date),
        column("recorded_on", "Recorded on", Type::date),
        hidden_column("recorded_at"),
    };
    if (told.who_and_why) columns.push_back(column("actor", "By"));
    columns.push_back(column("act", "Act"));
    columns.push_back(hidden_column("id"));
    columns.push_back(column("category", "Category"));
    if (told.who_and_why) columns.push_back(column("what", "What and why"));
    columns.push_back(hidden_column("counted"));
    if (told.payee) columns.push_back(column("payee", "Payee"));
    for (Column& one : money_columns(of.columns, Type::money)) columns.push_back(std::move(one));
    return columns;
}

using Effects = std::map<std::string, std::vector<Money>>;  // by category

// What the amounts of one category, in one year or in none, add to each column.
void add(std::vector<Money>& sums, const std::vector<SheetColumn>& columns, const Effect& effect) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].year && columns[i].year != effect.year) continue;
        sums[i] += columns[i].of(effect.amounts);
    }
}

bool is_zero(const std::vector<Money>& amounts) {
    return std::all_of(amounts.begin(), amounts.end(),
                       [](const Money& one) { return one.is_zero(); });
}

Effects effects_on(const EntryTable& of, const std::vector<Effect>& effects, Counted counted) {
    Effects result;
    for (const Effect& effect : effects) {
        if (!of.category.empty() && effect.category != of.category) continue;
        const Money none = Money::zero(effect.amounts.approved.currency());
        auto& sums = result.try_emplace(effect.category, of.columns.size(), none).first->second;
        add(sums, of.columns, effect);
    }
    std::erase_if(result, [](const auto& one) { return is_zero(one.second); });
    if (counted == Counted::added) return result;
    for (auto& [category, sums] : result) {
        for (Money& sum : sums) sum = -sum;
    }
    return result;
}

// What is told of an entry, in the order of the columns.
struct Words {
    std::string event;
    Date posted_on;
    Value recorded_on, recorded_at, actor;
    Act act;
    Value id;
    std::string category, what;
    Counted counted;
    Value payee;
};

Row row_of(const Words& words, const std::vector<Money>& amounts, bool shown, const Told& told) {
    Row row{words.event, words.posted_on, words.recorded_on, words.recorded_at};
    if (told.who_and_why) row.push_back(words.actor);
    row.emplace_back(std::string(name(words.act)));
    row.push_back(words.id);
    row.emplace_back(words.category);
    if (told.who_and_why) row.emplace_back(words.what);
    row.emplace_back(std::string(words.counted == Counted::added ? "added" : "taken off"));
    if (told.payee) row.push_back(words.payee);
    for (const Money& amount : amounts) row.push_back(shown ? Value(amount) : Value());
    return row;
}

Row entry_row(const Event& event, Counted counted, const Subject& subject,
              const std::string& category, const std::vector<Money>& amounts, bool shown,
              const Told& told) {
    const bool added = counted == Counted::added;
    const Words words{event_id(event.review, event.seq),
                      event.posted_on,
                      day_of(event.recorded_at),
                      to_text(event.recorded_at),
                      event.actor,
                      event.act,
                      text_or_absent(event.subject),
                      category,
                      added ? subject.what : subject.what + " (no longer counted)",
                      counted,
                      text_or_absent(subject.payee)};
    return row_of(words, amounts, shown, told);
}

Row end_row(const ReviewKey& key, const UnrecordedEnd& end, const std::vector<Money>& amounts,
            const Told& told) {
    const std::string grant = event_id(key, end.grant);
    const bool gone = end.effect.is_negative();
    const Words words{grant,
                      end.on,
                      {},
                      {},
                      {},
                      Act::envelope_expire,
                      {},
                      end.category,
                      gone ? "the grant " + grant + " has ended, and nobody recorded it yet"
                           : "the end of the grant " + grant + " counted before it was recorded",
                      gone ? Counted::added : Counted::taken_off,
                      {}};
    return row_of(words, amounts, true, told);
}

// Whether it moves what is committed in a category, in any year.
bool moves_committed(const std::vector<Effect>& effects, const std::string& category) {
    return std::any_of(effects.begin(), effects.end(), [&](const Effect& one) {
        return one.category == category && !one.amounts.committed.is_zero();
    });
}

// An end of a grant moves the whole review's approved, in no year.
Effect effect_of(const UnrecordedEnd& end) {
    Amounts amounts = Amounts::zero(end.effect.currency());
    amounts.approved = amounts.free = end.effect;
    return {end.category, {}, amounts};
}

}  // namespace

std::vector<UnrecordedEnd> unrecorded_ends(const Figures& figures) {
    std::vector<UnrecordedEnd> result;
    const auto& decisions = figures.decisions;
    for (const Decision& decision : decisions) {
        if (decision.act != name(Act::envelope_expire)) continue;
        // A recorded end has a number of its own; another has its grant's.
        const bool of_grant =
            std::any_of(decisions.begin(), decisions.end(), [&](const Decision& other) {
                return other.seq == decision.seq && other.act != decision.act;
            });
        if (of_grant) {
            result.push_back({decision.seq, decision.category, decision.on, decision.amount});
        }
    }
    return result;
}

Table entry_table(Book& book, const ReviewKey& key, EntryTable of, Audience audience) {
    const Told told(book, key, audience);
    Table table;
    table.key = "entries";
    table.columns = entry_columns(of, told);
    Row total{std::string("Total")};
    total.resize(table.columns.size() - of.columns.size());
    total.insert(total.end(), of.totals.begin(), of.totals.end());
    table.total = std::move(total);
    table.total_is_data = false;
    table.rows = [&book, key, of = std::move(of), told](const RowSink& sink) {
        Subjects subjects(book, key, told.payee);
        bool wants_more = true;
        of.entries([&](const Event& event, Counted counted) {
            const Subject subject = subjects.of(event);
            const std::vector<Effect> moved = effects(event);
            for (const auto& [category, amounts] : effects_on(of, moved, counted)) {
                const bool shown =
                    told.prices.shows(event, subject.contract, moves_committed(moved, category));
                wants_more =
                    sink(entry_row(event, counted, subject, category, amounts, shown, told));
                if (!wants_more) break;
            }
            return wants_more;
        });
        if (!wants_more) return;
        for (const UnrecordedEnd& end : of.ends) {
            for (const auto& [category, amounts] :
                 effects_on(of, {effect_of(end)}, Counted::added)) {
                sink(end_row(key, end, amounts, told));
            }
        }
    };
    return table;
}

Note contract_note(Book& book, const ReviewKey& key) {
    const ContractPrices prices(book, key, Audience::chair);
    return {prices.are_kept() + ": n/a here, and inside the totals.", {"what"}};
}

}  // namespace purser::report
