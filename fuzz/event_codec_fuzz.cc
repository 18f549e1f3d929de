// SPDX-License-Identifier: Apache-2.0
// Any bytes as stored events, as they are and as the body of one event: the checksum would keep the rest of
// the reader from ever seeing them. What is understood must come back the same after writing it.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "io/store/event_codec.h"

namespace {

using namespace handslag;

void read_all(std::string_view bytes) {
  model::Event event;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto next = store::read_event(bytes, at, event);
    if (!next.ok()) {
      HANDSLAG_CHECK(next.error().code == ErrorCode::Corrupt, "damage is told as damage");
      return;
    }
    HANDSLAG_CHECK(*next > at && *next <= bytes.size(), "the next event lies ahead, inside the bytes");
    at = *next;
    std::string written, again;
    store::append_event(event, written);
    model::Event read;
    HANDSLAG_CHECK(store::read_event(written, 0, read).ok(), "what was written can be read");
    store::append_event(read, again);
    HANDSLAG_CHECK(written == again, "and is the same");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  read_all(bytes);
  std::string closed = std::string(store::kHeadBytes, '\0') + bytes;
  store::seal_event(closed, 0);
  read_all(closed);
  return 0;
}
