// Every address there is, in one table: method, path, for whom, and which page answers.
//
// A path part in capitals stands for any text. What no line names is a verb of the command line
// (app/web/deed.hpp). Posting takes the form's token, whoever posts.
#pragma once

#include <span>
#include <string_view>

#include "app/web/site.hpp"

namespace purser::web {

enum class Door {
    open,       // anybody; the page lends itself a book if it needs one
    guest,      // anybody, with a book to read
    signed_in,  // a user's session
    program,    // a bearer token
};

// What answering is, for who else waits.
enum class Work {
    none,    // no book is needed: at once
    page,    // reading
    act,     // writing
    secret,  // hashing a password
    paper,   // printing
};

struct Route {
    std::string_view method, path;
    Door door;
    Work work;
    Response (*page)(Visit&);
};
std::span<const Route> routes();

}  // namespace purser::web
