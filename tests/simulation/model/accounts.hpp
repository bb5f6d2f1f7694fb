// The accounts of one review: what each event moved on which day, and sums over that.
//
// Every question is answered by adding up; nothing is kept but the movements (MODEL.md 1).
#pragma once

#include <functional>
#include <map>
#include <string>

#include "ask.hpp"

namespace plain {

enum class Bucket { authority, unallotted, outside, free, requested, committed, spent };

struct Account {
    std::string category;
    int year;  // 0 for none
    Bucket bucket;
    auto operator<=>(const Account&) const = default;
};

std::string text(const Account& account);

using Moves = std::map<Account, Minor>;  // what one event changes
using Scope = std::function<bool(const Account&)>;

// From one account to another; a negative amount goes the other way.
inline void transfer(Moves& moves, const Account& from, const Account& to, Minor amount) {
    moves[from] -= amount;
    moves[to] += amount;
}

class Accounts {
public:
    void post(Day day, const Moves& moves);

    Minor on(const Account& account, Day day) const;
    Minor last(const Account& account) const;
    Minor sum(const Scope& scope, Day day) const;
    // The smallest sum on any day from that day on, and on any day at all.
    Minor lowest(const Scope& scope, Day from) const;
    Minor lowest(const Account& account, Day from) const;
    // The sum after each day on which it moves.
    std::map<Day, Minor> course(const Scope& scope) const;

    const std::map<Account, std::map<Day, Minor>>& movements() const { return movements_; }

private:
    std::map<Account, std::map<Day, Minor>> movements_;
};

// Free money: what is not given to a year, and what is free in one. All of it, one category's,
// or one year's (MODEL.md 3).
Scope free_of_envelope();
Scope free_of_category(const std::string& category);
Scope free_of_year(int year);

}  // namespace plain
