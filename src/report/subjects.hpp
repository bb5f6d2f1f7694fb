// What an entry of the log is about, in the words that people know it by.
//
// A decision on an expense says it by the expense that it decides on: the undecided ones are
// remembered from their submission, and the book is asked for what came before. So entries are
// told in their order, each one, also where only some of them are shown.
#pragma once

#include <map>
#include <string>

#include "report/catalogue.hpp"

namespace purser::report {

struct Subject {
    std::string what;       // with the reason that the act itself gave
    std::string payee;      // "" when there is none, and for whom it is not
    bool contract = false;  // of a single contract, whose price is for finance (DOMAIN rule 13)
    std::string meeting = {}, work_item = {};
};

class Subjects {
public:
    Subjects(Book& book, const ReviewKey& key, bool with_payee);
    Subject of(const Event& event);

private:
    Subject as_asked(const Event& event);
    Subject decided(const Event& event);
    Subject asked(const Event& event);  // the expense that it is about
    ExpenseView view(const Event& event);
    bool is_contract(const std::string& commitment) const;

    Book& book_;
    bool with_payee_;
    std::map<std::string, Commitment> commitments_;
    std::map<std::string, std::string> payees_;
    std::map<std::string, Subject> undecided_;
};

}  // namespace purser::report
