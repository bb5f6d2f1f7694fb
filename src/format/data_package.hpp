// Open data as a Fiscal Data Package: a descriptor, datapackage.json, and a CSV file for each
// table.
//
// It is a Tabular Data Package, which other programs read without knowing budgets; for those that
// do, columns carry the concepts of the budget taxonomy (version 1.0) and the phases of measures
// in the model (version 0.3). The same data gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "report/open_data.hpp"

namespace purser::format {

struct PackageFile {
    std::string name;  // "budget.csv", in the package's folder
    std::string content;
};

std::string package_name(const report::OpenData& data);  // "ssr2-budget"
// The descriptor is the last one.
std::vector<PackageFile> data_package(const report::OpenData& data);

}  // namespace purser::format
