#include "values/closest.hpp"

#include <algorithm>
#include <cctype>

namespace purser {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

// Optimal string alignment: like Levenshtein, and a swap of neighbours counts one.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[a.size()][b.size()];
}

}  // namespace

std::string closest(std::string_view word, const std::vector<std::string>& known) {
    if (word.size() > 64) return {};
    const std::string wanted = lower(word);
    std::string best;
    std::size_t best_distance = 0;
    for (const auto& candidate : known) {
        const std::size_t d = distance(wanted, lower(candidate));
        const std::size_t limit = std::max<std::size_t>(1, candidate.size() / 3);
        if (d <= limit && (best.empty() || d < best_distance)) {
            best = candidate;
            best_distance = d;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    const std::string near = closest(word, known);
    if (!near.empty()) return "did you mean " + near + "?";
    if (known.empty() || known.size() > 8) return {};
    std::string list = "known: ";
    for (const auto& candidate : known) {
        if (&candidate != &known.front()) list += ", ";
        list += candidate;
    }
    return list;
}

}  // namespace purser
