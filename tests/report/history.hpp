// A random small history in a World: grants, also ones that end or are recorded late, allotments,
// moves, commitments, expenses, corrections, closed months and years.
//
// What a rule refuses does not happen; the seed decides everything.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "values/error.hpp"
#include "world.hpp"

namespace purser::test {

class History {
public:
    explicit History(World& world, unsigned seed) : world_(world), random_(seed) {}

    void play(int acts) {
        for (int i = 0; i < acts; ++i) {
            try {
                act();
            } catch (const Refused&) {
            } catch (const BadInput&) {
            }
        }
    }

    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
    }
    // A day of the two years that the history lies in, up to its today.
    std::string day() {
        const auto span = (parse_date(world_.today) - first_).count() + 1;
        return to_text(first_ + date::days{below(span)});
    }

private:
    std::string amount() { return std::to_string(1 + below(9'000)) + '.' + digit() + digit(); }
    std::string digit() { return std::to_string(below(10)); }
    std::string category() { return below(2) == 0 ? "services" : "travel"; }
    std::string year() { return below(3) == 0 ? "FY18" : "FY17"; }
    std::string recent() { return to_text(parse_date(world_.today) - date::days{below(20)}); }
    DocumentId some(const char* kind, std::int64_t count) {
        return DocumentId::parse("SSR2-" + std::string(kind) + std::to_string(1 + below(count)));
    }

    void act() {
        switch (below(16)) {
            case 0: world_.grant(category(), amount(), day()); break;
            case 1: world_.lower(category(), amount(), day()); break;
            case 2: {
                const Date last = parse_date(recent()) + date::days{below(60)};
                world_.book.grant(world_.by("olga"), world_.key,
                                  {category(),
                                   world_.money(amount()),
                                   "for a while",
                                   {},
                                   parse_date(recent()),
                                   last});
                break;
            }
            case 3:
            case 4: world_.allot(category(), amount(), year(), recent()); break;
            case 5: world_.unallot(category(), amount(), year(), recent()); break;
            case 6:
                world_.book.move(world_.by("olga"), world_.key,
                                 {"services", "travel", world_.money(amount()), "needed there",
                                  World::year(below(2) == 0 ? "" : year()), parse_date(recent())});
                break;
            case 7: {
                const Date expected = parse_date(world_.today) + date::days{below(300)};
                world_.open(category(), amount(), to_text(expected), recent());
                ++commitments_;
                break;
            }
            case 8:
                world_.submit(category(), amount(), recent());
                ++expenses_;
                break;
            case 9:
            case 10:
                world_.spend(category(), amount(), recent());
                ++expenses_;
                break;
            case 11:
                world_.spend(category(), amount(), recent(), some("C", commitments_).text());
                ++expenses_;
                break;
            case 12:
                world_.book.refund_expense(world_.by("olga"), some("E", expenses_),
                                           {world_.money(amount()), {}, "came back", {}});
                break;
            case 13:
                world_.book.reverse_expense(world_.by("olga"), some("E", expenses_), {"twice", {}});
                break;
            case 14:
                world_.book.close_commitment(world_.by("olga"), some("C", commitments_), {});
                break;
            case 15: pass_time(); break;
        }
    }

    // Forty days on; then the month that is over is closed.
    void pass_time() {
        const Date today = parse_date(world_.today) + date::days{40};
        world_.today = to_text(today);
        world_.close(to_text(today - date::days{40}).substr(0, 7));
    }

    World& world_;
    std::mt19937 random_;
    Date first_ = parse_date("2017-03-01");
    std::int64_t commitments_ = 1, expenses_ = 1;
};

}  // namespace purser::test
