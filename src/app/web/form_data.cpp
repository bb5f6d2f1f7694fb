#include "app/web/form_data.hpp"

#include <boost/beast/http/rfc7230.hpp>
#include <charconv>

#include "values/error.hpp"

namespace purser::web {
namespace {

constexpr std::size_t most_fields = 1000;
constexpr std::size_t longest_part_head = 4096;

[[noreturn]] void refuse(const std::string& what) {
    throw BadInput(what, "load the page again, then send it again");
}

enum class Plus { is_plus, is_blank };

// "%20" as a blank; half an escape is none.
std::string decoded(std::string_view text, Plus plus) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_blank) {
            result += ' ';
        } else if (text[i] != '%') {
            result += text[i];
        } else {
            unsigned byte = 0;
            const std::string_view hex = text.substr(i + 1, 2);
            const auto [end, error] = std::from_chars(hex.begin(), hex.end(), byte, 16);
            if (hex.size() != 2 || error != std::errc{} || end != hex.end()) {
                refuse("the address or the form has a % that stands for nothing");
            }
            result += static_cast<char>(byte);
            i += 2;
        }
    }
    return result;
}

void require_few(std::size_t count) {
    if (count >= most_fields) refuse("a form has more than 1,000 fields");
}

// "a=1&b=2"
void read_fields(std::string_view text, Request& request) {
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (field.empty()) continue;
        require_few(request.fields.size());
        const auto mark = std::min(field.find('='), field.size());
        const std::string_view value = field.substr(std::min(mark + 1, field.size()));
        request.fields.emplace(decoded(field.substr(0, mark), Plus::is_blank),
                               decoded(value, Plus::is_blank));
    }
}

bool is_same(std::string_view text, std::string_view other) {
    return boost::beast::iequals({text.data(), text.size()}, {other.data(), other.size()});
}

// A parameter of a header's value: boundary of `multipart/form-data; boundary="x"`.
std::optional<std::string> parameter(std::string_view value, std::string_view name) {
    const auto begin = value.find(';');
    if (begin == std::string_view::npos) return {};
    const std::string_view rest = value.substr(begin);
    for (const auto& [key, text] : boost::beast::http::param_list({rest.data(), rest.size()})) {
        if (is_same({key.data(), key.size()}, name)) return std::string(text);
    }
    return {};
}

// The value of Content-Disposition among the headers of a part.
std::string_view disposition_of(std::string_view headers) {
    while (!headers.empty()) {
        const auto end = std::min(headers.find("\r\n"), headers.size());
        const std::string_view line = headers.substr(0, end);
        headers.remove_prefix(std::min(end + 2, headers.size()));
        const auto colon = line.find(':');
        if (colon != std::string_view::npos &&
            is_same(line.substr(0, colon), "content-disposition")) {
            return line.substr(colon + 1);
        }
    }
    return {};
}

void take_part(std::string_view headers, std::string_view content, Request& request) {
    const std::string_view disposition = disposition_of(headers);
    const auto name = parameter(disposition, "name");
    if (!name) refuse("a part of the form has no name");
    require_few(request.fields.size() + request.uploads.size());
    const auto file = parameter(disposition, "filename");
    if (!file) {
        request.fields.emplace(*name, content);
    } else if (!file->empty()) {
        request.uploads.emplace(*name, Upload{*file, std::string(content)});
    }
}

void read_parts(std::string_view body, const std::string& boundary, Request& request) {
    const std::string mark = "\r\n--" + boundary;
    if (!body.starts_with(std::string_view(mark).substr(2))) refuse("a form does not begin");
    body.remove_prefix(mark.size() - 2);
    while (!body.starts_with("--")) {
        const auto head = body.substr(0, longest_part_head).find("\r\n\r\n");
        const auto end =
            head == std::string_view::npos ? std::string_view::npos : body.find(mark, head + 2);
        if (!body.starts_with("\r\n") || end == std::string_view::npos)
            refuse("a form does not end");
        const std::size_t begin = std::min(head + 4, end);
        take_part(body.substr(2, head - std::min<std::size_t>(head, 2)),
                  body.substr(begin, end - begin), request);
        body.remove_prefix(end + mark.size());
    }
}

}  // namespace

void read_target(Request& request) {
    const std::string_view target = request.target;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = decoded(target.substr(0, mark), Plus::is_plus);
    read_fields(target.substr(std::min(mark + 1, target.size())), request);
}

void read_form(Request& request) {
    const std::string type = request.header("content-type");
    const std::string_view kind = std::string_view(type).substr(0, type.find_first_of("; "));
    if (is_same(kind, "application/x-www-form-urlencoded")) {
        read_fields(request.body, request);
    } else if (is_same(kind, "multipart/form-data")) {
        const auto boundary = parameter(type, "boundary");
        if (!boundary || boundary->empty() || boundary->size() > 70) {
            refuse("a form does not say what stands between its parts");
        }
        read_parts(request.body, *boundary, request);
    } else {
        return;
    }
    request.body.clear();
    request.body.shrink_to_fit();
}

}  // namespace purser::web
