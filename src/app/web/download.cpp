#include "app/web/download.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <sstream>

#include "app/cli/file.hpp"
#include "format/format.hpp"
#include "format/pdf.hpp"
#include "store/digest.hpp"
#include "values/error.hpp"

namespace purser::web {
namespace {

std::string ending_of(const std::string& format) {
    if (format == "markdown") return "md";
    if (format == "text") return "txt";
    return format;
}

}  // namespace

std::string type_of(const std::string& format) {
    if (format == "html") return "text/html; charset=utf-8";
    if (format == "csv") return "text/csv; charset=utf-8";
    if (format == "json") return "application/json";
    if (format == "markdown") return "text/markdown; charset=utf-8";
    if (format == "pdf") return "application/pdf";
    if (format == "svg") return "image/svg+xml";
    if (format == "png" || format == "webp") return "image/" + format;
    if (format == "jpg" || format == "jpeg") return "image/jpeg";
    if (format == "xlsx") {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    if (format == "bin") return "application/octet-stream";
    return "text/plain; charset=utf-8";
}

std::vector<std::string> formats_of(const cli::Verb& verb) {
    std::vector<std::string> names;
    for (const auto& part : verb.parts()) {
        if (part.argument.name() != "--format") continue;
        std::string word;
        for (const char c : part.purpose.substr(0, part.purpose.find('(')) + ' ') {
            if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
                word += c;
            } else if (!word.empty()) {
                if (word != "or") names.push_back(word);
                word.clear();
            }
        }
    }
    return names;
}

std::string field_of(const std::string& part) {
    if (part.starts_with("--")) return part.substr(2);
    std::string name = part;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

Response attached(const std::string& name, const std::string& type, std::string bytes) {
    Response response;
    response.type = type;
    response.body = std::move(bytes);
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + '"');
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Response file_of(const std::string& name, const std::string& type,
                 const std::function<void(std::ostream&)>& write) {
    Response response = attached(name, type);
    response.file = {std::tmpfile(), [](std::FILE* file) {
                         if (file != nullptr) static_cast<void>(std::fclose(file));
                     }};
    if (response.file == nullptr) throw Broken("no temporary file can be made");
    cli::FileStream out(fileno(response.file.get()), "the temporary file");
    write(out);
    out.check();
    return response;
}

namespace {

// Equal pages are one pdf; the day that it bears stands on the page.
Response printed(Site& site, const format::PrintJob& job, const std::string& name) {
    const auto made = [] { return std::string("made"); };
    const auto print = [&] {
        std::ostringstream out;
        job.print(out);
        return out.str();
    };
    return attached(name, type_of("pdf"), site.papers_kept.page(sha256(job.page()), made, print));
}

}  // namespace

Response download(Visit& visit, const Deed& deed, const std::string& format) {
    const format::Format wanted = format::parse_format(format);
    std::string name = deed.path().substr(1);
    std::replace(name.begin(), name.end(), '/', '-');
    name += '.' + ending_of(format);
    std::shared_ptr<format::PrintJob> job;
    Response file = file_of(name, type_of(format), [&](std::ostream& out) {
        DeskSession::Mode mode;
        mode.audience = visit.request.field("audience");
        DeskSession session(visit, mode, [&](const report::Document& document) {
            if (wanted == format::Format::pdf) {
                job = std::make_shared<format::PrintJob>(document);
            } else {
                format::write(document, wanted, out);
            }
        });
        session.takes_kept(
            [&](const std::string&, const cli::Session::Write& write) { write(wanted, out); });
        fill(
            deed, [&](const std::string& field) { return visit.request.each(field); },
            [](const std::string&) { return std::vector<std::string>(); });
        deed.verb->run(session);
    });
    if (job == nullptr) return file;
    Response later;
    later.paper = [&site = visit.site, job, name] { return printed(site, *job, name); };
    return later;
}

}  // namespace purser::web
