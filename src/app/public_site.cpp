#include "app/public_site.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "format/format.hpp"
#include "format/html.hpp"
#include "report/open_data.hpp"
#include "values/error.hpp"

namespace purser {
namespace {

std::string ending_of(format::Format format) {
    if (format == format::Format::markdown) return "md";
    if (format == format::Format::text) return "txt";
    return std::string(format::name(format));
}

std::vector<Sheet> posted_sheets(Book& book, const ReviewKey& key) {
    std::vector<Sheet> sheets = book.sheets(key);
    std::erase_if(sheets, [](const Sheet& one) { return one.state != SheetState::posted; });
    return sheets;
}

std::vector<PublicFile> files_of(const ReviewKey& key, const Sheet& sheet) {
    std::vector<PublicFile> files;
    const DocumentId id{key, DocumentKind::sheet, sheet.number};
    for (const format::Format format : format::all_formats()) {
        const std::string name(format::name(format));
        for (const SheetFile& file : sheet.files) {
            if (file.state != SheetState::posted || file.format != name) continue;
            files.push_back({id.text() + '.' + ending_of(format), id, name, file.digest});
        }
    }
    return files;
}

report::Column column(std::string key, std::string title, report::Type type = report::Type::text) {
    report::Column result;
    result.key = std::move(key);
    result.title = std::move(title);
    result.type = type;
    return result;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string descriptor(const ReviewKey& key, const std::string& title,
                       const std::vector<PublicFile>& files,
                       const std::vector<format::PackageFile>& data) {
    using Json = nlohmann::ordered_json;
    Json resources = Json::array({{{"name", "index"}, {"path", "index.html"}}});
    for (const PublicFile& file : files) {
        std::string name = lower(file.name);
        std::replace(name.begin(), name.end(), '.', '-');
        resources.push_back(
            {{"name", name}, {"path", file.name}, {"hash", "sha256:" + file.digest}});
    }
    if (!data.empty()) resources.push_back({{"name", "data"}, {"path", data.back().name}});
    const Json json = {{"name", site_name(key)}, {"title", title}, {"resources", resources}};
    return json.dump(2) + '\n';
}

// Of the day of the latest sheet, where that day is still closed.
std::optional<report::OpenData> data_of(Book& book, const ReviewKey& key) {
    const std::vector<Sheet> sheets = posted_sheets(book, key);
    const Sheet* const latest = current(sheets);
    if (latest == nullptr || !book.review(key).is_closed(latest->as_of)) return {};
    return report::open_data(book, key, latest->as_of);
}

report::Section data_section(const report::OpenData& data) {
    report::Section section;
    section.title = "Data";
    section.paragraphs = {"The closed figures of " + to_print(data.as_of) +
                          " as a data package, for any program: datapackage.json says what each "
                          "column is."};
    section.fields = {{"", "Entries in the log", data.events, report::Type::count},
                      {"", "Hash of the last", data.head}};
    report::Table table;
    table.columns = {column("", "File"), column("", "What it has")};
    std::vector<report::Row> rows;
    for (const auto& one : data.tables) {
        rows.push_back({"data/" + one.name + ".csv", one.title});
    }
    rows.push_back({std::string("data/datapackage.json"), std::string("What the columns are")});
    table.rows = report::rows_of(std::move(rows));
    section.tables.push_back(std::move(table));
    return section;
}

report::Section definitions_of(const report::OpenData& data) {
    report::Section section;
    section.title = "Definitions";
    for (const auto& one : data.tables) {
        if (one.name == "definitions") section.tables.push_back(one.table);
    }
    return section;
}

}  // namespace

std::vector<PublicFile> public_files(Book& book, const ReviewKey& key) {
    std::vector<PublicFile> files;
    for (const Sheet& sheet : posted_sheets(book, key)) {
        for (auto& file : files_of(key, sheet)) files.push_back(std::move(file));
    }
    return files;
}

std::vector<format::PackageFile> public_data(Book& book, const ReviewKey& key) {
    const auto data = data_of(book, key);
    if (!data) return {};
    std::vector<format::PackageFile> files = format::data_package(*data);
    for (auto& file : files) file.name = "data/" + file.name;
    return files;
}

report::Document public_index(Book& book, const ReviewKey& key, Date today) {
    const std::vector<Sheet> sheets = posted_sheets(book, key);
    report::Document document(report::Audience::public_);
    document.title = key.text() + " Fact Sheets";
    document.subtitle = book.review(key).name();
    document.as_of = today;
    if (const Sheet* const latest = current(sheets)) {
        document.body.paragraphs = {
            "The latest is of " + to_print(latest->as_of) +
            ". What was posted is never changed; a later sheet takes its place."};
    }
    report::Table table;
    table.key = "sheets";
    table.primary = true;
    table.empty_text = "No fact sheet is posted yet.";
    table.columns = {column("sheet", "Sheet"), column("as_of", "Financials", report::Type::date),
                     column("posted_on", "Posted", report::Type::date),
                     column("superseded_by", "Superseded by")};
    for (const format::Format format : format::all_formats()) {
        const std::string name(format::name(format));
        table.columns.push_back(column(name, "As " + name));
    }
    std::vector<report::Row> rows;
    for (auto sheet = sheets.rbegin(); sheet != sheets.rend(); ++sheet) {
        const Sheet* const by = superseding(sheets, *sheet);
        const auto id = [&](const Sheet& one) {
            return DocumentId{key, DocumentKind::sheet, one.number}.text();
        };
        report::Row row{id(*sheet), sheet->as_of,
                        sheet->posted_on ? report::Value(*sheet->posted_on) : report::Value(),
                        by != nullptr ? report::Value(id(*by)) : report::Value()};
        row.resize(table.columns.size());
        for (const PublicFile& file : files_of(key, *sheet)) {
            for (std::size_t i = 4; i < row.size(); ++i) {
                if (table.columns[i].key == file.format) row[i] = file.name;
            }
        }
        rows.push_back(std::move(row));
    }
    table.rows = report::rows_of(std::move(rows));
    document.body.tables.push_back(std::move(table));
    if (const auto data = data_of(book, key)) {
        document.body.sections.push_back(data_section(*data));
        document.body.sections.push_back(definitions_of(*data));
    }
    return document;
}

std::string site_name(const ReviewKey& key) { return lower(key.text()) + "-fact-sheets"; }

std::vector<format::PackageFile> public_site(Book& book, const ReviewKey& key, Date today) {
    const std::vector<PublicFile> files = public_files(book, key);
    if (files.empty()) {
        throw BadInput("no fact sheet of " + key.text() + " is posted",
                       "see: purser factsheet list " + key.text());
    }
    const std::vector<format::PackageFile> data = public_data(book, key);
    const report::Document document = public_index(book, key, today);
    format::Links links;
    links.text = [&](const std::string& text) -> std::string {
        for (const PublicFile& file : files) {
            if (text == file.name) return file.name;
        }
        for (const auto& file : data) {
            if (text == file.name) return file.name;
        }
        return {};
    };
    std::ostringstream index;
    format::write_html(document, index, links);
    std::vector<format::PackageFile> site{{"index.html", index.str()}};
    for (const PublicFile& file : files) {
        auto bytes = book.sheet_bytes(file.sheet, SheetState::posted, file.format);
        if (!bytes) {
            throw Broken("the file " + file.name + " is missing",
                         "restore the last backup that verifies");
        }
        site.push_back({file.name, *std::move(bytes)});
    }
    site.insert(site.end(), data.begin(), data.end());
    site.push_back({"datapackage.json", descriptor(key, document.title, files, data)});
    return site;
}

}  // namespace purser
