# SPDX-License-Identifier: Apache-2.0
# Puts the files of web/dist into the program, as they are: a source that the assembler reads them into. Their names
# change with what they hold, so that a new build of the pages is a new list, which configures anew. Without web/dist
# the list is empty, and the program says how to build the pages.
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/dist/*)
list(FILTER page_files EXCLUDE REGEX "\\.gz$")
list(SORT page_files)
set(page_number 0)
set(page_symbols "")
set(page_entries "")
set(page_parts "")

# The bytes between the symbols page_NAME and page_NAME_end.
macro(page_bytes name file)
  string(APPEND page_symbols "asm(\".section .rodata\\npage_${name}: .incbin \\\"${file}\\\"\\npage_${name}_end: .byte 0\\n.previous\");\n"
    "extern const char page_${name}[], page_${name}_end[];\n")
  list(APPEND page_parts ${file})
endmacro()

foreach(page_file ${page_files})
  file(RELATIVE_PATH page_path ${CMAKE_SOURCE_DIR}/web/dist ${page_file})
  page_bytes(${page_number} ${page_file})
  set(page_gzip "{}")
  if(EXISTS ${page_file}.gz)
    page_bytes(${page_number}_gz ${page_file}.gz)
    set(page_gzip "between(page_${page_number}_gz, page_${page_number}_gz_end)")
  endif()
  string(APPEND page_entries
    "      {\"/${page_path}\", between(page_${page_number}, page_${page_number}_end), ${page_gzip}},\n")
  math(EXPR page_number "${page_number} + 1")
endforeach()

if(page_entries STREQUAL "")
  set(page_answer "  return {};\n")
  set(page_between "")
else()
  set(page_between "namespace {
std::string_view between(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}
}  // namespace
")
  set(page_answer "  static const PageFile kPageFiles[] = {\n${page_entries}  };\n  return kPageFiles;\n")
endif()
set(BUILT_PAGES ${CMAKE_CURRENT_BINARY_DIR}/built_pages.cc)
file(CONFIGURE OUTPUT ${BUILT_PAGES} @ONLY CONTENT [[// Written by src/app/pages/built.cmake.
#include "app/pages/pages.h"

extern "C" {
@page_symbols@}

namespace handslag::app {
@page_between@
std::span<const PageFile> built_pages() {
@page_answer@}

}  // namespace handslag::app
]])
set_source_files_properties(${BUILT_PAGES} PROPERTIES OBJECT_DEPENDS "${page_parts}")
