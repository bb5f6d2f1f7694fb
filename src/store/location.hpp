// Where a book is: the path of an SQLite file, or the address of a PostgreSQL database, which libpq
// reads in all the forms that it knows.
//
// A password may stand in an address. Whatever is shown to a person, or written to a log, goes
// through here first.
#pragma once

#include <string>
#include <string_view>

namespace purser {

bool is_postgresql(std::string_view location);

// An address as it has to be given to SOCI, which takes it apart into words like key=value and puts
// them together again before libpq reads it: only one with an equals sign and no blank comes
// through.
std::string for_soci(std::string_view address);

// A location without its password: "postgresql://ann:***@host/book", "… password=***".
std::string shown(std::string_view location);

// What a database said, without the password of the location that it was asked to open.
std::string without_password(std::string_view message, std::string_view location);

}  // namespace purser
