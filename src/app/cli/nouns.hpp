// All nouns of the command line: one function and one file for each, in the order of help.
//
// Each function says what its verbs take, and what they ask of the book.
#pragma once

#include "app/cli/command.hpp"

namespace purser::cli {

void add_init(Commands& commands);
void add_user(Commands& commands);
void add_policy(Commands& commands);
void add_delegate(Commands& commands);
void add_review(Commands& commands);
void add_category(Commands& commands);
void add_envelope(Commands& commands);
void add_budget(Commands& commands);
void add_commitment(Commands& commands);
void add_expense(Commands& commands);
void add_payee(Commands& commands);
void add_corrections(Noun& expense);  // the verbs `expense amend` and `expense refund`
void add_import(Noun& expense);       // the verb `expense import`
void add_request(Commands& commands);
void add_member(Commands& commands);
void add_meeting(Commands& commands);
void add_milestone(Commands& commands);
void add_work_item(Commands& commands);
void add_period(Commands& commands);
void add_year(Commands& commands);
void add_status(Commands& commands);
void add_factsheet(Commands& commands);
void add_explain(Noun& factsheet);  // the verb `factsheet explain`
void add_changes(Commands& commands);
void add_register(Commands& commands);
void add_commitments(Commands& commands);
void add_forecast(Commands& commands);
void add_alerts(Commands& commands);
void add_portfolio(Commands& commands);
void add_meetings(Commands& commands);
void add_work_items(Commands& commands);
void add_verify(Commands& commands);
void add_rebuild(Commands& commands);
void add_backup(Commands& commands);
void add_restore(Commands& commands);
void add_export(Commands& commands);
void add_serve(Commands& commands);

inline void add_nouns(Commands& commands) {
    for (const auto& add :
         {add_init,      add_user,     add_policy,      add_delegate,   add_review,
          add_category,  add_envelope, add_budget,      add_commitment, add_expense,
          add_payee,     add_request,  add_member,      add_meeting,    add_milestone,
          add_work_item, add_period,   add_year,        add_status,     add_factsheet,
          add_changes,   add_register, add_commitments, add_meetings,   add_work_items,
          add_forecast,  add_alerts,   add_portfolio,   add_verify,     add_rebuild,
          add_backup,    add_restore,  add_export,      add_serve}) {
        add(commands);
    }
}

}  // namespace purser::cli
