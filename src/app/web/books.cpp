#include "app/web/books.hpp"

#include <chrono>

#include "values/error.hpp"

namespace purser::web {

Books::Books(std::string location, std::size_t readers) : location_(std::move(location)) {
    for (std::size_t i = 0; i < readers; ++i) {
        readers_.places.push_back(std::make_unique<Place>(location_));
    }
    writer_.places.push_back(std::make_unique<Place>(location_));
}

Books::Lent::~Lent() {
    if (place_) books_->give_back(std::move(place_), writes_);
}

Books::Lent Books::take(Shelf& shelf, bool writes) {
    std::unique_lock lock(mutex_);
    const auto any = [&] { return !shelf.places.empty(); };
    if (!shelf.returned.wait_for(lock, std::chrono::seconds(10), any)) {
        throw Broken("too much is asked of the book at once", "try again in a moment");
    }
    std::unique_ptr<Place> place = std::move(shelf.places.back());
    shelf.places.pop_back();
    return {*this, std::move(place), writes};
}

void Books::give_back(std::unique_ptr<Place> place, bool writes) {
    Shelf& shelf = writes ? writer_ : readers_;
    {
        const std::lock_guard lock(mutex_);
        shelf.places.push_back(std::move(place));
    }
    shelf.returned.notify_one();
}

}  // namespace purser::web
