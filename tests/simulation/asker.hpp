// What people ask at random: one function per act, sensible often enough and wrong often enough.
//
// It looks at the model to find documents and days; the same seed asks the same.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace simulation {

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    // From 0 to n - 1, the same on every machine.
    int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    template <typename Value> const Value& one_of(const std::vector<Value>& values) {
        return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
    }

private:
    std::mt19937_64 engine_;
};

plain::Minor minor_per_unit(const std::string& currency);  // 100 for USD, 1 for JPY

class Asker {
public:
    Asker(Random& random, const plain::Model& model) : random_(random), model_(model) {}

    // The acts that every history begins with: users, reviews, categories, first money.
    std::vector<plain::Ask> opening();
    plain::Ask next();
    // Says that a file was recorded: it may come again.
    void imported(const plain::Ask& ask) { imports_.push_back(ask); }

private:
    struct Kind {
        int weight;
        plain::Ask (Asker::*ask)();
    };
    static const std::vector<Kind>& kinds();

    plain::Ask grant();
    plain::Ask lower();
    plain::Ask allot();
    plain::Ask unallot();
    plain::Ask move();
    plain::Ask open_commitment();
    plain::Ask confirm_commitment();
    plain::Ask reject_commitment();
    plain::Ask amend_commitment();
    plain::Ask close_commitment();
    plain::Ask submit();
    plain::Ask approve();
    plain::Ask reject();
    plain::Ask withdraw();
    plain::Ask share();
    plain::Ask import();
    plain::Ask amend();
    plain::Ask refund();
    plain::Ask reverse();
    plain::Ask submit_request();
    plain::Ask decide_request();
    plain::Ask refuse_request();
    plain::Ask withdraw_request();
    plain::Ask close_month();
    plain::Ask reopen_month();
    plain::Ask delegate();
    plain::Ask end_delegation();
    plain::Ask set_payee_user();
    plain::Ask set_password();
    plain::Ask set_review();
    plain::Ask change_state();
    plain::Ask add_category();
    plain::Ask add_user();
    plain::Ask disable_user();
    plain::Ask add_policy();
    plain::Ask open_review();

    plain::Ask begin(const char* act, const char* role);
    plain::Ask of_commitment(const char* act, const char* role);
    plain::Ask of_expense(const char* act, const char* role);
    plain::Ask correct(const char* act, const char* role, const std::string& state);
    plain::Ask of_request(const char* act, const char* role);
    void expense(plain::Ask& ask, bool of_file);
    void come_after(plain::Ask& ask);
    void price(plain::Ask& ask, bool of_file);
    void relink(plain::Ask& ask);
    void maybe_wait(plain::Ask& ask);
    void give_key(plain::Ask& ask);
    void make_other(plain::Ask& ask);
    void spoil(plain::Ask& ask);

    std::string who(const std::string& role);
    const plain::Review& review();
    std::string category();
    plain::Minor amount(int most_units);
    void to_the_limit(plain::Ask& ask);
    std::optional<plain::Day> act_day();
    std::optional<plain::Day> step_day(plain::Day document);
    std::optional<int> maybe_year();
    std::optional<plain::Day> maybe_last_day(std::optional<plain::Day> on);

    Random& random_;
    const plain::Model& model_;
    std::string review_;               // of the act that is being asked
    std::vector<plain::Ask> keyed_;    // asked under a key before
    std::vector<plain::Ask> imports_;  // files that were imported before
    int keys_ = 0;
};

}  // namespace simulation
