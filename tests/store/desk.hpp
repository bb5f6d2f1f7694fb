// A desk for tests: a fresh book in a folder of its own, with users, one review and its money.
//
// Everything goes through Book; the clock stands still unless a test moves it.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <unistd.h>

#include "store/book.hpp"
#include "values/error.hpp"

namespace purser {

struct Desk {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() /
        ("purser-store-" + std::to_string(::getpid()) + "-" + std::to_string(counter()++));
    std::string location = (folder / "book.db").string();
    Instant now = parse_instant("2017-07-15T09:00:00.000Z");
    ReviewKey ssr2 = ReviewKey::parse("SSR2");
    Currency usd = Currency::parse("USD");
    std::optional<Book> opened;

    static int& counter() {
        static int value = 0;
        return value;
    }

    Desk() {
        std::filesystem::create_directories(folder);
        Book::create(location, olga());
        opened.emplace(location);
        book().add_user(olga(), {"carl", {{Role::chair, {}}}});
        book().add_user(olga(), {"sam", {{Role::support, {}}}});
        book().open_review(olga(), {ssr2, "Second review", day("2017-03-02"), day("2018-03-01"),
                                    usd, 7, true, day("2017-03-02")});
        book().add_category(olga(), ssr2, {"travel", "Travel", false, day("2017-03-02")});
        book().add_category(olga(), ssr2, {"services", "Services", false, day("2017-03-02")});
        book().grant(olga(), ssr2, change("travel", "350000.00", "2017-03-15"));
        book().grant(olga(), ssr2, change("services", "200000.00", "2017-03-15"));
        auto allot = change("travel", "150000.00", "2017-03-15");
        allot.year = FiscalYear(2017);
        book().allot(olga(), ssr2, allot);
    }
    ~Desk() { std::filesystem::remove_all(folder); }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    Book& book() { return *opened; }
    Caller olga(std::string key = {}) const { return {"olga", std::move(key), now}; }
    Caller carl() const { return {"carl", {}, now}; }
    static Date day(const char* text) { return parse_date(text); }
    Money money(const char* text) const { return Money::parse(text, usd); }
    BudgetChange change(const char* category, const char* amount, const char* on) const {
        return {category, money(amount), "Board resolution", {}, day(on)};
    }
    ExpenseDraft draft(const char* amount, const char* on, const char* why = "hotel") const {
        return {"travel", money(amount), why, day(on), {}, {}, {}, {}, {}, {}, {}, {}};
    }
    DocumentId expense(int number) const { return {ssr2, DocumentKind::expense, number}; }
    Amounts travel(const char* on) {
        return book().figures(ssr2, day(on), {}).categories.at(0).total;
    }

    // Imports drafts as the rows of a file; problems are collected.
    ImportResult import(const std::vector<ExpenseDraft>& drafts, const ImportRequest& ask = {}) {
        std::vector<ImportRow> rows;
        for (const auto& draft : drafts) rows.push_back({0, draft, {}});
        return import_rows(std::move(rows), ask);
    }
    ImportResult import_rows(std::vector<ImportRow> rows, ImportRequest ask = {},
                             const std::string& key = {}) {
        std::size_t at = 0;
        problems.clear();
        const ImportSource source = [&]() -> std::optional<std::variant<ImportRow, Problem>> {
            if (at == rows.size()) return {};
            rows[at].line = static_cast<std::int64_t>(at) + 2;
            return rows[at++];
        };
        ask.file_name = "expenses.csv";
        ask.file_digest = std::string(64, 'a');
        return book().import_expenses(olga(key), ssr2, ask, source,
                                      [&](const Problem& p) { problems.push_back(p); }, {});
    }
    std::vector<Problem> problems;
};

// The rule that refuses, or nothing when the act goes through.
template <typename Deed> std::optional<Rule> refusal(Deed&& deed) {
    try {
        deed();
    } catch (const Refused& refused) {
        return refused.rule();
    }
    return {};
}

}  // namespace purser
