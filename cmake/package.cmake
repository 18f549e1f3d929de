# SPDX-License-Identifier: Apache-2.0
# `cpack -G DEB` in the build folder, or ./run package: the program with its service, as one Debian package. What
# lies in packaging/ goes into it as it is. tests/package installs it.
set_target_properties(handslag PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/handslag")
install(TARGETS handslag DESTINATION bin)
install(FILES ${CMAKE_BINARY_DIR}/libduckdb.so DESTINATION lib/handslag)
install(DIRECTORY packs DESTINATION share/handslag)
install(DIRECTORY contract DESTINATION share/doc/handslag)
install(FILES README.md CHANGELOG.md packaging/copyright DESTINATION share/doc/handslag)
install(FILES packaging/handslag.service DESTINATION /lib/systemd/system)
install(FILES packaging/handslag.toml DESTINATION /etc/handslag)
file(ARCHIVE_CREATE OUTPUT ${CMAKE_BINARY_DIR}/handslag.1.gz PATHS ${CMAKE_SOURCE_DIR}/packaging/handslag.1 FORMAT raw COMPRESSION GZip MTIME 0)
install(FILES ${CMAKE_BINARY_DIR}/handslag.1.gz DESTINATION share/man/man1)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME handslag)
set(CPACK_PACKAGE_CONTACT "The authors of Handslag <handslag@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "what was promised to customers against what was delivered")
set(CPACK_PACKAGE_DESCRIPTION "Handslag joins what every system knows of a customer into one timeline, checks what was
promised against what was delivered, and shows the gap: per promise, unit, channel and month, down to the customer
and the event that broke it. With a service that takes events over HTTP and tells verdicts as they happen.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, init-system-helpers, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
foreach(file conffiles postinst prerm postrm)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/packaging/${file})
endforeach()
include(CPack)
