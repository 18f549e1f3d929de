// SPDX-License-Identifier: Apache-2.0
// Any bytes as XES, by the map that XES files have without one.
#include "fuzz/read_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  static const format::Map kMap = [] {
    format::Map map = format::xes_map();
    map.format.kind = "xes";
    return map;
  }();
  fuzz::read_bytes({reinterpret_cast<const char*>(data), size}, &kMap, "f.xes");
  return 0;
}
