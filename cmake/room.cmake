# purser_room(<name> SOURCES <file>… LINKS <target>…)
#
# One room of src/ as the static library purser_<name>. What it links it also
# passes on, so a room sees the rooms below it and never one above.

function(purser_room name)
    cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;LINKS")
    set(target purser_${name})
    add_library(${target} STATIC ${room_SOURCES})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${target} PUBLIC ${room_LINKS} PRIVATE purser_warnings)
    purser_precompile(${target} purser_values ${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp)
endfunction()
