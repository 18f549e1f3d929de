// SPDX-License-Identifier: Apache-2.0
// Any bytes as a map; where it is one, a small table is read by it.
#include "fuzz/read_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  auto map = format::parse_map({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
  if (!map.ok()) {
    HANDSLAG_CHECK(!map.error().message.empty(), "an error without a message");
    return 0;
  }
  if (map->format.kind == "parquet") return 0;
  fuzz::read_bytes("a,b,c\n2026-01-02T03:04:05Z,1,x\n01/02/2026 10:00,,\"y\"\"z\"\n1700000000,2,NA\n", &*map,
                   "f.csv");
  return 0;
}
