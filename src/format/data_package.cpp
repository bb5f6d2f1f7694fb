#include "format/data_package.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <sstream>

#include "format/csv.hpp"
#include "store/digest.hpp"

namespace purser::format {
namespace {

using Json = nlohmann::ordered_json;
using report::Column;
using report::OpenData;
using report::OpenField;
using report::OpenTable;
using report::Type;

const char* type_name(Type type) {
    switch (type) {
        case Type::text: return "string";
        case Type::money:
        case Type::whole_money: return "number";
        case Type::date: return "date";
        case Type::count: return "integer";
    }
    return "string";
}

std::string csv_of(const OpenTable& table) {
    report::Document document(report::Audience::public_);
    document.body.tables = {table.table};
    document.body.tables.front().primary = true;
    std::ostringstream out;
    write_csv(document, out);
    return out.str();
}

Json field_of(const Column& column, const OpenField& meaning) {
    Json field{{"name", column.key},
               {"title", column.title},
               {"description", meaning.description},
               {"type", type_name(column.type)}};
    if (!meaning.concept_type.empty()) field["columnType"] = meaning.concept_type;
    if (!meaning.phase.empty()) field["normalize"] = {{"phase", meaning.phase}};
    return field;
}

bool has_phases(const OpenTable& table) {
    return std::any_of(table.fields.begin(), table.fields.end(),
                       [](const OpenField& one) { return !one.phase.empty(); });
}

// What one long table would hold beside the columns of the file: an amount and its phase a row.
Json extra_fields(const OpenTable& table, const std::string& currency) {
    Json fields = Json::array();
    if (has_phases(table)) {
        fields.push_back({{"name", "phase"}, {"type", "string"}, {"columnType", "phase:id"}});
        fields.push_back({{"name", "amount"},
                          {"type", "number"},
                          {"columnType", "value"},
                          {"normalizationTarget", true}});
    }
    fields.push_back({{"name", "currency"},
                      {"type", "string"},
                      {"columnType", "value-currency:code"},
                      {"constant", currency}});
    return fields;
}

Json resource_of(const OpenTable& table, const std::string& content, const std::string& currency) {
    Json fields = Json::array();
    bool money = false;
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        const Column& column = table.table.columns[i];
        fields.push_back(field_of(column, table.fields[i]));
        money = money || column.type == Type::money;
    }
    Json schema{{"fields", std::move(fields)}, {"missingValues", {""}}};
    if (!table.key.empty()) schema["primaryKey"] = table.key;
    if (money) schema["extraFields"] = extra_fields(table, currency);
    return {{"profile", "tabular-data-resource"},
            {"name", table.name},
            {"title", table.title},
            {"description", table.description},
            {"path", table.name + ".csv"},
            {"format", "csv"},
            {"mediatype", "text/csv"},
            {"encoding", "utf-8"},
            {"bytes", content.size()},
            {"hash", "sha256:" + sha256(content)},
            {"dialect",
             {{"delimiter", ","},
              {"lineTerminator", "\r\n"},
              {"quoteChar", "\""},
              {"doubleQuote", true},
              {"header", true}}},
            {"schema", std::move(schema)}};
}

Json dimension(const char* type, Json attributes, Json key) {
    return {{"dimensionType", type},
            {"attributes", std::move(attributes)},
            {"primaryKey", std::move(key)}};
}

Json attribute(const char* column) { return {{"source", column}, {"resource", "budget"}}; }

// The logical model of the table of fiscal years, by version 0.3 of the specification.
Json model_of(const std::string& currency) {
    Json measures;
    for (const char* phase : {"approved", "adjusted", "executed"}) {
        measures[phase] = attribute(phase);
        measures[phase]["currency"] = currency;
        measures[phase]["direction"] = "expenditure";
        measures[phase]["phase"] = phase;
    }
    Json title = attribute("category_title");
    title["labelfor"] = "category";
    Json category = dimension("classification",
                              {{"category", attribute("category")}, {"category_title", title}},
                              Json::array({"category"}));
    category["classificationType"] = "economic";
    return {
        {"measures", measures},
        {"dimensions",
         {{"category", category},
          {"fiscal_year", dimension("datetime", {{"fiscal_year", attribute("fiscal_year")}},
                                    Json::array({"fiscal_year"}))},
          {"date", dimension("datetime", {{"date", attribute("date")}}, Json::array({"date"}))}}}};
}

std::string description(const OpenData& data) {
    return "Budget and spending of " + data.review.name() + " as of " + to_text(data.as_of) +
           ", from closed figures, in " + std::string(data.review.currency().code()) +
           ". Approved is what was first given, adjusted what was given by the day, executed what "
           "was spent. It was made from " +
           std::to_string(data.events) +
           " events of the review's log; ledger.head is the hash of the last of them.";
}

}  // namespace

std::string package_name(const OpenData& data) {
    std::string name = data.review.key().text();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name + "-budget";
}

std::vector<PackageFile> data_package(const OpenData& data) {
    const std::string currency(data.review.currency().code());
    std::vector<PackageFile> files;
    Json resources = Json::array();
    for (const OpenTable& table : data.tables) {
        files.push_back({table.name + ".csv", csv_of(table)});
        resources.push_back(resource_of(table, files.back().content, currency));
    }
    const Json descriptor{
        {"profile", "fiscal-data-package"},
        {"name", package_name(data)},
        {"title", data.review.name() + ": budget and spending"},
        {"description", description(data)},
        {"granularity", "aggregated"},
        {"fiscalPeriod",
         {{"start", to_text(std::min(data.review.start(), data.as_of))},
          {"end", to_text(data.as_of)}}},
        {"columnTypes", {"https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"}},
        {"ledger",
         {{"review", data.review.key().text()},
          {"as_of", to_text(data.as_of)},
          {"events", data.events},
          {"head", data.head}}},
        {"resources", std::move(resources)},
        {"model", model_of(currency)}};
    files.push_back({"datapackage.json",
                     descriptor.dump(2, ' ', false, Json::error_handler_t::replace) + '\n'});
    return files;
}

}  // namespace purser::format
