// What of a review is public: its posted fact sheets, as the bytes that are kept of them, and the
// figures of the last one as open data.
//
// The names of the files are the same in an exported folder and on the web, so their links are,
// too.
#pragma once

#include <string>
#include <vector>

#include "format/data_package.hpp"
#include "report/document.hpp"
#include "store/book.hpp"

namespace purser {

struct PublicFile {
    std::string name;  // "SSR2-S1.pdf"
    DocumentId sheet;
    std::string format;
    std::string digest;  // SHA-256 of its bytes
};
// Of all sheets that are posted, superseded ones too; of each in the order of all_formats().
std::vector<PublicFile> public_files(Book& book, const ReviewKey& key);

// The data package of the day of the latest posted sheet, in a folder "data". Empty without one.
std::vector<format::PackageFile> public_data(Book& book, const ReviewKey& key);

// The posted sheets with the names of their files, as they stand on a day, the data, and what the
// words mean.
report::Document public_index(Book& book, const ReviewKey& key, Date today);

std::string site_name(const ReviewKey& key);  // "ssr2-fact-sheets"
// A folder for any web server: the files, index.html that leads to them, and as the last one
// datapackage.json, which lists them with their digests. BadInput when no sheet is posted.
std::vector<format::PackageFile> public_site(Book& book, const ReviewKey& key, Date today);

}  // namespace purser
