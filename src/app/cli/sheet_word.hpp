// A word of the command line that names a review or a numbered fact sheet: SSR2, SSR2-S1.
//
// A sheet has its own day and knowledge, so these are not asked for with it.
#pragma once

#include <string_view>

#include "app/cli/session.hpp"

namespace purser::cli {

inline const auto sheet_id = id_of(DocumentKind::sheet);

// "SSR2-S1", which is no review's key: S and a number after the last dash.
bool names_sheet(Session& session, std::string_view text);
// BadInput when a day or an instant is asked for with a sheet.
void refuse_moment(const Argument& sheet, const Moment& moment);

}  // namespace purser::cli
