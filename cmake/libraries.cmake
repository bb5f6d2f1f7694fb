# What the rooms are built on: Debian packages only (tools/packages.txt), found
# here once and named as targets.

find_package(Boost 1.74 REQUIRED)
find_package(date 3.0 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(simdjson 3.0 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(mimalloc 2.0 REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(libsodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)

# The style of the web pages, compiled in.
find_path(PURSER_BOOTSTRAP bootstrap.min.css PATHS /usr/share/javascript/bootstrap5/css REQUIRED)

# Libraries that come without any description of themselves.
function(purser_find_plain target header)
    find_path(${target}_INCLUDE NAMES ${header} REQUIRED)
    add_library(${target} INTERFACE IMPORTED)
    target_include_directories(${target} SYSTEM INTERFACE ${${target}_INCLUDE})
    foreach(name IN LISTS ARGN)
        find_library(${target}_${name} NAMES ${name} REQUIRED)
        target_link_libraries(${target} INTERFACE ${${target}_${name}})
    endforeach()
endfunction()

purser_find_plain(soci soci/soci.h soci_sqlite3 soci_core)
purser_find_plain(libcsv csv.h csv)
purser_find_plain(mustache kainjow/mustache.hpp)
purser_find_plain(zxcvbn zxcvbn.h zxcvbn)
