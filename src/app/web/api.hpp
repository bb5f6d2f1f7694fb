// The verbs for programs: /api/v1/expense/submit/SSR2 takes and answers JSON.
//
// A bearer token says who asks; one that only reads records nothing. Idempotency-Key is the request
// key, an error is a problem+json with the rule's name, a read has an ETag.
#pragma once

#include "app/web/site.hpp"

namespace purser::web {

void recognize_program(Visit& visit);
Response api_problem(const Problem& problem);

Response show_api(Visit& visit);          // GET /api/v1: every address, and what it takes
Response read_for_program(Visit& visit);  // GET
Response act_for_program(Visit& visit);   // POST

}  // namespace purser::web
