#include "store/balance_rows.hpp"

#include <algorithm>

#include "store/each_row.hpp"

namespace purser {
namespace {

Account account_of(const std::string& category, long long year, const std::string& bucket) {
    Account account{category, {}, parse_bucket(bucket)};
    if (year != 0) account.year = year_in(year);
    return account;
}

Stored balance_row(const ReviewKey& review, const std::string& category, const std::string& bucket,
                   const std::string& day) {
    return row_in("balance", review.text() + ':' + category + ':' + bucket + " on " + day);
}

}  // namespace

Movements load_movements(Database& database, const ReviewKey& review) {
    Movements result;
    std::string category;
    std::string bucket;
    std::string day;
    long long year = 0;
    long long amount = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT category, fiscal_year, bucket, day, amount_minor FROM "
                                   "balance WHERE review = :review",
         soci::use(review.text()), soci::into(category), soci::into(year), soci::into(bucket),
         soci::into(day), soci::into(amount));
    each_row(
        statement, [&] { return balance_row(review, category, bucket, day); },
        [&] {
            result[{parse_date(day), account_of(category, year, bucket)}] = amount;
        });
    return result;
}

Balances load_balances(Database& database, const Review& review) {
    Balances balances(review.currency());
    for (const auto& [at, minor] : load_movements(database, review.key())) {
        const auto& [day, account] = at;
        reading(
            [&] {
                return balance_row(review.key(), account.category,
                                   std::string(name(account.bucket)), to_text(day));
            },
            [&] { balances.add(account, day, Money::of_minor(minor, review.currency())); });
    }
    return balances;
}

void save_movements(Database& database, const ReviewKey& review, const Movements& movements) {
    std::string category;
    std::string bucket;
    std::string day;
    long long year = 0;
    long long amount = 0;
    soci::statement statement =
        (database.sql().prepare
             << "INSERT INTO balance (review, category, fiscal_year, bucket, day, amount_minor) "
                "VALUES (:review, :category, :year, :bucket, :day, :amount) ON CONFLICT (review, "
                "category, fiscal_year, bucket, day) DO UPDATE SET amount_minor = "
                "balance.amount_minor + excluded.amount_minor",
         soci::use(review.text()), soci::use(category), soci::use(year), soci::use(bucket),
         soci::use(day), soci::use(amount));
    for (const auto& [at, minor] : movements) {
        const auto& [on, account] = at;
        category = account.category;
        // Bound above: the statement reads what is stored here.
        // NOLINTNEXTLINE(clang-analyzer-deadcode.DeadStores)
        year = account.year ? account.year->number() : 0;
        bucket = name(account.bucket);
        day = to_text(on);
        // NOLINTNEXTLINE(clang-analyzer-deadcode.DeadStores)
        amount = minor;
        statement.execute(true);
    }
}

std::vector<std::pair<Account, Date>> load_accounts_moved(Database& database,
                                                          const ReviewKey& review) {
    std::vector<std::pair<Account, Date>> result;
    std::string category;
    std::string bucket;
    std::string day;
    long long year = 0;
    soci::statement statement =
        (database.sql().prepare << "SELECT category, fiscal_year, bucket, MIN(day) FROM balance "
                                   "WHERE review = :review GROUP BY category, fiscal_year, bucket",
         soci::use(review.text()), soci::into(category), soci::into(year), soci::into(bucket),
         soci::into(day));
    each_row(
        statement, [&] { return balance_row(review, category, bucket, day); },
        [&] { result.emplace_back(account_of(category, year, bucket), parse_date(day)); });
    std::sort(result.begin(), result.end());
    return result;
}

std::map<Account, Money> sum_balances(Database& database, const Review& review, Date day) {
    std::map<Account, Money> result;
    std::string category;
    std::string bucket;
    const std::string until = to_text(day);
    long long year = 0;
    long long amount = 0;
    soci::statement statement =
        (database.sql().prepare
             << "SELECT category, fiscal_year, bucket, CAST(SUM(amount_minor) AS BIGINT) FROM "
                "balance WHERE review = :review AND day <= :day GROUP BY category, fiscal_year, "
                "bucket",
         soci::use(review.key().text()), soci::use(until), soci::into(category), soci::into(year),
         soci::into(bucket), soci::into(amount));
    each_row(
        statement, [&] { return balance_row(review.key(), category, bucket, "any day"); },
        [&] {
            result.emplace(account_of(category, year, bucket),
                           Money::of_minor(static_cast<std::int64_t>(amount), review.currency()));
        });
    return result;
}

std::vector<MonthMovement> load_months_moved(Database& database, const Review& review, Date until) {
    std::vector<MonthMovement> result;
    std::string category;
    std::string bucket;
    std::string month;
    const std::string last = to_text(until);
    long long amount = 0;
    soci::statement statement =
        (database.sql().prepare
             << "SELECT category, bucket, substr(day, 1, 7), CAST(SUM(amount_minor) AS BIGINT) "
                "FROM balance WHERE review = :review AND day <= :day AND bucket IN ('authority', "
                "'outside', 'committed', 'spent') GROUP BY category, bucket, substr(day, 1, 7)",
         soci::use(review.key().text()), soci::use(last), soci::into(category), soci::into(bucket),
         soci::into(month), soci::into(amount));
    each_row(
        statement, [&] { return balance_row(review.key(), category, bucket, "a day of " + month); },
        [&] {
            result.push_back(
                {category, parse_bucket(bucket), Month::parse(month),
                 Money::of_minor(static_cast<std::int64_t>(amount), review.currency())});
        });
    return result;
}

}  // namespace purser
