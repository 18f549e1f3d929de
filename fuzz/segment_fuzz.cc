// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of Segment's paths, and as where a write key may stand.
#include "fuzz/check_wire.h"
#include "io/format/segment.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  format::WireRequest request;
  request.body = bytes;
  for (const char* path : {"/v1/batch", "/v1/i", "/v1/track", "/v1/page", "/v1/group", "/v1/alias"}) {
    request.path = path;
    fuzz::check_read(format::read_segment(request, fuzz::setting_of(true)), true);
  }
  (void)format::write_key(request);  // it must end; what it says is for the tests
  const format::WireHeader header{"authorization", bytes};
  request.headers = {&header, 1};
  (void)format::write_key(request);
  HANDSLAG_CHECK(!is_utf8(bytes) || is_utf8(format::event_type_of(bytes)), "a type that is not UTF-8");
  return 0;
}
