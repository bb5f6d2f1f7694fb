#include "report/document.hpp"

namespace purser::report {

Rows rows_of(std::vector<Row> rows) {
    return [rows = std::move(rows)](const RowSink& sink) {
        for (const Row& row : rows) sink(row);
    };
}

}  // namespace purser::report
