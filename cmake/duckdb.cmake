# SPDX-License-Identifier: Apache-2.0
# DuckDB is not in Debian. Its library and its C header come from two npm packages of one version (package.json,
# docs/decisions/), and the library is copied beside the program, which looks for it there.
set(duckdb_library ${CMAKE_SOURCE_DIR}/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so)
set(duckdb_include ${CMAKE_SOURCE_DIR}/node_modules/duckdb/src/duckdb/src/include)
if(NOT EXISTS ${duckdb_library} OR NOT EXISTS ${duckdb_include}/duckdb.h)
  message(FATAL_ERROR "DuckDB is missing. Run ./run or ./test, which install it, or: npm ci --ignore-scripts")
endif()
file(COPY ${duckdb_library} DESTINATION ${CMAKE_BINARY_DIR})
add_library(duckdb SHARED IMPORTED GLOBAL)
set_target_properties(duckdb PROPERTIES IMPORTED_LOCATION ${CMAKE_BINARY_DIR}/libduckdb.so IMPORTED_NO_SONAME TRUE)
# Why: only the C header, so that the C++ headers of the source tree cannot be included by mistake.
file(COPY ${duckdb_include}/duckdb.h DESTINATION ${CMAKE_BINARY_DIR}/duckdb_include)
target_include_directories(duckdb INTERFACE ${CMAKE_BINARY_DIR}/duckdb_include)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(CMAKE_BUILD_RPATH "$ORIGIN")
