// The names of people: of payees and members, which no event holds (MODEL.md 5).
//
// A row of `person` has a name and a salt; the log has the digest of both. Erasing deletes the
// row, and what is printed then says so; the chain still verifies.
#pragma once

#include <optional>
#include <string>

#include "store/database.hpp"
#include "values/id.hpp"

namespace purser {

struct Person {
    std::string name, salt;
};

std::optional<Person> find_person(Database& database, const DocumentId& id);
// Takes the place of an earlier one.
void keep_person(Database& database, const DocumentId& id, const Person& person);
// Out of the file too, once the transaction is committed.
void delete_person(Database& database, const DocumentId& id);

std::string new_salt();
// Ties a name to the log: SHA-256 of salt, line feed, name.
std::string person_digest(const std::string& salt, const std::string& name);

}  // namespace purser
