#include "store/file_rows.hpp"

#include <sodium.h>
#include <vector>

#include "values/error.hpp"

namespace purser {
namespace {

constexpr int variant = sodium_base64_VARIANT_ORIGINAL;

std::string encoded(const std::string& content) {
    std::string text(sodium_base64_ENCODED_LEN(content.size(), variant), '\0');
    const std::vector<unsigned char> bytes(content.begin(), content.end());
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.resize(text.size() - 1);  // its own end mark
    return text;
}

}  // namespace

std::optional<std::string> decoded(const std::string& content) {
    std::vector<unsigned char> bytes(content.size());
    std::size_t size = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), content.data(), content.size(), nullptr,
                          &size, nullptr, variant) != 0) {
        return {};
    }
    return std::string(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
}

void keep_file(Database& database, const std::string& digest, const std::string& name,
               const std::string& content) {
    const std::string text = encoded(content);
    database.sql() << "INSERT INTO file (digest, name, content) VALUES (:digest, :name, :content) "
                      "ON CONFLICT (digest) DO NOTHING",
        soci::use(digest), soci::use(name), soci::use(text);
}

bool has_file(Database& database, const std::string& digest) {
    int found = 0;
    database.sql() << "SELECT COUNT(*) FROM file WHERE digest = :digest", soci::use(digest),
        soci::into(found);
    return found != 0;
}

std::optional<std::string> load_file(Database& database, const std::string& digest) {
    std::string text;
    soci::indicator found = soci::i_null;
    database.sql() << "SELECT MAX(content) FROM file WHERE digest = :digest", soci::use(digest),
        soci::into(text, found);
    if (found != soci::i_ok) return {};
    auto content = decoded(text);
    if (!content) throw Broken("the file " + digest + " cannot be read", "try: purser verify");
    return content;
}

std::string file_name(Database& database, const std::string& digest) {
    std::string text;
    soci::indicator found = soci::i_null;
    database.sql() << "SELECT MAX(name) FROM file WHERE digest = :digest", soci::use(digest),
        soci::into(text, found);
    return found == soci::i_ok ? text : "";
}

void delete_file(Database& database, const std::string& digest) {
    database.sql() << "DELETE FROM file WHERE digest = :digest", soci::use(digest);
}

}  // namespace purser
