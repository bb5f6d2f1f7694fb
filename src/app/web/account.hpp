// Coming in and going out: sign-in, the one-time link, one's own password, sessions and tokens.
//
// A wrong name and a wrong password are answered alike and after the same time.
#pragma once

#include "app/web/site.hpp"
#include "values/error.hpp"

namespace purser::web {

// Who is behind the request: user, ticket and the secret of the forms. A reading place is lent.
void recognize(Visit& visit);

Response show_sign_in(Visit& visit);
Response sign_in(Visit& visit);
Response sign_out(Visit& visit);
Response show_welcome(Visit& visit);  // /welcome/LINK
Response welcome(Visit& visit);
Response show_account(Visit& visit);
Response change_password(Visit& visit);
Response sign_out_everywhere(Visit& visit);
Response issue_token(Visit& visit);
Response end_token(Visit& visit);
Response invite(Visit& visit);      // a link for another user
Response show_links(Visit& visit);  // that others made for this user, who was not told yet
Response links_told(Visit& visit);

// A message as a sentence with its hint.
std::string sentence_of(const BadInput& bad);

}  // namespace purser::web
