// A book on disk with one review, filled by short calls, for the reports to be made from.
//
// olga is admin and finance, sue support, carl chair. Amounts and days are texts; every act is
// recorded at noon of the world's today, a minute after the one before. fill() plays SSR2's
// beginning: the envelope of March 2017, its allotment, the 95,000 for two meetings.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "store/book.hpp"

namespace purser::test {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "report-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string file(const char* name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

struct WorldOptions {
    std::string currency = "USD";
    std::string start = "2017-03-02";
    std::string expected = "2018-03-01";
    bool fiscal_budget = true;
    std::vector<const char*> categories = {"services", "travel"};
};

class World {
    TemporaryFolder folder_;

public:
    explicit World(const WorldOptions& options = {}) : book(make(options)) {}

    void fill() {
        grant("services", "200000", "2017-03-15");
        grant("travel", "350000", "2017-03-15");
        allot("services", "50000", "FY17", "2017-03-15");
        allot("travel", "120000", "FY17", "2017-03-15");
        open("travel", "95000", "2017-05-15", "2017-03-15");
    }

    ReviewKey key = ReviewKey::parse("SSR2");
    std::string today = "2017-03-31";

private:
    int minute_ = 0;

public:
    Book book;

    Caller by(const char* user) {
        const auto noon = parse_date(today) + std::chrono::hours{12};
        return {user, "", noon + std::chrono::minutes{minute_++}};
    }
    Money money(const std::string& text) { return Money::parse(text, book.review(key).currency()); }
    static std::optional<FiscalYear> year(const std::string& text) {
        if (text.empty()) return {};
        return FiscalYear::parse(text);
    }

    Receipt grant(const std::string& category, const std::string& amount, const std::string& on,
                  const std::string& fiscal_year = {}) {
        return book.grant(by("olga"), key, change(category, amount, fiscal_year, on));
    }
    Receipt lower(const std::string& category, const std::string& amount, const std::string& on) {
        return book.lower(by("olga"), key, change(category, amount, {}, on));
    }
    Receipt allot(const std::string& category, const std::string& amount,
                  const std::string& fiscal_year, const std::string& on) {
        return book.allot(by("olga"), key, change(category, amount, fiscal_year, on));
    }
    Receipt unallot(const std::string& category, const std::string& amount,
                    const std::string& fiscal_year, const std::string& on) {
        return book.unallot(by("olga"), key, change(category, amount, fiscal_year, on));
    }
    Receipt open(const std::string& category, const std::string& amount,
                 const std::string& expected, const std::string& on, bool proposed = false) {
        return book.open_commitment(
            by("olga"), key,
            {category, money(amount), "two meetings", CommitmentKind::meeting, parse_date(expected),
             proposed, parse_date(on)});
    }
    Receipt submit(const std::string& category, const std::string& amount, const std::string& on,
                   const std::string& commitment = {}, const std::string& payee = {}) {
        ExpenseDraft draft{
            category, money(amount), "a hotel", parse_date(on), {}, {}, {}, payee, {}, {}, {}, {}};
        if (!commitment.empty()) draft.commitment = DocumentId::parse(commitment);
        return book.submit_expense(by("sue"), key, draft, {});
    }
    Receipt spend(const std::string& category, const std::string& amount, const std::string& on,
                  const std::string& commitment = {}, const std::string& payee = {}) {
        const Receipt asked = submit(category, amount, on, commitment, payee);
        return book.approve_expense(by("carl"), DocumentId::parse(asked.id), {});
    }
    void close(const std::string& month) {
        book.close_month(by("olga"), key, Month::parse(month), {});
    }
    void set(const std::string& setting, const std::string& value) {
        book.set_review(by("olga"), key, {{{setting, value}}, {}});
    }

    report::Document sheet(const std::string& as_of,
                           report::Audience audience = report::Audience::finance) {
        return report::fact_sheet(book, key, parse_date(as_of), {}, parse_date(today), audience);
    }

private:
    BudgetChange change(const std::string& category, const std::string& amount,
                        const std::string& fiscal_year, const std::string& on) {
        return {category, money(amount), "as decided", year(fiscal_year), parse_date(on)};
    }
    Book make(const WorldOptions& options) {
        const std::string file = folder_.file("book.db");
        Book::create(file, by("olga"));
        Book made(file);
        made.add_user(by("olga"), {"sue", {{Role::support, {}}}});
        made.add_user(by("olga"), {"carl", {{Role::chair, {}}}});
        made.open_review(by("olga"),
                         {key, "Second Review", parse_date(options.start),
                          parse_date(options.expected), Currency::parse(options.currency), 7,
                          options.fiscal_budget, parse_date("2017-03-01")});
        for (const char* code : options.categories) {
            std::string title(code);
            title.front() = static_cast<char>(title.front() - 'a' + 'A');
            made.add_category(by("olga"), key, {code, title, false, {}});
        }
        return made;
    }
};

}  // namespace purser::test
