# `cmake --workflow --preset deb` makes build/release/purser_<version>_<architecture>.deb.

install(TARGETS purser RUNTIME DESTINATION bin)
install(TARGETS purser_http LIBRARY DESTINATION lib/purser)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION share/doc/purser)

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
