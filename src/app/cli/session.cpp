#include "app/cli/session.hpp"

#include <algorithm>
#include <cassert>

#include "app/cli/answer.hpp"
#include "values/error.hpp"

namespace purser::cli {
namespace {

// Who may read more than what is posted.
constexpr std::initializer_list<Role> reading_roles{Role::finance, Role::support, Role::chair,
                                                    Role::board, Role::admin};

bool is_only_viewer(const User& user) {
    return std::all_of(user.grants.begin(), user.grants.end(),
                       [](const Grant& grant) { return grant.role == Role::viewer; });
}

}  // namespace

Rendering rendering_options(Verb& verb) {
    verb.reads();
    return {
        verb.option("--format", "F", "text, markdown, html, csv, json, xlsx or pdf (text)"),
        verb.option("--output", "FILE", "write it there; .html, .xlsx, .pdf ... say the format"),
        Argument("", std::make_shared<std::string>()),
    };
}

Rendering list_options(Verb& verb) {
    const Argument sort = verb.option(
        "--sort", "COLUMN", "by which column the rows stand, like amount, or -amount: falling");
    Rendering rendering = rendering_options(verb);
    rendering.sort = sort;
    return rendering;
}

Moment moment_options(Verb& verb) {
    return {
        verb.option("--as-of", "DATE", "the accounting day that the figures are of"),
        verb.option("--known-at", "INSTANT", "only what was recorded until then"),
    };
}

Session::Session(Asking asking) : asking_(std::move(asking)) {
    static_cast<void>(asking_.audience.maybe(&report::parse_audience));
}

Caller Session::caller() const {
    if (asking_.user.empty()) {
        throw BadInput("who are you? each act in the book has somebody who did it",
                       "add --as USER, or set PURSER_USER");
    }
    return {asking_.user, asking_.key, asking_.now};
}

std::optional<User> Session::any_reader() {
    if (asking_.user.empty()) return {};
    User user = book().user(asking_.user);
    if (user.disabled) {
        throw Refused(Rule::user_disabled, user.name + " is disabled",
                      "ask an admin, or act as another user with --as");
    }
    return user;
}

bool Session::is_viewer(const ReviewKey& review) {
    const auto user = any_reader();
    return user && std::none_of(reading_roles.begin(), reading_roles.end(),
                                [&](Role role) { return user->has(role, review); });
}

void Session::reader(const std::string& deed) {
    if (asking_.audience.maybe(&report::parse_audience) == report::Audience::public_) {
        throw Refused(Rule::not_permitted, "the public may not " + deed,
                      "the public sees the sheet: purser factsheet show");
    }
    const auto user = any_reader();
    if (!user || !is_only_viewer(*user)) return;
    throw Refused(Rule::not_permitted, user->name + " may not " + deed,
                  "purser review list, review show, category list, factsheet list or factsheet "
                  "show SHEET");
}

void Session::reader(const ReviewKey& review, const std::string& deed) {
    reader(deed);
    const auto user = any_reader();
    if (!user) return;
    require(*user, review, reading_roles, deed);
}

std::vector<ReviewKey> Session::readable_reviews(const std::string& deed) {
    reader(deed);
    std::vector<ReviewKey> keys;
    for (const Review& review : book().reviews()) {
        if (!is_viewer(review.key())) keys.push_back(review.key());
    }
    return keys;
}

// From finance to the public each is shown less.
report::Audience Session::narrowed(report::Audience audience) {
    told_ = std::max(told_.value_or(audience), audience);
    return audience;
}

// A mistake of a verb: it printed a report without asking whom it is for.
void Session::require_told(const report::Document& document) const {
    assert(told_ && document.audience >= *told_);
    static_cast<void>(document);
}

report::Audience Session::audience(const std::vector<ReviewKey>& reviews) {
    report::Audience narrowest = report::Audience::finance;
    for (const ReviewKey& review : reviews) narrowest = std::max(narrowest, audience(review));
    return narrowed(narrowest);
}

report::Audience Session::audience() {
    const auto asked = asking_.audience.maybe(&report::parse_audience);
    const auto user = any_reader();
    const auto of_user = !user                   ? report::Audience::finance
                         : is_only_viewer(*user) ? report::Audience::public_
                                                 : report::Audience::chair;
    return narrowed(asked.value_or(of_user));
}

report::Audience Session::audience(const ReviewKey& review) {
    return narrowed(audience_of(review));
}

report::Audience Session::audience_of(const ReviewKey& review) {
    const auto asked = asking_.audience.maybe(&report::parse_audience);
    const auto user = any_reader();
    if (!user) return asked.value_or(report::Audience::finance);
    const auto has = [&](std::initializer_list<Role> roles) {
        return std::any_of(roles.begin(), roles.end(),
                           [&](Role role) { return user->has(role, review); });
    };
    if (asked == report::Audience::finance) {
        require(*user, review, roles_told_prices(), "see what is for finance");
    }
    if (asked == report::Audience::chair) {
        require(*user, review, reading_roles, "see what is for chairs");
    }
    if (asked) return *asked;
    if (is_told_prices(*user, review)) return report::Audience::finance;
    return has({Role::chair, Role::board}) ? report::Audience::chair : report::Audience::public_;
}

void Session::answer(const Receipt& receipt, const std::string& sentence) {
    warn(receipt.warnings);
    if (json()) {
        out() << dumped(json_of(receipt));
    } else {
        out() << sentence << "\n  " << where_text(receipt) << '\n';
    }
}

void Session::print(const report::Document& document) {
    require_told(document);
    const Argument absent("", std::make_shared<std::string>());
    show(document, {absent, absent, absent});
}

void Session::print(report::Document document, const Rendering& rendering) {
    require_told(document);
    if (rendering.sort.given()) {
        document = rendering.sort.as([&](std::string_view by) {
            return report::sorted(std::move(document), report::parse_sorting(by));
        });
    }
    show(document, rendering);
}

void Session::print_file(const std::string& file, const std::string& what) {
    if (json()) {
        out() << dumped({{"file", file}});
    } else {
        out() << file << ": " << what << '\n';
    }
}

}  // namespace purser::cli
