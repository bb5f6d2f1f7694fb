// Takes things one after another, and says whether it wants more.
//
// Made of anything that can be called with them: what returns nothing wants all of them.
#pragma once

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace purser {

template <class... Things> class Sink {
public:
    template <std::invocable<const Things&...> Take>
    requires(!std::same_as<std::remove_cvref_t<Take>, Sink>)
        Sink(Take take)  // NOLINT(google-explicit-constructor)
        : take_([take = std::move(take)](const Things&... things) mutable {
              if constexpr (std::is_same_v<std::invoke_result_t<Take&, const Things&...>, bool>) {
                  return take(things...);
              } else {
                  take(things...);
                  return true;
              }
          }) {}

    bool operator()(const Things&... things) const { return take_(things...); }

private:
    std::function<bool(const Things&...)> take_;
};

}  // namespace purser
