#include "history.hpp"

#include <algorithm>

#include "model/invariants.hpp"
#include "values/error.hpp"

namespace simulation {

using namespace purser;

namespace {

constexpr int acts_between_logs = 100;
constexpr int first_lie = 60;

std::set<std::string> concerned(const plain::Ask& ask) {
    std::set<std::string> keys{ask.review};
    for (const auto& share : ask.shares) keys.insert(share.review);
    return keys;
}

// The events that an act recorded, a line each.
std::string recorded(const plain::Review& review, std::size_t from) {
    std::string lines;
    for (std::size_t i = from; i < review.events.size(); ++i) {
        const plain::Event& event = review.events[i];
        lines += "\n  " + event.kind + ' ' + event.subject + " on " + plain::day_text(event.posted);
        for (const auto& [account, amount] : event.moves) {
            lines += ' ' + text(account) + ' ' + std::to_string(amount);
        }
    }
    return lines;
}

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

void History::write(const std::filesystem::path& file) {
    desk_.book().backup(desk_.admin(script_.now()), file);
}

void History::step(const plain::Ask& ask) {
    ++act_;
    trace_.push_back(
        plain::day_text(static_cast<plain::Day>(script_.now() / (24 * 60 * 60 * 1000))) + ' ' +
        ask.user + ": " + ask.asked() + (ask.key.empty() ? "" : " key=" + ask.key));
    std::map<std::string, Before> before;  // of each review that the act concerns
    for (const auto& key : concerned(ask)) {
        const auto at = model_.reviews.find(key);
        if (at == model_.reviews.end()) continue;
        before[key] = {at->second.accounts, at->second.events.size()};
    }
    if (ask.act == "request.decide" && days_.chance(50)) compare_preview(ask);
    const plain::Verdict verdict = script_.judge(ask);
    plain::Ask said = ask;
    if (lies_ && act_ > first_lie && ask.act == "envelope.grant") *said.amount += 1;
    const Answer answer = desk_.ask(said, script_.now());
    trace_.back() += " -> " + (answer.rule.empty() ? "done " + answer.id : answer.rule);
    if (answer.rule.empty()) {
        const bool nothing = !answer.has_receipt || !answer.problems.empty();
        const std::string act = ask.shares.empty() ? ask.act : "expense.share";
        ++seen_[verdict.repeated ? "repeated" : nothing ? "expense.import of nothing" : act];
        for (const auto& warning : answer.warnings) ++seen_["warning " + warning];
        for (const auto& note : verdict.notes) ++seen_[note];
    } else {
        ++seen_["refused " + answer.rule];
    }
    for (const auto& [row, rule] : answer.problems) ++seen_["row refused " + rule];
    require(difference(verdict, answer, ask));
    if (verdict.refused() || verdict.repeated) {
        compare_heads({});
        return;
    }
    compare_heads(concerned(ask));
    for (const auto& key : concerned(ask)) {
        const auto at = model_.reviews.find(key);
        if (at == model_.reviews.end()) continue;
        const plain::Review& review = at->second;
        judge_act(ask, before[key], review);
        const plain::Month some = plain::month_of(model_.today) - 12 + days_.below(24);
        const plain::Day other = days_.chance(30) ? verdict.posted - 1 : plain::last_day(some);
        for (const plain::Day day : std::set<plain::Day>{verdict.posted, model_.today, other}) {
            compare_figures(review, day);
        }
        if (days_.chance(8)) publish(review);
    }
    if (act_ % acts_between_logs == 0) compare_log();
}

// What the act recorded keeps the invariants, and its documents are as the model has them.
void History::judge_act(const plain::Ask& ask, const Before& before, const plain::Review& review) {
    require(plain::broken_invariant(review));
    plain::Accounts accounts = before.accounts;
    for (std::size_t i = before.events; i < review.events.size(); ++i) {
        const plain::Event& event = review.events[i];
        if (event.kind != ask.act && event.kind != "expense.settle") ++seen_[event.kind];
        const bool lowers = event.kind == "envelope.lower" || event.kind == "envelope.expire";
        if (lowers || ask.act == "review.set") {  // no control judges that
            accounts.post(event.posted, event.moves);
            continue;
        }
        const auto earlier = plain::controlled_by_stop(review, accounts);
        accounts.post(event.posted, event.moves);
        const auto broken =
            plain::broken_stop(earlier, plain::controlled_by_stop(review, accounts));
        require(broken.empty() ? "" : review.key + ": " + broken + recorded(review, before.events));
    }
    compare_documents(review, before.events);
}

void History::compare_figures(const plain::Review& review, plain::Day day) {
    const Figures figures = desk_.book().figures(chain_of(review.key), date_of(day), {});
    require(difference(review, figures));
}

void History::compare_documents(const plain::Review& review, std::size_t from) {
    const std::string begins = review.key + '-';
    std::set<std::string> subjects;
    for (std::size_t i = from; i < review.events.size(); ++i) {
        const std::string& subject = review.events[i].subject;
        if (subject.starts_with(begins)) subjects.insert(subject.substr(begins.size()));
    }
    std::set<int> commitments;
    for (const auto& subject : subjects) {
        const int number = std::stoi(subject.substr(1));
        const auto index = static_cast<std::size_t>(number) - 1;
        if (subject[0] == 'C') commitments.insert(number);
        if (subject[0] == 'E') {
            const plain::Expense& model = review.expenses[index];
            commitments.insert(model.commitment);
            require(difference(model, desk_.book().expense(
                                          {chain_of(review.key), DocumentKind::expense, number})));
        }
        if (subject[0] == 'R') {
            const auto view =
                desk_.book().request({chain_of(review.key), DocumentKind::request, number});
            require(difference(review.requests[index], view.request));
        }
    }
    commitments.erase(0);
    for (const int number : commitments) {
        const auto index = static_cast<std::size_t>(number) - 1;
        require(difference(
            review.commitments[index],
            desk_.book().commitment({chain_of(review.key), DocumentKind::commitment, number})));
    }
}

// Before the Board decides, the book shows what all figures would be after it; asking changes
// nothing.
void History::compare_preview(const plain::Ask& ask) {
    const auto at = model_.reviews.find(ask.review);
    const auto index = static_cast<std::size_t>(ask.number) - 1;
    if (at == model_.reviews.end() || index >= at->second.requests.size()) return;
    if (at->second.requests[index].state != "open" || *ask.amount <= 0) return;
    plain::Model after = model_;
    plain::Ask decided = ask;
    decided.user = "the Board";
    decided.key.clear();
    decided.resolution = "to be decided";
    decided.on.reset();
    decided.year.reset();
    decided.expires.reset();
    after.users[decided.user] = {false, {{"board", ""}}};
    if (after.judge(decided, script_.now()).refused()) return;
    const Figures figures = desk_.book().after_decision(
        {chain_of(ask.review), DocumentKind::request, ask.number},
        Money::of_minor(*ask.amount, desk_.book().review(chain_of(ask.review)).currency()),
        instant_of(script_.now()));
    require(difference(after.reviews.at(ask.review), figures));
    ++seen_["decision shown before"];
}

// The log grew by what the model recorded, and where nothing was recorded no byte changed.
void History::compare_heads(const std::set<std::string>& changed) {
    std::map<std::string, std::size_t> lengths{{"BOOK", model_.book_events.size()}};
    for (const auto& [key, review] : model_.reviews) {
        if (changed.empty() || changed.contains(key)) lengths[key] = review.events.size();
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
    require(people_difference(model_, desk_.book()));
}

// Keeps what the book says now about a day, to ask it again at the end as known at this instant.
// What is recorded at the same instant, or by a clock set back, would belong to it too.
void History::publish(const plain::Review& review) {
    const std::int64_t at = review.events.back().recorded;
    const plain::Day day = model_.today - days_.below(200) + 20;
    const Figures figures = desk_.book().figures(chain_of(review.key), date_of(day), {});
    published_.push_back({review.key, day, at, review.events.size(), published(figures)});
}

void History::judge_the_past() {
    for (const auto& [key, day, at, then, figures] : published_) {
        const auto& events = model_.reviews.at(key).events;
        const auto known =
            std::count_if(events.begin(), events.end(),
                          [&, instant = at](auto& one) { return one.recorded <= instant; });
        if (known != static_cast<std::ptrdiff_t>(then)) continue;
        const Figures again = desk_.book().figures(chain_of(key), date_of(day), instant_of(at));
        if (published(again) != figures) {
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
