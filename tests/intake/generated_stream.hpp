// A stream of any length that is made while it is read, so that only the reader's memory counts.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <streambuf>
#include <string>
#include <utility>

namespace purser::test {

// `head`, then line(0), line(1) … up to `count` of them, then `tail`.
class GeneratedStream : private std::streambuf, public std::istream {
public:
    using Line = std::function<std::string(std::int64_t)>;

    GeneratedStream(std::string head, Line line, std::int64_t count, std::string tail = {})
        : std::istream(static_cast<std::streambuf*>(this)),
          text_(std::move(head)),
          line_(std::move(line)),
          count_(count),
          tail_(std::move(tail)) {
        show();
    }

private:
    std::streambuf::int_type underflow() override {
        text_.clear();
        while (next_ < count_ && text_.size() < 4096) text_ += line_(next_++);
        if (text_.empty()) text_ = std::exchange(tail_, {});
        show();
        using Letters = std::char_traits<char>;
        return text_.empty() ? Letters::eof() : Letters::to_int_type(text_.front());
    }
    void show() { setg(text_.data(), text_.data(), text_.data() + text_.size()); }

    std::string text_;
    Line line_;
    std::int64_t count_;
    std::string tail_;
    std::int64_t next_ = 0;
};

}  // namespace purser::test
