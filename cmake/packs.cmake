# SPDX-License-Identifier: Apache-2.0
# handslag_packs(FUNCTION SOURCE PATTERN…)
# writes a source with `std::span<const PackFile> FUNCTION()` (src/app/pack_file.h): the files of packs/ that the
# patterns name, in the order of their paths, so that the program carries them wherever it goes. The path of that
# source goes into the variable SOURCE. A new file there needs nothing else.
function(handslag_packs function source)
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/packs/)
  file(GLOB files CONFIGURE_DEPENDS ${ARGN})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(entries "")
  foreach(file ${files})
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${file})
    file(READ ${file} text)
    string(APPEND entries "    {\"${path}\", R\"~pack~(${text})~pack~\"},\n")
  endforeach()
  set(written ${CMAKE_CURRENT_BINARY_DIR}/${function}.cc)
  file(CONFIGURE OUTPUT ${written} @ONLY CONTENT [[// Written by cmake/packs.cmake.
#include "app/pack_file.h"

namespace handslag::app {

std::span<const PackFile> @function@() {
  static constexpr PackFile kFiles[] = {
@entries@  };
  return kFiles;
}

}  // namespace handslag::app
]])
  set(${source} ${written} PARENT_SCOPE)
endfunction()
