// SPDX-License-Identifier: Apache-2.0
// Any bytes as CSV: by a map with one column, and in our own columns.
#include "fuzz/read_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  static const format::Map kMap = fuzz::map_of(
      "[format]\nkind = \"csv\"\ncolumns = [\"a\", \"b\", \"c\"]\nshort_rows = \"missing\"\n"
      "[[event]]\ntype = \"x\"\nwhen = \"a\"\nonce_per = \"b\"\ndata_rest = true\n"
      "[[event]]\ntype = { column = \"c\" }\nwhen = { column = \"b\", format = \"%d/%m/%Y %H:%M\" }\n"
      "filter = { column = \"c\", present = true }\n");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzz::read_bytes(bytes, &kMap, "f.csv");
  fuzz::read_bytes(bytes, nullptr, "f.csv");
  return 0;
}
