// The book as the simulation uses it: plain requests in, plain answers out.
//
// Here alone the words of the model are put into the types of the program.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "store/book.hpp"

namespace simulation {

// What the program answered to one request.
struct Answer {
    std::string rule;     // that refuses; "bad_input"; "" when allowed
    std::string message;  // of the refusal
    std::string id, event;
    plain::Day posted = 0;
    std::vector<std::string> warnings;
    std::int64_t recorded = 0, known = 0;    // of an import
    std::map<int, std::string> problems;     // row, rule
    bool has_receipt = true;                 // an import that brings nothing new has none
    std::optional<purser::Figures> after{};  // of a dry run
};

class Desk {
public:
    explicit Desk(std::filesystem::path folder);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    Answer ask(const plain::Ask& ask, std::int64_t now);
    purser::Book& book() { return *book_; }
    void reopen();  // as another process would
    const std::string& location() const { return location_; }
    purser::Caller admin(std::int64_t now) const;

private:
    std::filesystem::path folder_;
    std::string location_;
    std::optional<purser::Book> book_;
};

purser::Date date_of(plain::Day day);
purser::Instant instant_of(std::int64_t milliseconds);
plain::Day day_of(purser::Date date);
// Every row of every table of the book, as text.
std::string dump(const std::string& location);

}  // namespace simulation
