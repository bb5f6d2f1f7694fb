// The books that requests share: several for reading, one for writing, each for one thread at a
// time.
//
// Each comes with its own commands, since these hold what was asked. Who finds none free for too
// long is told so (Broken) rather than kept.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/cli/nouns.hpp"
#include "store/access.hpp"
#include "store/book.hpp"

namespace purser::web {

struct Place {
    explicit Place(const std::string& location) : book(location), access(book) {
        cli::add_nouns(commands);
    }
    ~Place() = default;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    Book book;
    Access access;
    cli::Commands commands;
};

class Books {
public:
    Books(std::string location, std::size_t readers);

    // A place that is given back when the Lent goes.
    class Lent {
    public:
        Lent(Books& books, std::unique_ptr<Place> place, bool writes)
            : books_(&books), place_(std::move(place)), writes_(writes) {}
        ~Lent();
        Lent(Lent&&) noexcept = default;
        Lent(const Lent&) = delete;
        Lent& operator=(const Lent&) = delete;
        Lent& operator=(Lent&&) = delete;
        Place& operator*() const { return *place_; }
        Place* operator->() const { return place_.get(); }

    private:
        Books* books_;
        std::unique_ptr<Place> place_;
        bool writes_;
    };
    Lent reader() { return take(readers_, false); }
    Lent writer() { return take(writer_, true); }
    const std::string& location() const { return location_; }

private:
    struct Shelf {
        std::vector<std::unique_ptr<Place>> places;
        std::condition_variable returned;
    };
    Lent take(Shelf& shelf, bool writes);
    void give_back(std::unique_ptr<Place> place, bool writes);

    std::string location_;
    std::mutex mutex_;
    Shelf readers_, writer_;
};

}  // namespace purser::web
