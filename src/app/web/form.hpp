// The form of a verb: a field for each argument, made from what the verb itself says of them.
//
// What was typed stays, and a problem stands at its field in the words of the engine. Where a text
// must be one of some that the book knows, they are offered: categories with what is free of them,
// commitments with what is left, requests, users.
#pragma once

#include <string>
#include <vector>

#include "app/web/deed.hpp"
#include "app/web/standing.hpp"

namespace purser::web {

// One of the texts that an argument may be, and what it is called.
struct Choice {
    std::string value, text;
};

struct FormState {
    Given typed;        // by field; empty for a new form
    std::string key;    // the request's, so that sending it again records once
    std::string place;  // the field at which `problem` stands, or ""
    std::optional<Problem> problem{};
    std::optional<Problem> note{};  // why it cannot be done, known before anything was sent
    bool is_closed = false;         // and nothing that could be typed would help
    Standing stood{};               // what it began with
    std::string after{};            // what would be free, or ""
    std::string problems{};         // of a file, as markup, or ""
    std::vector<Choice> columns{};  // by which a list can be sorted
};

// Fields only, without the frame of the form: for filters and acts alike.
std::string fields_of(Visit& visit, const Deed& deed, const FormState& state);
// The whole form of an act.
std::string form_of(Visit& visit, const Deed& deed, const FormState& state);
// What a new form begins with: the next month to close. "" for most.
std::string beginning_of(Visit& visit, const Deed& deed, const cli::Verb::Part& part);
// "Document date", "Submit expense".
std::string label_of(const cli::Verb::Part& part);
std::string title_of(const Deed& deed);

}  // namespace purser::web
