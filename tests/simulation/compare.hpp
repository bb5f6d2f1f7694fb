// Where the program and the model differ, in words; "" where they do not.
#pragma once

#include <string>
#include <vector>

#include "desk.hpp"

namespace simulation {

// The answer to one request.
std::string difference(const plain::Verdict& model, const Answer& book, const plain::Ask& ask);
// The figures of a review on a day: every category and year, the envelope, and what was decided.
std::string difference(const plain::Review& review, const purser::Figures& figures);
// One document, as it stands.
std::string difference(const plain::Commitment& model, const purser::Commitment& book);
std::string difference(const plain::Expense& model, const purser::ExpenseView& book);
std::string difference(const plain::Request& model, const purser::Request& book);
// The whole log of a chain: every event, its day and what it moved.
std::string log_difference(const std::string& chain, const std::vector<plain::Event>& events,
                           purser::Book& book);
std::string documents_difference(const plain::Review& review, purser::Book& book);
// In whose place somebody decides, and which payees are users.
std::string people_difference(const plain::Model& model, purser::Book& book);
// A day's figures as a text, to be kept and compared with later answers about the past.
std::string published(const purser::Figures& figures);

}  // namespace simulation
