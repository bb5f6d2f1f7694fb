// The frame around every page: head, navigation, body, foot.
//
// Bodies come from templates that escape by default; a page needs no script and asks nothing of any
// other machine.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>

#include "app/web/site.hpp"

namespace purser::web {

using Data = kainjow::mustache::data;

Data list();                                                    // an empty one
std::string rendered(std::string_view name, const Data& data);  // templates/<name>.html
std::string template_text(std::string_view name);
std::string escaped(std::string_view text);

struct Page {
    std::string title;
    std::string body;
    int status = 200;
    std::string review{};  // whose navigation it has, or ""
    bool wide = false;
};
Response framed(const Visit& visit, const Page& page);
Response problem_page(const Visit& visit, const Problem& problem, const std::string& review = {});
Problem no_page();                         // there is none at this address
Response redirect(const std::string& to);  // to a path of ours

// Who is only a viewer sees sheets, not what they are made of.
bool sees_figures(const User& user, const std::string& review);

// What a kept page of a fact sheet says, without its frame and its heading.
std::string body_of_kept(const std::string& page);

// A hidden field with the form's token.
std::string token_field(const Visit& visit);
// What every answer carries, so that a browser lets nothing else in.
void add_safety(const Site& site, Response& response);

}  // namespace purser::web
