// SPDX-License-Identifier: Apache-2.0
// Any bytes as JSON: our own events, and objects by a map.
#include "fuzz/read_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  static const format::Map kMap = fuzz::map_of(
      "[format]\nkind = \"json\"\n[[event]]\ntype = { column = \"type\" }\nwhen = \"time\"\ndata_rest = "
      "true\n");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzz::read_bytes(bytes, &kMap, "f.json");
  fuzz::read_bytes(bytes, nullptr, "f.json");
  return 0;
}
