// A review as the rules see it: its settings, categories, and how far it is closed.
//
// Everything about a review that can be set is a named setting with a history; the latest
// value counts. So a question as known at an instant is the same fold over fewer settings.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values/currency.hpp"
#include "values/date.hpp"
#include "values/error.hpp"
#include "values/id.hpp"
#include "values/period.hpp"

namespace purser {

enum class Control { stop, warn, off };
enum class Limit { envelope, category, fiscal_year };
enum class ReviewState { running, paused, finished };

std::string_view name(Control control);
std::string_view name(Limit limit);  // "envelope", "category", "fiscal-year"
std::string_view name(ReviewState state);
Rule rule_of(Limit limit);  // over_envelope, over_category, over_fiscal_year

struct Category {
    std::string code;
    std::string title;
    bool overhead;  // its figures include an overhead allocation (note of the sheet)
    friend bool operator==(const Category&, const Category&) = default;
};

// One change of one setting. `on` is the accounting date of the act that made it.
struct Setting {
    std::string name;
    std::string value;
    Date on;
    std::int64_t seq;
};

class Review {
public:
    explicit Review(ReviewKey key) : key_(std::move(key)) {}
    void apply(const Setting& setting);
    void add(Category category) { categories_.push_back(std::move(category)); }

    const ReviewKey& key() const { return key_; }
    const std::string& name() const { return text("name"); }
    Currency currency() const { return currency_; }
    const FiscalCalendar& calendar() const { return calendar_; }
    FiscalYear year_of(Date day) const { return calendar_.year_of(day); }
    bool fiscal_budget() const { return fiscal_budget_; }
    Control control(Limit limit) const;  // refuses rule_of(limit) when it cannot be read
    bool stops(Limit limit) const;       // unless it is known to warn or to be off
    ReviewState state() const;
    std::optional<Date> state_since() const;
    std::optional<Date> closed_through() const { return closed_through_; }
    Date first_open_day() const;  // Date::min() before any close
    bool is_closed(Date day) const { return closed_through_ && day <= *closed_through_; }
    Date start() const { return parse_date(text("start")); }
    Date expected() const { return parse_date(text("expected")); }
    // A setting's latest value; "" when never set.
    const std::string& text(std::string_view setting) const;

    const std::vector<Category>& categories() const { return categories_; }
    const Category& category(std::string_view code) const;  // refuses unknown_category

private:
    ReviewKey key_;
    std::map<std::string, Setting, std::less<>> settings_;
    // The settings that every act asks for, read once.
    Currency currency_ = Currency::parse("USD");
    FiscalCalendar calendar_{7};
    bool fiscal_budget_ = true;
    std::array<std::optional<Control>, 3> controls_;  // by Limit; absent: cannot be read
    std::optional<Date> closed_through_;
    std::vector<Category> categories_;
};

// The settings that `review set` takes, with the values each allows; empty: any text.
struct SettingChoice {
    std::string_view name;
    std::vector<std::string_view> values;
};
const std::vector<SettingChoice>& setting_choices();
// BadInput, with what is possible, unless the setting exists and takes the value.
void check_setting(std::string_view name, std::string_view value);

}  // namespace purser
