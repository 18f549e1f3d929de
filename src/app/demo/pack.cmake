# SPDX-License-Identifier: Apache-2.0
# Writes the promises, units and types of packs/telecom into a source of their own, so that the program can tell its
# story wherever it goes.
file(GLOB pack_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/packs/telecom/*.promise ${CMAKE_SOURCE_DIR}/packs/telecom/*.toml)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${pack_files})
set(pack_entries "")
foreach(pack_file ${pack_files})
  get_filename_component(pack_name ${pack_file} NAME)
  file(READ ${pack_file} pack_text)
  string(APPEND pack_entries "    {\"${pack_name}\", R\"~pack~(${pack_text})~pack~\"},\n")
endforeach()
set(DEMO_PACK ${CMAKE_CURRENT_BINARY_DIR}/demo_pack.cc)
file(CONFIGURE OUTPUT ${DEMO_PACK} @ONLY CONTENT [[// Written by src/app/demo/pack.cmake.
#include "app/demo/load_demo.h"

namespace handslag::app {

std::span<const PackFile> demo_pack() {
  static constexpr PackFile kPack[] = {
@pack_entries@  };
  return kPack;
}

}  // namespace handslag::app
]])
