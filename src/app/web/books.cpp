#include "app/web/books.hpp"

namespace purser::web {

Books::Books(std::string location) : location_(std::move(location)) {
    reader();  // which is there then
}

Books::Lent::~Lent() {
    if (place_) books_->give_back(std::move(place_), writes_);
}

Books::Lent Books::take(Shelf& shelf, bool writes) {
    {
        const std::lock_guard lock(mutex_);
        if (!shelf.empty()) {
            std::unique_ptr<Place> place = std::move(shelf.back());
            shelf.pop_back();
            return {*this, std::move(place), writes};
        }
    }
    auto place = std::make_unique<Place>(location_);
    if (writes) {
        place->book.writes_in(turn_);
    } else {
        place->book.only_read();
    }
    return {*this, std::move(place), writes};
}

void Books::give_back(std::unique_ptr<Place> place, bool writes) {
    const std::lock_guard lock(mutex_);
    (writes ? writers_ : readers_).push_back(std::move(place));
}

}  // namespace purser::web
