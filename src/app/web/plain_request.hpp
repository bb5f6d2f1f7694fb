// What is looked at before a request means anything: its texts are texts.
//
// A NUL or another control character, or what is no UTF-8, in the address, a field, the name of a
// file, a cookie of ours or a header that we read is bad input, whichever page or program it was
// for.
#pragma once

#include "app/web/http.hpp"

namespace purser::web {

// BadInput, which repeats nothing of it. `user_header` is the one by which a proxy says who it is.
void require_plain_request(const Request& request, const std::string& user_header);

}  // namespace purser::web
