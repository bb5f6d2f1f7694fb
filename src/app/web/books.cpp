#include "app/web/books.hpp"

#include <chrono>

#include "values/error.hpp"

namespace purser::web {

Books::Books(std::string location, std::size_t readers) : location_(std::move(location)) {
    for (std::size_t i = 0; i < readers; ++i) {
        readers_.push_back(std::make_unique<Place>(location_));
    }
    writer_.push_back(std::make_unique<Place>(location_));
}

Books::Lent::~Lent() {
    if (place_) books_->give_back(std::move(place_), writes_);
}

Books::Lent Books::take(Shelf& shelf, bool writes) {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, std::chrono::seconds(10), [&] { return !shelf.empty(); })) {
        throw Broken("too much is asked of the book at once", "try again in a moment");
    }
    std::unique_ptr<Place> place = std::move(shelf.back());
    shelf.pop_back();
    return {*this, std::move(place), writes};
}

void Books::give_back(std::unique_ptr<Place> place, bool writes) {
    {
        const std::lock_guard lock(mutex_);
        (writes ? writer_ : readers_).push_back(std::move(place));
    }
    returned_.notify_all();
}

}  // namespace purser::web
