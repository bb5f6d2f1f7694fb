#include "format/plain_text_accounting.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <string>

#include "values/error.hpp"

namespace purser::format {
namespace {

using report::Journal;
using report::Transaction;

// One line, without white space at its ends or twice in a row: two blanks would end a
// description in ledger.
std::string one_line(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n';
        if (!blank) {
            result += c;
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

// Free text behind a description of hledger or ledger: `;` begins a comment, `|` ends a payee.
std::string plain(std::string_view text) {
    std::string result = one_line(text);
    std::replace(result.begin(), result.end(), ';', ',');
    std::replace(result.begin(), result.end(), '|', '/');
    return result;
}

std::string literal(std::string_view text) {
    std::string result = "\"";
    for (const char c : one_line(text)) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string with_reason(const Transaction& transaction) {
    if (transaction.reason.empty()) return transaction.description;
    return transaction.description + ": " + transaction.reason;
}

std::string amount(const Money& money) {
    return money.text() + ' ' + std::string(money.currency().code());
}

void put_heading(const Journal& journal, std::ostream& out) {
    out << "; " << one_line(journal.review.key().text() + ": " + journal.review.name()) << '\n';
    for (const auto& category : journal.review.categories()) {
        out << "; " << one_line(category.code + ": " + category.title) << '\n';
    }
    out << '\n';
}

// A thousand with the currency's decimals: the point is there also where none follow.
std::string sample(Currency currency) {
    const std::string text = amount(Money::of_minor(1000 * currency.minor_per_unit(), currency));
    return currency.decimals() > 0 ? text : "1000. " + std::string(currency.code());
}

std::string account_name(const Journal& journal, const Account& account) {
    return journal.review.key().text() + ':' + account.text();
}

// What hledger's statements take an account for: equity, expense or asset.
char kind_of(Bucket bucket) {
    switch (bucket) {
        case Bucket::authority: return 'E';
        case Bucket::outside:
        case Bucket::spent: return 'X';
        case Bucket::unallotted:
        case Bucket::free:
        case Bucket::requested:
        case Bucket::committed: return 'A';
    }
    return 'A';
}

void put_hledger_directives(const Journal& journal, std::ostream& out) {
    out << "decimal-mark .\ncommodity " << sample(journal.review.currency()) << "\n\n";
    for (const auto& [account, first] : journal.accounts) {
        out << "account " << account_name(journal, account)
            << "  ; type: " << kind_of(account.bucket) << '\n';
    }
    out << '\n';
}

void put_ledger_directives(const Journal& journal, std::ostream& out) {
    const Currency currency = journal.review.currency();
    const std::string text = amount(Money::of_minor(1000 * currency.minor_per_unit(), currency));
    out << "commodity " << currency.code() << "\n    format " << text << "\n\n";
    for (const auto tag : journal.tags) out << "tag " << tag << '\n';
    out << '\n';
    for (const auto& [account, first] : journal.accounts) {
        out << "account " << account_name(journal, account) << '\n';
    }
    out << '\n';
}

void put_transaction(const Journal& journal, const Transaction& transaction, std::ostream& out) {
    out << to_text(transaction.on) << " (" << transaction.code << ") "
        << plain(with_reason(transaction)) << '\n';
    for (const auto& [key, value] : transaction.tags)
        out << "    ; " << key << ": " << value << '\n';
    for (const auto& posting : transaction.postings) {
        out << "    " << account_name(journal, posting.account) << "  " << amount(posting.amount)
            << '\n';
    }
    out << '\n';
}

// beancount's names of accounts, each made once.
class BeancountNames {
public:
    explicit BeancountNames(const Journal& journal) : key_(journal.review.key().text()) {
        std::map<std::string, int> taken;
        for (const auto& category : journal.review.categories()) {
            std::string name = component(category.code);
            while (++taken[name] > 1) name += '-' + std::to_string(taken[name]);
            categories_[category.code] = name;
        }
        for (const auto& [account, first] : journal.accounts) names_[account] = made(account);
    }
    const std::string& of(const Account& account) const { return names_.at(account); }

private:
    static std::string component(std::string text) {
        text.front() = static_cast<char>(
            text.front() >= 'a' && text.front() <= 'z' ? text.front() - 'a' + 'A' : text.front());
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '.' || c == '_'; }, '-');
        return text;
    }
    std::string made(const Account& account) const {
        const char kind = kind_of(account.bucket);
        std::string text = kind == 'E' ? "Equity:" : kind == 'X' ? "Expenses:" : "Assets:";
        text += key_ + ':' + categories_.at(account.category);
        if (account.year) text += ':' + account.year->text();
        return text + ':' + component(std::string(name(account.bucket)));
    }
    std::string key_;
    std::map<std::string, std::string> categories_;
    std::map<Account, std::string> names_;
};

void put_beancount(const Journal& journal, std::ostream& out) {
    const BeancountNames names(journal);
    const Review& review = journal.review;
    const std::string currency(review.currency().code());
    out << "option \"title\" " << literal(review.key().text() + ": " + review.name()) << '\n'
        << "option \"operating_currency\" \"" << currency << "\"\n\n";
    for (const auto& [account, first] : journal.accounts) {
        out << to_text(first) << " open " << names.of(account) << ' ' << currency
            << "\n  category: " << literal(account.category) << '\n';
    }
    out << '\n';
    journal.transactions([&](const Transaction& transaction) {
        out << to_text(transaction.on) << " * " << literal(with_reason(transaction)) << '\n';
        for (const auto& [key, value] : transaction.tags) {
            out << "  " << key << ": " << literal(value) << '\n';
        }
        for (const auto& posting : transaction.postings) {
            out << "  " << names.of(posting.account) << "  " << amount(posting.amount) << '\n';
        }
        out << '\n';
    });
}

}  // namespace

std::string_view name(JournalFormat format) {
    switch (format) {
        case JournalFormat::hledger: return "hledger";
        case JournalFormat::ledger: return "ledger";
        case JournalFormat::beancount: return "beancount";
    }
    return {};
}

void write(const report::Journal& journal, JournalFormat format, std::ostream& out) {
    put_heading(journal, out);
    if (format == JournalFormat::beancount) {
        put_beancount(journal, out);
    } else {
        format == JournalFormat::hledger ? put_hledger_directives(journal, out)
                                         : put_ledger_directives(journal, out);
        journal.transactions(
            [&](const Transaction& transaction) { put_transaction(journal, transaction, out); });
    }
    out.flush();
    if (!out) throw Broken("the journal could not be written to its end");
}

}  // namespace purser::format
