// What a request carries: the fields of its address and of a form, and the files with it.
//
// All of it is bounded and read in one pass. What cannot be read is BadInput; nothing is guessed.
#pragma once

#include "app/web/http.hpp"

namespace purser::web {

// Path and query of the target, decoded.
void read_target(Request& request);
// The body of a form, of either kind; one of another kind stays as it is.
void read_form(Request& request);

}  // namespace purser::web
