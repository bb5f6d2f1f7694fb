// A report as a file: what the page shows, in each format that the command line knows.
//
// It is as long as the report, not as the page of it.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "app/web/deed.hpp"

namespace purser::web {

std::string type_of(const std::string& format);              // "application/pdf"
std::vector<std::string> formats_of(const cli::Verb& verb);  // as its --format names them
// The field of a part: "--amount" is "amount", "CODE" is "code".
std::string field_of(const std::string& part);
// An answer that is kept under that name.
Response attached(const std::string& name, const std::string& type, std::string bytes = {});
// An answer whose bytes `write` makes: a file of that name, however long.
Response file_of(const std::string& name, const std::string& type,
                 const std::function<void(std::ostream&)>& write);
Response download(Visit& visit, const Deed& deed, const std::string& format);

}  // namespace purser::web
