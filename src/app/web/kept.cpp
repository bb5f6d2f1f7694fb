#include "app/web/kept.hpp"

namespace purser::web {
std::string Kept::page(const std::string& name, const Text& state, const Text& make) {
    std::shared_ptr<Entry> entry;
    {
        const std::lock_guard lock(mutex_);
        if (entries_.size() >= most_ && !entries_.contains(name)) entries_.clear();
        std::shared_ptr<Entry>& found = entries_[name];
        if (!found) found = std::make_shared<Entry>();
        entry = found;
    }
    // The state is read in turn, too: nobody sees an older page than who asked before.
    const std::lock_guard turn(entry->turn);
    const std::string now = state();
    if (now != entry->state) {
        entry->page = make();
        entry->state = now;
    }
    return entry->page;
}

}  // namespace purser::web
