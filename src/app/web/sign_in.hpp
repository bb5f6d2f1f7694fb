// What the ways in have in common with the page of one's account: cookies, and passwords, which are
// compared and hashed while no book is taken for writing.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "app/web/site.hpp"

namespace purser::web {

// A field of one line; BadInput for more.
std::string line_of(const Visit& visit, const std::string& field);

// A cookie that no script reads and no other site sends along with a form; "" takes it away. It
// goes with the browser's end unless it is kept.
void set_cookie(const Site& site, Response& response, const std::string& what,
                const std::string& value, std::chrono::seconds kept = {});

// Whether a password is that user's. Who is signed in is counted by the session alone.
struct Judged {
    std::string problem;  // "" when it is
    int status = 200;
    StoredPassword stored;
};
Judged judge_password(Visit& visit, const std::string& user, const std::string& password);

// The password that the fields of a form choose for a user. BadInput when they differ, or it is
// none that may be set.
std::unique_ptr<NewPassword> chosen_password(Visit& visit, const std::string& user);

// A session for this browser, which is known from now on, and its cookies. Tells where to go: to
// `next`, or first to what the user is to be told. "" when the password is another by now.
std::string come_in(Visit& visit, Response& response, const std::string& user,
                    const StoredPassword& password, const std::string& next);

// A page of ours to go to, and nothing else.
std::string safe_target(const std::string& target);

}  // namespace purser::web
