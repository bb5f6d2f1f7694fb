#include "format/archive.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>
#include <zlib.h>

#include "values/error.hpp"

namespace purser::format {
namespace {

constexpr std::size_t kept = 512;  // bytes of a part's beginning and end that are looked at
constexpr std::size_t chunk = 65'536;

[[noreturn]] void incomplete(const std::string& what) {
    throw Broken("the workbook was written incompletely: " + what,
                 "is there room left on the disk for temporary files?");
}

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    if (at + size > bytes.size()) incomplete("its directory ends early");
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

std::string read(std::ifstream& file, std::uint64_t from, std::size_t size) {
    std::string bytes(size, '\0');
    file.clear();
    file.seekg(static_cast<std::streamoff>(from));
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

struct Part {
    std::string name;
    std::uint64_t header;  // where its local header stands
};

// The names and places from the directory at the file's end.
std::vector<Part> parts_of(std::ifstream& file, std::uint64_t size) {
    const std::uint64_t tail_begin = size > chunk ? size - chunk : 0;
    const std::string tail = read(file, tail_begin, chunk);
    const std::size_t end = tail.rfind("PK\x05\x06");
    if (end == std::string::npos) incomplete("it has no directory");
    const std::uint64_t count = number(tail, end + 10, 2);
    const std::string directory =
        read(file, number(tail, end + 16, 4), static_cast<std::size_t>(number(tail, end + 12, 4)));
    std::vector<Part> parts;
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto name = static_cast<std::size_t>(number(directory, at + 28, 2));
        const auto extra = static_cast<std::size_t>(number(directory, at + 30, 2));
        const auto comment = static_cast<std::size_t>(number(directory, at + 32, 2));
        parts.push_back({directory.substr(at + 46, name), number(directory, at + 42, 4)});
        at += 46 + name + extra + comment;
    }
    return parts;
}

class Inflater {
public:
    Inflater() {
        constexpr int raw_deflate = -15;
        if (inflateInit2(&stream_, raw_deflate) != Z_OK) incomplete("it cannot be read back");
    }
    ~Inflater() { inflateEnd(&stream_); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    // Feeds bytes on; true at the end of the compressed data.
    bool feed(std::string& bytes, std::string& head, std::string& tail) {
        stream_.next_in = reinterpret_cast<Bytef*>(bytes.data());
        stream_.avail_in = static_cast<uInt>(bytes.size());
        while (true) {
            stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
            stream_.avail_out = static_cast<uInt>(out_.size());
            const int result = inflate(&stream_, Z_NO_FLUSH);
            const std::string_view got(out_.data(), out_.size() - stream_.avail_out);
            if (head.size() < kept) head += got.substr(0, kept - head.size());
            tail += got.substr(got.size() - std::min(kept, got.size()));
            tail.erase(0, tail.size() - std::min(kept, tail.size()));
            if (result == Z_STREAM_END) return true;
            if (result != Z_OK && result != Z_BUF_ERROR) incomplete("it cannot be read back");
            if (stream_.avail_in == 0 && stream_.avail_out > 0) return false;
        }
    }

private:
    z_stream stream_{};
    std::array<char, chunk> out_{};
};

// "worksheet" of <?xml …?><worksheet xmlns=…>
std::string first_element(const std::string& head) {
    const std::size_t declared = head.starts_with("<?") ? head.find("?>") : 0;
    const std::size_t begin = head.find('<', std::min(declared, head.size()));
    if (begin == std::string::npos) return {};
    const std::size_t end = head.find_first_of(" \t\r\n/>", begin + 1);
    return end == std::string::npos ? std::string() : head.substr(begin + 1, end - begin - 1);
}

void check_part(std::ifstream& file, const Part& part) {
    const std::string local = read(file, part.header, 30);
    std::uint64_t at = part.header + 30 + number(local, 26, 2) + number(local, 28, 2);
    Inflater inflater;
    std::string head;
    std::string tail;
    for (bool ended = false; !ended;) {
        std::string bytes = read(file, at, chunk);
        if (bytes.empty()) incomplete(part.name + " ends early");
        at += bytes.size();
        ended = inflater.feed(bytes, head, tail);
    }
    while (!tail.empty() && (tail.back() == '\n' || tail.back() == '\r')) tail.pop_back();
    const std::string element = first_element(head);
    const bool whole = !element.empty() && (tail.ends_with("</" + element + '>') ||
                                            (head.size() < kept && tail.ends_with("/>")));
    if (!whole) incomplete(part.name + " ends early");
}

}  // namespace

void check_parts(const std::filesystem::path& workbook) {
    std::ifstream file(workbook, std::ios::binary);
    if (!file) incomplete("it cannot be opened");
    const std::vector<Part> parts = parts_of(file, std::filesystem::file_size(workbook));
    for (const Part& part : parts) check_part(file, part);
}

}  // namespace purser::format
