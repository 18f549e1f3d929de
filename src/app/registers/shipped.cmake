# SPDX-License-Identifier: Apache-2.0
# Writes packs/registers/*.toml into a source of their own, so that the program carries them wherever it goes. A new
# register is a new file there, nothing else.
file(GLOB register_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/packs/registers/*.toml)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${register_files})
set(shipped_entries "")
foreach(register_file ${register_files})
  get_filename_component(register_name ${register_file} NAME)
  file(READ ${register_file} register_text)
  string(APPEND shipped_entries "    {\"packs/registers/${register_name}\", R\"~toml~(${register_text})~toml~\"},\n")
endforeach()
set(SHIPPED_DEFINITIONS ${CMAKE_CURRENT_BINARY_DIR}/shipped_definitions.cc)
file(CONFIGURE OUTPUT ${SHIPPED_DEFINITIONS} @ONLY CONTENT [[// Written by src/app/registers/shipped.cmake.
#include "app/registers/definitions.h"

namespace handslag::app {

std::span<const ShippedDefinition> shipped_definitions() {
  static constexpr ShippedDefinition kShipped[] = {
@shipped_entries@  };
  return kShipped;
}

}  // namespace handslag::app
]])
