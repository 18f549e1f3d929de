// SPDX-License-Identifier: Apache-2.0
// Events as compact bytes, one behind the other: what the intake journal stores. Written to disk, so a change
// of the layout is a new version byte. Any thread; no state.
//
// An event is a head of 9 bytes (version, length of the body, checksum of the body; little endian) and a
// body: a word of 16 flags that says which of the rarer fields follow, then the fields in the order of
// model::Event. Texts and lists carry their length in front, as a number of 7 bits a byte, low bits first.
//
//   std::string bytes;
//   append_event(event, bytes);
//   for (std::size_t at = 0; at < bytes.size();) { HANDSLAG_TRY(next, read_event(bytes, at, event)); at =
//   next; }
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "pure/model/event.h"

namespace handslag::store {

/// Appends one event. About 60 bytes more than its texts at most, usually 30. REQUIRES: no attribute is
/// Missing (model/event.h); texts together below 4 GiB.
void append_event(const model::Event& event, std::string& bytes);

/// Reads the event at `offset` into `into`, whose memory is used again, and gives the offset of the next.
/// Never looks past the end. Error Corrupt: cut short, changed (the checksum tells), or of a version that
/// this program does not know; `into` then holds anything. REQUIRES: offset <= bytes.size().
Result<std::size_t> read_event(std::string_view bytes, std::size_t offset, model::Event& into);

/// The parts of read_event that a test wants to reach with any bytes: closes an event whose head (kHeadBytes
/// of room) begins at `start` and whose body is the rest of `bytes`.
inline constexpr std::size_t kHeadBytes = 9;
void seal_event(std::string& bytes, std::size_t start);

}  // namespace handslag::store
