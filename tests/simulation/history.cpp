#include "history.hpp"

#include <algorithm>

#include "model/invariants.hpp"
#include "values/error.hpp"

namespace simulation {

using namespace purser;

namespace {

constexpr int acts_between_logs = 100;
constexpr int first_lie = 60;

ReviewKey chain_of(const std::string& key) {
    return key == "BOOK" ? ReviewKey::book() : ReviewKey::parse(key);
}

}  // namespace

History::History(std::uint64_t seed, const std::filesystem::path& folder, bool lies)
    : script_(seed), days_(seed), desk_(folder), lies_(lies) {}

void History::require(const std::string& difference) const {
    if (!difference.empty()) throw Difference{act_, difference};
}

void History::run(int acts) {
    try {
        while (act_ < acts) step(script_.next());
        judge_the_whole();
    } catch (const std::exception& error) {
        throw Difference{act_, error.what()};
    }
}

void History::step(const plain::Ask& ask) {
    ++act_;
    trace_.push_back(
        plain::day_text(static_cast<plain::Day>(script_.now() / (24 * 60 * 60 * 1000))) + ' ' +
        ask.user + ": " + ask.asked() + (ask.key.empty() ? "" : " key=" + ask.key));
    const auto known = model_.reviews.find(ask.review);
    plain::Controlled before;
    if (known != model_.reviews.end()) before = plain::controlled_by_stop(known->second);
    const plain::Verdict verdict = script_.judge(ask);
    plain::Ask said = ask;
    if (lies_ && act_ > first_lie && ask.act == "envelope.grant") *said.amount += 1;
    const Answer answer = desk_.ask(said, script_.now());
    trace_.back() += " -> " + (answer.rule.empty() ? "done " + answer.id : answer.rule);
    if (answer.rule.empty()) {
        const bool nothing = !answer.has_receipt || !answer.problems.empty();
        ++seen_[verdict.repeated ? "repeated" : nothing ? "expense.import of nothing" : ask.act];
        for (const auto& warning : answer.warnings) ++seen_["warning " + warning];
    } else {
        ++seen_["refused " + answer.rule];
    }
    for (const auto& [row, rule] : answer.problems) ++seen_["row refused " + rule];
    require(difference(verdict, answer, ask));
    compare_heads(verdict.refused() || verdict.repeated ? "" : ask.review);
    const auto at = model_.reviews.find(ask.review);
    if (at == model_.reviews.end() || verdict.refused() || verdict.repeated) return;
    const plain::Review& review = at->second;
    require(plain::broken_invariant(review));
    if (ask.act != "envelope.lower" && ask.act != "review.set") {
        const auto broken = plain::broken_stop(before, plain::controlled_by_stop(review));
        require(broken.empty() ? "" : review.key + ": " + broken);
    }
    const plain::Day today = model_.today;
    for (const plain::Day day : {verdict.posted, verdict.posted - 1, today}) {
        compare_figures(review, day);
    }
    const plain::Month some = plain::month_of(today) - 12 + days_.below(24);
    compare_figures(review, plain::last_day(some));
    compare_document(ask);
    if (days_.chance(8)) publish(review);
    if (act_ % acts_between_logs == 0) compare_log();
}

void History::compare_figures(const plain::Review& review, plain::Day day) {
    const Figures figures = desk_.book().figures(chain_of(review.key), date_of(day), {});
    require(difference(review, figures));
}

void History::compare_document(const plain::Ask& ask) {
    const plain::Review& review = model_.reviews.at(ask.review);
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    if (ask.number != 0 && ask.act.starts_with("commitment.")) {
        const auto document =
            desk_.book().commitment({chain_of(review.key), DocumentKind::commitment, ask.number});
        require(difference(review.commitments[index], document));
    }
    if (ask.number != 0 && ask.act.starts_with("expense.")) {
        const auto document =
            desk_.book().expense({chain_of(review.key), DocumentKind::expense, ask.number});
        require(difference(review.expenses[index], document.expense));
    }
}

// The log grew by what the model recorded, and where nothing was recorded no byte changed.
void History::compare_heads(const std::string& changed) {
    std::map<std::string, std::size_t> lengths{{"BOOK", model_.book_events.size()}};
    if (const auto at = model_.reviews.find(changed); at != model_.reviews.end()) {
        lengths[changed] = at->second.events.size();
    }
    if (changed.empty()) {
        for (const auto& [key, review] : model_.reviews) lengths[key] = review.events.size();
    }
    for (const auto& [chain, length] : lengths) {
        const Head head = desk_.book().head(chain_of(chain));
        if (head.seq != static_cast<std::int64_t>(length)) {
            require(chain + " has " + std::to_string(head.seq) + " events, the model says " +
                    std::to_string(length));
        }
        const auto known = heads_.find(chain);
        if (known != heads_.end() && known->second.seq == head.seq &&
            known->second.hash != head.hash) {
            require("the hash of " + chain + '#' + std::to_string(head.seq) + " changed");
        }
        heads_[chain] = head;
    }
}

void History::compare_log() {
    require(log_difference("BOOK", model_.book_events, desk_.book()));
    for (const auto& [key, review] : model_.reviews) {
        require(log_difference(key, review.events, desk_.book()));
        require(documents_difference(review, desk_.book()));
    }
}

// Keeps what the book says now about a day, to ask it again at the end as known at this instant.
// What is recorded at the same instant, or by a clock set back, would belong to it too.
void History::publish(const plain::Review& review) {
    const std::int64_t at = review.events.back().recorded;
    const plain::Day day = model_.today - days_.below(200) + 20;
    const Figures figures = desk_.book().figures(chain_of(review.key), date_of(day), {});
    published_.push_back({review.key, day, at, published(figures)});
}

void History::judge_the_past() {
    for (const auto& [key, day, at, figures] : published_) {
        const auto& events = model_.reviews.at(key).events;
        const auto same = std::count_if(events.begin(), events.end(), [&, instant = at](auto& one) {
            return one.recorded == instant;
        });
        const Figures again = desk_.book().figures(chain_of(key), date_of(day), instant_of(at));
        if (same == 1 && published(again) != figures) {
            require(key + " on " + plain::day_text(day) + " as known at " +
                    to_text(instant_of(at)) + " was\n" + figures + "and is now\n" +
                    published(again));
        }
    }
}

void History::judge_the_whole() {
    compare_log();
    for (const auto& [key, review] : model_.reviews) {
        for (const plain::Day day : {plain::day(1990, 1, 1), plain::day(2100, 12, 31)}) {
            compare_figures(review, day);
        }
        const plain::Month first = plain::month_of(review.start) - 1;
        const plain::Month last = plain::month_of(model_.today) + 13;
        for (plain::Month month = first; month < last; month += 2) {
            compare_figures(review, plain::last_day(month));
        }
    }
    judge_the_past();
    desk_.reopen();
    const auto verified = desk_.book().verify({}, {}, {});
    require(verified.chains == static_cast<std::int64_t>(model_.reviews.size()) + 1
                ? ""
                : "verify sees " + std::to_string(verified.chains) + " chains");
    const std::string before = dump(desk_.location());
    desk_.book().rebuild(desk_.admin(script_.now()), {});
    const std::string after = dump(desk_.location());
    require(before == after ? "" : "rebuild makes other tables than the acts made");
    desk_.book().verify({}, {}, {});
    judge_the_past();
}

}  // namespace simulation
