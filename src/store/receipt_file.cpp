#include "store/receipt_file.hpp"

#include <fstream>

#include "store/digest.hpp"
#include "store/file_kind.hpp"
#include "store/file_rows.hpp"
#include "values/error.hpp"
#include "values/id.hpp"

namespace purser {
namespace {

constexpr std::uintmax_t receipt_limit = std::uintmax_t{10} * 1024 * 1024;

std::string content_of(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) throw BadInput("cannot read the receipt " + path.string());
    if (size == 0) throw BadInput("the receipt " + path.string() + " is empty");
    if (size > receipt_limit) {
        throw BadInput("the receipt " + path.string() + " is larger than 10 MB",
                       "scan it at a lower resolution");
    }
    std::ifstream in(path, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in) throw BadInput("cannot read the receipt " + path.string());
    if (!kind_of(content).is_receipt()) {
        throw BadInput(
            "the receipt " + path.filename().string() + " is neither a PDF nor a picture",
            "a PDF, PNG, JPEG or WebP file: its content counts, not its name");
    }
    return content;
}

}  // namespace

ReceiptFile read_receipt(const std::optional<std::filesystem::path>& path) {
    if (!path) return {};
    ReceiptFile receipt{*path, content_of(*path), {}};
    receipt.digest = sha256(receipt.content);
    return receipt;
}

void keep(Database& database, const ReceiptFile& receipt) {
    if (receipt.digest.empty()) return;
    const std::string name = receipt.path.stem().string() + '.';
    keep_file(database, receipt.digest,
              parse_text(name, "file name") + std::string(kind_of(receipt.content).ending),
              receipt.content);
}

}  // namespace purser
