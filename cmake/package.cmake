# `cmake --workflow --preset deb` makes build/release/purser_<version>_<architecture>.deb.

install(TARGETS purser RUNTIME DESTINATION bin)
install(TARGETS purser_http LIBRARY DESTINATION lib/purser)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION share/doc/purser)

# A program that is shipped is looked at each time it is linked: what defends it is in it.
if(CMAKE_BUILD_TYPE MATCHES "^Rel")
    add_custom_command(
        OUTPUT ${PROJECT_BINARY_DIR}/hardened.txt
        COMMAND ${PROJECT_SOURCE_DIR}/tools/hardened
            $<TARGET_FILE:purser> $<TARGET_FILE:purser_http> > ${PROJECT_BINARY_DIR}/hardened.txt
        DEPENDS purser purser_http ${PROJECT_SOURCE_DIR}/tools/hardened
        COMMENT "Looking at what defends the program"
        VERBATIM)
    add_custom_target(hardened ALL DEPENDS ${PROJECT_BINARY_DIR}/hardened.txt)
endif()

set(CPACK_GENERATOR DEB)
# The maintainer of a package is who builds it, as for Debian's own tools.
if(DEFINED ENV{DEBEMAIL})
    set(CPACK_PACKAGE_CONTACT "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
else()
    cmake_host_system_information(RESULT host QUERY FQDN)
    set(CPACK_PACKAGE_CONTACT "Purser, built here <root@${host}>")
endif()
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# A book on a server; the pdf of a fact sheet.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libsoci-postgresql4.0, weasyprint, fonts-noto-core")
include(CPack)
