// The books that requests share: each for one thread at a time, with its own commands, since these
// hold what was asked.
//
// There are as many as threads that ever needed one at once. Who reads can only read; those that
// write take turns, each for its transaction alone, however long the rest of a request takes.
#pragma once

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
    explicit Books(std::string location);  // Broken when there is no book to be read

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
    Lent writer() { return take(writers_, true); }
    const std::string& location() const { return location_; }

private:
    using Shelf = std::vector<std::unique_ptr<Place>>;
    Lent take(Shelf& shelf, bool writes);
    void give_back(std::unique_ptr<Place> place, bool writes);

    std::string location_;
    std::timed_mutex turn_;
    std::mutex mutex_;
    Shelf readers_, writers_;
};

}  // namespace purser::web
