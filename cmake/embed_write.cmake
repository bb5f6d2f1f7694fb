# The build step of purser_embed: writes the header and the source.
# Bytes become "\x41\x42…" in short adjacent literals: right for any content,
# and no single literal comes near the limits of a compiler.
cmake_policy(VERSION 3.25)

file(READ ${list} files)
string(STRIP "${files}" files)

set(entries "")
set(count 0)
foreach(file IN LISTS files)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${folder} OUTPUT_VARIABLE path)
    file(READ ${file} bytes HEX)
    file(SIZE ${file} size)
    file(SHA256 ${file} digest)
    string(REPEAT "." 64 line)
    string(REGEX REPLACE "(${line})" "\\1\"\n    \"" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
    string(APPEND entries
        "    {\"${path}\", \"${digest}\", {\n    \"${bytes}\", ${size}}},\n")
    math(EXPR count "${count} + 1")
endforeach()

file(WRITE ${header}
"// The files of ${name}/ as they were when the program was built. Generated.
// A path is relative to ${name}/; asking for one that is not there is a mistake
// inside the program.
#pragma once

#include <string_view>
#include <vector>

namespace purser::embedded::${name} {

std::string_view file(std::string_view path);
std::string_view digest(std::string_view path);  // its SHA-256

// Paths that begin with the prefix, sorted.
std::vector<std::string_view> names(std::string_view prefix = {});

}  // namespace purser::embedded::${name}
")

file(WRITE ${source}
"#include \"embedded/${name}.hpp\"

#include <array>
#include <cassert>

namespace purser::embedded::${name} {
namespace {

struct Entry {
    std::string_view path, digest, bytes;
};

constexpr std::array<Entry, ${count}> entries{{
${entries}}};

const Entry& find(std::string_view path) {
    for (const Entry& entry : entries) {
        if (entry.path == path) return entry;
    }
    assert(!\"a file that was compiled in\");
    return entries.front();
}

}  // namespace

std::string_view file(std::string_view path) { return find(path).bytes; }
std::string_view digest(std::string_view path) { return find(path).digest; }

std::vector<std::string_view> names(std::string_view prefix) {
    std::vector<std::string_view> found;
    for (const Entry& entry : entries) {
        if (entry.path.starts_with(prefix)) found.push_back(entry.path);
    }
    return found;
}

}  // namespace purser::embedded::${name}
")
