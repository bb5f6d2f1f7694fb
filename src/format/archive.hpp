// Whether a workbook's file is whole.
//
// libxlsxwriter builds each part in a temporary file and does not see when the disk is full: the
// archive is then well formed and its parts end in the middle. So it is read back once.
#pragma once

#include <filesystem>

namespace purser::format {

// Broken unless every part is readable XML up to the end of its first element.
void check_parts(const std::filesystem::path& workbook);

}  // namespace purser::format
