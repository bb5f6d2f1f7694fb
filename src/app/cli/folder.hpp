// A folder of files that stands under its name only when it is complete.
//
// It is written beside its place and then put there in one step. What is there already is
// replaced only where it is an earlier package of the same name; anything else is left as it is.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/file.hpp"
#include "format/data_package.hpp"

namespace purser::cli {

// The name stands in the package's descriptor. BadInput for a place that holds something else or
// that cannot be made; Broken when the disk is full. The folder before stays then.
void write_package(const std::filesystem::path& folder, const std::string& name,
                   const std::vector<format::PackageFile>& files, Readers readers);

}  // namespace purser::cli
