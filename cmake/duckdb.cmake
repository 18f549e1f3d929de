# SPDX-License-Identifier: Apache-2.0
# DuckDB is not in Debian. Its library is an npm package (package.json), its C header a file of another of the same
# version (duckdb_header.sha512, docs/decisions/0002-duckdb-from-npm.md); scripts/setup.sh brings both.
# The library is copied beside the program, which looks for it there.
set(duckdb_library ${CMAKE_SOURCE_DIR}/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so)
set(duckdb_header ${CMAKE_SOURCE_DIR}/node_modules/.duckdb/duckdb.h)
if(NOT EXISTS ${duckdb_library} OR NOT EXISTS ${duckdb_header})
  message(FATAL_ERROR "DuckDB is missing. Run ./run or ./test, which install it.")
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/package-lock.json ${CMAKE_SOURCE_DIR}/cmake/duckdb_header.sha512)
file(COPY ${duckdb_library} DESTINATION ${CMAKE_BINARY_DIR})
add_library(duckdb SHARED IMPORTED GLOBAL)
set_target_properties(duckdb PROPERTIES IMPORTED_LOCATION ${CMAKE_BINARY_DIR}/libduckdb.so IMPORTED_NO_SONAME TRUE)
file(COPY ${duckdb_header} DESTINATION ${CMAKE_BINARY_DIR}/duckdb_include)
target_include_directories(duckdb INTERFACE ${CMAKE_BINARY_DIR}/duckdb_include)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(CMAKE_BUILD_RPATH "$ORIGIN")
