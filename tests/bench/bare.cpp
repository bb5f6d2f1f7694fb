// What tools/bench holds Purser against: the same work by the libraries alone.
//
//     bare run REPORT COMMAND…     runs it; writes seconds, peak memory (kB), exit code
//     bare sqlite BOOK COPY        inserts a book's rows into a new one; prints seconds
//     bare xlsx REGISTER.csv OUT   writes a register's cells as a workbook; prints seconds
//
// Reading is not what is measured: rows are read in stretches while the clock stands still.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>
#include <xlsxwriter.h>

namespace {

constexpr std::size_t stretch = 20'000;

class StopWatch {
public:
    void start() { begun_ = Clock::now(); }
    void stop() { seconds_ += std::chrono::duration<double>(Clock::now() - begun_).count(); }
    double seconds() const { return seconds_; }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point begun_;
    double seconds_ = 0;
};

// A process of its own, so that its peak memory is not that of a large parent.
int run(char** arguments) {
    StopWatch watch;
    watch.start();
    const pid_t child = fork();
    if (child == 0) {
        execvp(arguments[1], arguments + 1);
        std::perror(arguments[1]);
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        throw std::runtime_error("no child");
    watch.stop();
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    std::ofstream(arguments[0]) << watch.seconds() << ' ' << usage.ru_maxrss << ' ' << code << '\n';
    return code;
}

class Connection {
public:
    explicit Connection(const char* path) { check(sqlite3_open(path, &handle_)); }
    ~Connection() { sqlite3_close(handle_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    sqlite3* get() { return handle_; }
    void script(const std::string& text) {
        check(sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr));
    }
    void check(int code) {
        if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    void close() {
        check(sqlite3_close(handle_));
        handle_ = nullptr;
    }

private:
    sqlite3* handle_ = nullptr;
};

using Row = std::vector<sqlite3_value*>;

// The rows of one table, in stretches, and the statement that inserts them.
class Table {
public:
    Table(Connection& from, Connection& to, const std::string& name, const std::string& order) {
        const std::string select = "SELECT * FROM " + name + " ORDER BY " + order;
        from.check(sqlite3_prepare_v2(from.get(), select.c_str(), -1, &select_, nullptr));
        columns_ = sqlite3_column_count(select_);
        std::string insert = "INSERT INTO " + name + " VALUES (?";
        for (int i = 1; i < columns_; ++i) insert += ",?";
        insert += ')';
        to.check(sqlite3_prepare_v2(to.get(), insert.c_str(), -1, &insert_, nullptr));
        for (int i = 0; i < columns_; ++i) {
            if (std::strcmp(sqlite3_column_name(select_, i), "seq") == 0) seq_column_ = i;
        }
        read();
    }
    ~Table() {
        clear();
        sqlite3_finalize(select_);
        sqlite3_finalize(insert_);
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    void read() {
        clear();
        while (rows_.size() < stretch && !done_) {
            done_ = sqlite3_step(select_) != SQLITE_ROW;  // another step would begin anew
            if (done_) return;
            Row row;
            for (int i = 0; i < columns_; ++i) {
                row.push_back(sqlite3_value_dup(sqlite3_column_value(select_, i)));
            }
            rows_.push_back(std::move(row));
        }
    }
    bool used_up() const { return at_ == rows_.size(); }
    bool is_at_end() const { return rows_.empty(); }
    sqlite3_int64 seq() const {
        return sqlite3_value_int64(rows_[at_][static_cast<std::size_t>(seq_column_)]);
    }
    void insert() {
        const Row& row = rows_[at_++];
        for (int i = 0; i < columns_; ++i) {
            sqlite3_bind_value(insert_, i + 1, row[static_cast<std::size_t>(i)]);
        }
        if (sqlite3_step(insert_) != SQLITE_DONE)
            throw std::runtime_error("a row was not inserted");
        sqlite3_reset(insert_);
    }

private:
    void clear() {
        for (Row& row : rows_) {
            for (sqlite3_value* value : row) sqlite3_value_free(value);
        }
        rows_.clear();
        at_ = 0;
    }
    sqlite3_stmt* select_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    int columns_ = 0;
    int seq_column_ = 0;
    bool done_ = false;
    std::vector<Row> rows_;
    std::size_t at_ = 0;
};

std::vector<std::string> texts(Connection& from, const std::string& sql) {
    std::vector<std::string> result;
    const auto keep = [](void* to, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(to)->emplace_back(values[0]);
        return 0;
    };
    from.check(sqlite3_exec(from.get(), sql.c_str(), keep, &result, nullptr));
    return result;
}

void insert_all(Table& table, StopWatch& watch) {
    for (; !table.is_at_end(); table.read()) {
        watch.start();
        while (!table.used_up()) table.insert();
        watch.stop();
    }
}

// Each event, and the expense that it made, as an import writes them.
void insert_events(Connection& from, Connection& to, StopWatch& watch) {
    Table expense(from, to, "expense", "review, number");
    Table event(from, to, "event", "review, seq");
    for (; !event.is_at_end(); event.read()) {
        watch.start();
        while (!event.used_up()) {
            const auto seq = event.seq();
            event.insert();
            if (expense.used_up()) {
                watch.stop();
                expense.read();
                watch.start();
            }
            if (!expense.used_up() && expense.seq() == seq) expense.insert();
        }
        watch.stop();
    }
    insert_all(expense, watch);
}

int sqlite(const char* book, const char* copy) {
    Connection from(book);
    Connection to(copy);
    const char* const pragmas =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -24000;"
        "PRAGMA secure_delete = OFF;";
    to.script(pragmas);
    for (const auto& sql : texts(from,
                                 "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN "
                                 "('table', 'index') ORDER BY type DESC")) {
        to.script(sql);
    }
    StopWatch watch;
    to.script("BEGIN IMMEDIATE");
    insert_events(from, to, watch);
    for (const auto& name : texts(from,
                                  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name "
                                  "NOT IN ('event', 'expense')")) {
        Table table(from, to, name, "1");
        insert_all(table, watch);
    }
    watch.start();
    to.script("COMMIT");
    to.close();
    watch.stop();
    std::printf("%.6f\n", watch.seconds());
    return 0;
}

// One record of a CSV file; false at its end.
bool read_record(std::istream& in, std::vector<std::string>& cells) {
    cells.clear();
    if (in.peek() == EOF) return false;
    std::string cell;
    bool quoted = false;
    for (int c = in.get(); c != EOF; c = in.get()) {
        if (quoted) {
            if (c != '"') {
                cell += static_cast<char>(c);
            } else if (in.peek() == '"') {
                cell += static_cast<char>(in.get());
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',' || c == '\n') {
            cells.push_back(std::move(cell));
            cell.clear();
            if (c == '\n') return true;
        } else if (c != '\r') {
            cell += static_cast<char>(c);
        }
    }
    cells.push_back(std::move(cell));
    return true;
}

bool is_amount(const std::string& text) {
    return text.find('.') != std::string::npos &&
           text.find_first_not_of("-0123456789.") == std::string::npos;
}

bool is_day(const std::string& text) {
    return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
           text.find_first_not_of("-0123456789") == std::string::npos;
}

// Columns that a register keeps for machines; its workbook leaves them out.
bool is_for_machines(const std::string& title) { return title == "id" || title == "document_date"; }

int xlsx(const char* csv, const char* out) {
    std::ifstream in(csv, std::ios::binary);
    StopWatch watch;
    watch.start();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    lxw_workbook* const book = workbook_new_opt(out, &options);
    lxw_worksheet* const sheet = workbook_add_worksheet(book, "Register");
    lxw_format* const day = workbook_add_format(book);
    format_set_num_format(day, "[$-409]d\\-mmm\\-yyyy");
    lxw_format* const money = workbook_add_format(book);
    format_set_num_format(money, "#,##0.00_);(#,##0.00)");
    lxw_format* const text = workbook_add_format(book);
    format_set_text_wrap(text);
    watch.stop();
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> cells;
    std::vector<std::size_t> shown;
    lxw_row_t row = 0;
    do {
        rows.clear();
        while (rows.size() < stretch && read_record(in, cells)) rows.push_back(cells);
        for (std::size_t i = 0; row == 0 && i < rows.at(0).size(); ++i) {
            if (!is_for_machines(rows[0][i])) shown.push_back(i);
        }
        watch.start();
        for (const auto& record : rows) {
            for (std::size_t i = 0; i < shown.size(); ++i) {
                const auto column = static_cast<lxw_col_t>(i);
                const std::string& cell = record.at(shown[i]);
                if (is_amount(cell)) {
                    worksheet_write_number(sheet, row, column, std::strtod(cell.c_str(), nullptr),
                                           money);
                } else if (is_day(cell)) {
                    lxw_datetime when{std::atoi(cell.c_str()),
                                      std::atoi(cell.c_str() + 5),
                                      std::atoi(cell.c_str() + 8),
                                      0,
                                      0,
                                      0};
                    worksheet_write_datetime(sheet, row, column, &when, day);
                } else if (!cell.empty()) {
                    worksheet_write_string(sheet, row, column, cell.c_str(), text);
                } else {
                    worksheet_write_blank(sheet, row, column, text);
                }
            }
            ++row;
        }
        watch.stop();
    } while (rows.size() == stretch);
    watch.start();
    if (workbook_close(book) != LXW_NO_ERROR) throw std::runtime_error("no workbook was written");
    watch.stop();
    std::printf("%.6f\n", watch.seconds());
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string what = count > 1 ? arguments[1] : "";
    try {
        if (what == "run" && count > 3) return run(arguments + 2);
        if (what == "sqlite" && count == 4) return sqlite(arguments[2], arguments[3]);
        if (what == "xlsx" && count == 4) return xlsx(arguments[2], arguments[3]);
    } catch (const std::exception& error) {
        std::cerr << "bare: " << error.what() << '\n';
        return 3;
    }
    std::cerr << "bare run REPORT COMMAND... | sqlite BOOK COPY | xlsx REGISTER.csv OUT\n";
    return 2;
}
