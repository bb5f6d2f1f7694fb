# purser_embed(<target> <name> <folder> <glob>…)
#
# Compiles files into a library, byte for byte. The globs are relative to the
# folder, and so are the paths by which the files are asked for:
#
#     purser_embed(purser_store schemas ${PROJECT_SOURCE_DIR}/schemas *.sql migrations/*.sql)
#
#     #include "embedded/schemas.hpp"
#     purser::embedded::schemas::file("migrations/0001_book.sql")   // std::string_view
#     purser::embedded::schemas::digest("migrations/0001_book.sql") // its SHA-256
#     purser::embedded::schemas::names("migrations/")               // sorted paths
#
# A file that is added, changed or removed is seen by the next build.

set(purser_embed_script ${CMAKE_CURRENT_LIST_DIR}/embed_write.cmake)

function(purser_embed target name folder)
    list(TRANSFORM ARGN PREPEND "${folder}/" OUTPUT_VARIABLE globs)
    file(GLOB files LIST_DIRECTORIES false CONFIGURE_DEPENDS ${globs})
    list(SORT files)

    set(generated ${PROJECT_BINARY_DIR}/generated/${name})
    set(header ${generated}/embedded/${name}.hpp)
    set(source ${generated}/${name}.cpp)
    # The list is a dependency too: it changes when a file goes.
    file(CONFIGURE OUTPUT ${generated}/files.txt CONTENT "${files}\n")
    add_custom_command(
        OUTPUT ${header} ${source}
        COMMAND ${CMAKE_COMMAND} -D name=${name} -D folder=${folder} -D list=${generated}/files.txt
            -D header=${header} -D source=${source} -P ${purser_embed_script}
        DEPENDS ${files} ${generated}/files.txt ${purser_embed_script}
        COMMENT "Embedding ${name}"
        VERBATIM)

    target_sources(${target} PRIVATE ${header} ${source})
    set_source_files_properties(${source} PROPERTIES SKIP_LINTING ON)
    target_include_directories(${target} PRIVATE ${generated})
endfunction()
