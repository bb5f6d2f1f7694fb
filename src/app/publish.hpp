// Publishing fact sheets: an act of the book, with the public edition in every format.
//
// The rules are asked first, then everything is rendered, then all of it is recorded at once. When
// the log has moved on meanwhile a new sheet is rendered once more.
#pragma once

#include "store/book.hpp"

namespace purser {

// Issues, approves, withholds or posts. Refuses as Book::preview_sheet does; Broken where
// something cannot be rendered (WeasyPrint is missing): nothing is recorded then.
Receipt publish(Book& book, const Caller& caller, const SheetAct& ask);

}  // namespace purser
