// Pages that are made once and shown until the book changes.
//
// A page is made of a state: the heads of the chains that it stands on, and the day. Whoever asks
// for it while it is made waits, so a change costs one making, however many look.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace purser::web {

class Kept {
public:
    using Text = std::function<std::string()>;

    explicit Kept(std::size_t most) : most_(most) {}

    // The page of this name as `state` is now: the one that was made of it, or what `make` makes.
    std::string page(const std::string& name, const Text& state, const Text& make);

private:
    struct Entry {
        std::mutex turn;
        std::string state, page;
    };
    const std::size_t most_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Entry>> entries_;
};

}  // namespace purser::web
