#include "report/sorting.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <type_traits>

#include "store/sorter.hpp"
#include "values/closest.hpp"
#include "values/error.hpp"

namespace purser::report {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes that compare as the numbers do, those below zero too.
std::string key_of(std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63U);
    std::string key;
    for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>(bits >> shift & 0xFFU);
    return key;
}

// Letters of English in either case alike; a run of digits as the number that it is.
std::string key_of(const std::string& text) {
    std::string key;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i])) {
            const char c = text[i++];
            key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            continue;
        }
        while (text[i] == '0' && i + 1 < text.size() && is_digit(text[i + 1])) ++i;
        const auto begin = text.begin() + static_cast<std::ptrdiff_t>(i);
        const auto length = std::find_if_not(begin, text.end(), is_digit) - begin;
        key += '0';
        key += static_cast<char>(std::min<std::ptrdiff_t>(length, 255));
        key.append(begin, begin + length);
        i += static_cast<std::size_t>(length);
    }
    return key;
}

struct KeyOf {
    std::optional<std::string> operator()(std::monostate) const { return {}; }
    std::optional<std::string> operator()(const std::string& text) const { return key_of(text); }
    std::optional<std::string> operator()(const Money& amount) const {
        return std::string(amount.currency().code()) + key_of(amount.amount_minor());
    }
    std::optional<std::string> operator()(Date day) const { return to_text(day); }
    std::optional<std::string> operator()(std::int64_t count) const { return key_of(count); }
    std::optional<std::string> operator()(bool truth) const { return truth ? "1" : "0"; }
    std::optional<std::string> operator()(const std::vector<std::string>& texts) const {
        std::string all;
        for (const auto& text : texts) all += text + '\n';
        return key_of(all);
    }
};

// A row as bytes, for this run of the program only.
class Packer {
public:
    const std::string& pack(const Row& row) {
        bytes_.clear();
        for (const Value& value : row) {
            bytes_ += static_cast<char>(value.index());
            std::visit([this](const auto& one) { put(one); }, value);
        }
        return bytes_;
    }

private:
    void put(std::monostate) {}
    void put(const std::string& text) {
        put(static_cast<std::int64_t>(text.size()));
        bytes_ += text;
    }
    void put(const std::vector<std::string>& texts) {
        put(static_cast<std::int64_t>(texts.size()));
        for (const auto& text : texts) put(text);
    }
    template <typename Plain> void put(const Plain& plain) {
        static_assert(std::is_trivially_copyable_v<Plain>);
        bytes_.append(reinterpret_cast<const char*>(&plain), sizeof plain);
    }
    std::string bytes_;
};

class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

    Row row() {
        Row row;
        while (!rest_.empty()) {
            const std::size_t index = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            row.push_back(value<0>(index));
        }
        return row;
    }

private:
    template <std::size_t at> Value value(std::size_t index) {
        if constexpr (at < std::variant_size_v<Value>) {
            if (index == at) return take<std::variant_alternative_t<at, Value>>();
            return value<at + 1>(index);
        } else {
            throw Broken("a row that was sorted cannot be read");
        }
    }
    template <typename Kind> Kind take() {
        if constexpr (std::is_same_v<Kind, std::monostate>) {
            return {};
        } else if constexpr (std::is_same_v<Kind, std::string>) {
            const auto size = static_cast<std::size_t>(take<std::int64_t>());
            std::string text(rest_.substr(0, size));
            rest_.remove_prefix(size);
            return text;
        } else if constexpr (std::is_same_v<Kind, std::vector<std::string>>) {
            std::vector<std::string> texts(static_cast<std::size_t>(take<std::int64_t>()));
            for (auto& text : texts) text = take<std::string>();
            return texts;
        } else {
            std::array<char, sizeof(Kind)> bytes;
            rest_.copy(bytes.data(), bytes.size());
            rest_.remove_prefix(bytes.size());
            return std::bit_cast<Kind>(bytes);
        }
    }
    std::string_view rest_;
};

std::size_t place_of(const Table& table, const std::string& key) {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].key.empty()) continue;
        if (table.columns[i].key == key) return i;
        known.push_back(table.columns[i].key);
    }
    throw BadInput("'" + key + "' is no column of this list", did_you_mean(key, known));
}

}  // namespace

Sorting parse_sorting(std::string_view text) {
    const bool falling = text.starts_with('-');
    return {std::string(text.substr(falling ? 1 : 0)), falling};
}

Table* list_of(Section& section) {
    for (auto& table : section.tables) {
        if (table.primary) return &table;
    }
    for (auto& inner : section.sections) {
        if (auto* const found = list_of(inner)) return found;
    }
    return nullptr;
}

Document sorted(Document document, const Sorting& by) {
    Table* const table = list_of(document.body);
    if (table == nullptr) throw BadInput("this is no list that can be sorted");
    const std::size_t place = place_of(*table, by.column);
    const auto sorter = std::make_shared<std::unique_ptr<Sorter>>();
    // Sorted when its rows are first asked for, and once.
    table->rows = [all = table->rows, place, falling = by.falling, sorter](const RowSink& sink) {
        if (*sorter == nullptr) {
            auto filled = std::make_unique<Sorter>();
            Packer packer;
            all([&](const Row& row) {
                filled->add(std::visit(KeyOf{}, row.at(place)), packer.pack(row));
            });
            *sorter = std::move(filled);
        }
        (*sorter)->each(falling, [&](std::string_view row) { return sink(Unpacker(row).row()); });
    };
    return document;
}

}  // namespace purser::report
