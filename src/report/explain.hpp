// What makes one figure of the sheet: the entries that it is the sum of (DOMAIN rule 1).
//
// A computed figure shows its terms beside it, each adding up to its own cell, and so lists the
// entries of all of them: what turns committed into spent moves two terms of what remains.
#pragma once

#include <string>

#include "report/catalogue.hpp"

namespace purser::report {

// Of figures that were read before; the name says which they are: "As of 31-Mar-2017".
// Refuses not_permitted to the public; BadInput, with did-you-mean, for a row or column that the
// sheet does not have.
Document explain(Book& book, const Figures& figures, const std::string& name,
                 const FigureName& figure, Audience audience);

}  // namespace purser::report
