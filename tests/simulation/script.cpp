#include "script.hpp"

namespace simulation {
namespace {

constexpr std::int64_t minute = std::int64_t{60} * 1000;
constexpr std::int64_t day_long = 24 * 60 * minute;

}  // namespace

Script::Script(std::uint64_t seed)
    : random_(seed),
      asker_(random_, model_),
      opening_(asker_.opening()),
      now_(plain::day(2017, 2, 20) * day_long + 9 * 60 * minute) {}

// Minutes pass, often days; now and then the clock is set back a little.
plain::Ask Script::next() {
    if (asked_ < opening_.size()) return opening_[asked_++];
    now_ += 1 + random_.below(20) * minute;
    if (random_.chance(40)) now_ += random_.below(7) * day_long;
    if (random_.chance(2)) now_ -= 5 * minute;
    model_.today = static_cast<plain::Day>(now_ / day_long);
    return asker_.next();
}

plain::Verdict Script::judge(const plain::Ask& ask) {
    const plain::Verdict verdict = model_.judge(ask, now_);
    const bool recorded = verdict.recorded > 0 && !ask.dry_run && !verdict.repeated;
    if (recorded && !verdict.refused()) asker_.imported(ask);
    return verdict;
}

}  // namespace simulation
