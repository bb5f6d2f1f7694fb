// The part of a forecast that answers "what if this meeting took place": before and after.
//
// The controls are really asked, in a transaction that is not kept; nothing is written.
#pragma once

#include "report/outlook.hpp"

namespace purser::report {

Section what_if_section(Book& book, const Outlook& before, const WhatIf& ask, Instant now);

}  // namespace purser::report
