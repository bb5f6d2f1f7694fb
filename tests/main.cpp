// The one place where Catch2 itself is compiled, for the unit tests of all rooms.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
