// A journal for hledger, ledger or beancount, with the directives that their strict checks want:
// `hledger check -s`, `ledger --strict --pedantic balance` and `bean-check` accept it.
//
// Accounts of hledger and ledger are the review and the account's own name:
//
//     SSR2:travel:authority    SSR2:travel:unallotted    SSR2:travel:FY17:committed
//
// beancount wants one of five roots and capital letters, so there authority is Equity, what is
// spent or lapsed Expenses, the rest Assets; a dot or underscore of a code becomes a dash, and a
// code that would then be another's gets a number:
//
//     Equity:SSR2:Travel:Authority    Assets:SSR2:Travel:FY17:Committed
//
// A reason follows the description on its line: line ends become spaces, and what the syntax
// would read (;, | and brackets) another character; in beancount it is a quoted string.
#pragma once

#include <iosfwd>
#include <string_view>

#include "report/journal.hpp"

namespace purser::format {

enum class JournalFormat { hledger, ledger, beancount };

std::string_view name(JournalFormat format);

// Transactions are streamed. Broken when it cannot be written.
void write(const report::Journal& journal, JournalFormat format, std::ostream& out);

}  // namespace purser::format
