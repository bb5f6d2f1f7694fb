// Reading events back: the canonical JSON of a body into an Entry.
//
// What this reads was written by canonical_body; anything else is a damaged log (Broken).
#pragma once

#include <memory>
#include <string_view>

#include "ledger/event.hpp"

namespace purser {

class BodyReader {
public:
    BodyReader();
    ~BodyReader();
    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;

    // Makes body, transfers and warnings of `entry` anew from a body's text. Amounts of transfers
    // are in the chain's currency.
    void read(std::string_view json, Currency currency, Entry& entry);

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace purser
