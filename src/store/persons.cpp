#include "store/persons.hpp"

#include <array>
#include <sodium.h>

#include "store/engine.hpp"

namespace purser {

std::string person_digest(const std::string& salt, const std::string& name) {
    return sha256(salt + '\n' + name);
}

std::string new_salt() {
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 33> hex{};
    return sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
}

std::optional<Person> find_person(Database& database, const DocumentId& id) {
    Person person;
    const std::string kind(name(id.kind));
    const long long number = id.number;
    database.sql() << "SELECT name, salt FROM person WHERE review = :review AND kind = :kind AND "
                      "number = :number",
        soci::use(id.review.text()), soci::use(kind), soci::use(number), soci::into(person.name),
        soci::into(person.salt);
    if (person.salt.empty()) return {};
    return person;
}

void keep_person(Database& database, const DocumentId& id, const Person& person) {
    const std::string kind(name(id.kind));
    const long long number = id.number;
    database.sql() << "INSERT INTO person (review, kind, number, name, salt) VALUES (:review, "
                      ":kind, :number, :name, :salt) ON CONFLICT (review, kind, number) DO UPDATE "
                      "SET name = excluded.name, salt = excluded.salt",
        soci::use(id.review.text()), soci::use(kind), soci::use(number), soci::use(person.name),
        soci::use(person.salt);
}

void delete_person(Database& database, const DocumentId& id) {
    if (database.is_sqlite()) database.script("PRAGMA secure_delete = ON");
    const std::string kind(name(id.kind));
    const long long number = id.number;
    database.sql() << "DELETE FROM person WHERE review = :review AND kind = :kind AND number = "
                      ":number",
        soci::use(id.review.text()), soci::use(kind), soci::use(number);
}

std::int64_t payee_number(Writing& writing, Database& database, const std::string& name) {
    if (name.empty()) return 0;
    const ReviewKey& review = writing.review().key();
    long long number = 0;
    soci::indicator found = soci::i_null;
    database.sql() << "SELECT MIN(number) FROM person WHERE review = :review AND kind = 'payee' "
                      "AND name = :name",
        soci::use(review.text()), soci::use(name), soci::into(number, found);
    if (found == soci::i_ok) return number;
    number = writing.kept().last_number(review, DocumentKind::payee) + 1;
    const DocumentId id{review, DocumentKind::payee, number};
    const Person person{name, new_salt()};
    Entry entry{Act::payee_add, id.text(), writing.today(), {}, {}, {}, {}, {}};
    entry.body.set("digest", person_digest(person.salt, name));
    std::string handle;  // a payee who is named by it is that user
    database.sql() << "SELECT name FROM account WHERE name = :name", soci::use(name),
        soci::into(handle);
    entry.body.set("user", handle);
    writing.record(std::move(entry));
    keep_person(database, id, person);
    return number;
}

std::string payee_name(Database& database, const ReviewKey& review, std::int64_t number) {
    if (number == 0) return {};
    const auto person = find_person(database, {review, DocumentKind::payee, number});
    return person ? person->name : std::string();
}

}  // namespace purser
