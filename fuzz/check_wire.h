// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets of the wire formats share: what must hold of whatever a request gives.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "io/format/wire_request.h"

namespace handslag::fuzz {

inline std::string_view bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline format::WireSetting setting_of(bool is_source_fixed) {
  return {"fuzz", is_source_fixed, {1'795'000'000 * kMicrosPerSecond}, nullptr};
}

inline void check_event(const model::Event& event, bool is_source_fixed) {
  HANDSLAG_CHECK(is_source_fixed ? event.source == "fuzz" : !event.source.empty(), "an event of no source");
  HANDSLAG_CHECK(!event.id.empty() && !event.type.empty(), "an event without id or type");
  HANDSLAG_CHECK(event.time >= kFirstTime && event.time <= kLastTime, "an event outside the years 1 to 9999");
  HANDSLAG_CHECK(event.known.has_value() && event.record == 0, "an event that nobody received");
  HANDSLAG_CHECK(is_utf8(event.type) && is_utf8(event.id), "an event that is not UTF-8");
  for (const model::Identifier& identifier : event.subject)
    HANDSLAG_CHECK(!identifier.type.empty() && !identifier.value.empty(), "an identifier that names nobody");
  for (const model::Attribute& attribute : event.data) {
    HANDSLAG_CHECK(is_utf8(attribute.name) && model::kind_of(attribute.value) != model::ValueKind::Missing,
                   "an attribute without a value");
  }
}

inline void check_read(const Result<format::WireEvents>& read, bool is_source_fixed) {
  if (!read.ok()) {
    HANDSLAG_CHECK(read.error().code == ErrorCode::Invalid || read.error().code == ErrorCode::Limit,
                   "a request that is our fault");
    HANDSLAG_CHECK(!read.error().message.empty(), "an error without a message");
    return;
  }
  for (const model::Event& event : read->events) check_event(event, is_source_fixed);
  for (const format::RejectedRecord& rejected : read->rejected) {
    HANDSLAG_CHECK(
        !rejected.reason.empty() && rejected.raw.size() <= format::kWireRawBytes && is_utf8(rejected.raw),
        "a reject without a reason");
    HANDSLAG_CHECK(is_utf8(rejected.column) && is_utf8(rejected.reason), "a reason that is not UTF-8");
  }
}

}  // namespace handslag::fuzz
