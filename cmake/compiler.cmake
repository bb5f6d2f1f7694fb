# How everything is compiled. Warnings live on one interface target, so that a
# room cannot forget them, and are errors. Debian's headers are in the system's
# own include folder and stay silent.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(PURSER_CCACHE ccache)
if(PURSER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # What ccache asks for where headers are precompiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${PURSER_CCACHE})
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

# purser_precompile(<target> <first> <header>…): its headers are parsed once, for the target
# <first> and for all that are compiled with the same flags.
function(purser_precompile target first)
    if(target STREQUAL first)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    else()
        target_precompile_headers(${target} REUSE_FROM ${first})
    endif()
endfunction()

if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    # SOCI's shared library keeps to itself the type information that this check needs.
    add_compile_options(-fno-sanitize=vptr)
endif()

# What is shipped defends itself: a stack that is overrun, or a copy past the end of what it is
# copied to, ends the program before anybody gains by it; its code lies elsewhere in each run, and
# addresses that the linker fills in are read-only when it begins. A sanitizer finds the same faults
# and would be in the way. tools/hardened looks at the linked files (cmake/package.cmake).
if(CMAKE_BUILD_TYPE MATCHES "^Rel")
    add_compile_options(
        -U_FORTIFY_SOURCE
        -D_FORTIFY_SOURCE=3
        -fstack-protector-strong
        -fstack-clash-protection
        $<IF:$<STREQUAL:$<TARGET_PROPERTY:TYPE>,MODULE_LIBRARY>,-fPIC,-fPIE>
    )
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
        add_compile_options(-fcf-protection)
    elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
        add_compile_options(-mbranch-protection=standard)
    endif()
    add_link_options(
        $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>
        LINKER:-z,relro
        LINKER:-z,now
    )
endif()

add_library(purser_warnings INTERFACE)
target_compile_options(purser_warnings INTERFACE
    -Wall
    -Wextra
    -Wpedantic
    -Werror
    -Wcast-align
    -Wcast-qual
    -Wconversion
    -Wdouble-promotion
    -Wextra-semi
    -Wformat=2
    -Wmissing-declarations
    -Wnon-virtual-dtor
    -Wold-style-cast
    -Woverloaded-virtual
    -Wshadow
    -Wsign-conversion
    -Wundef
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(purser_warnings INTERFACE
        -Wduplicated-branches
        -Wduplicated-cond
        -Wlogical-op
        # GCC 12 sees overlaps in plain `"text" + std::string` that are not there (PR 105651).
        -Wno-restrict
        # Inlined from library headers these guess wrong too, more so with sanitizers or at -O2;
        # clang-tidy's analyzer and cppcoreguidelines-init-variables look after the same.
        -Wno-array-bounds
        -Wno-maybe-uninitialized
        -Wno-stringop-overflow
        -Wno-stringop-overread
    )
endif()
