// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of `POST /v1/events`.
#include "fuzz/check_wire.h"
#include "io/format/native_events.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  for (bool is_fixed : {true, false}) {
    fuzz::check_read(format::read_native(fuzz::bytes_of(data, size), fuzz::setting_of(is_fixed)), is_fixed);
  }
  return 0;
}
