// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets of the formats share: reading bytes as one format, and checking what must hold of
// whatever comes out.
#pragma once

#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/text.h"
#include "io/format/read_events.h"

namespace handslag::fuzz {

struct CheckingSink final : format::EventSink {
  std::uint64_t events = 0;
  std::uint64_t rejects = 0;

  Status event(const model::Event& event) override {
    ++events;
    HANDSLAG_CHECK(!event.source.empty() && !event.type.empty(), "an event without source or type");
    HANDSLAG_CHECK(event.time >= kFirstTime && event.time <= kLastTime,
                   "an event outside the years 1 to 9999");
    HANDSLAG_CHECK(event.record > 0 && event.part > 0, "an event without its place");
    HANDSLAG_CHECK(is_utf8(event.type) && is_utf8(event.id), "an event that is not UTF-8");
    for (const model::Attribute& attribute : event.data) {
      HANDSLAG_CHECK(model::kind_of(attribute.value) != model::ValueKind::Missing,
                     "an attribute without a value");
    }
    return {};
  }
  Status reject(const format::RejectedRecord& rejected) override {
    ++rejects;
    HANDSLAG_CHECK(!rejected.reason.empty() && rejected.raw.size() <= format::kRawBytes,
                   "a reject without a reason");
    return {};
  }
  Status progress(std::uint64_t) override { return {}; }
};

/// Reads `bytes` as the format that `map` says, or as found out.
inline void read_bytes(std::string_view bytes, const format::Map* map, const std::string& path) {
  format::ReadRequest request;
  request.path = path;
  request.source = "fuzz";
  request.zone = "UTC";
  request.map = map;
  request.limits.inflate.inflated_bytes = 16 << 20;
  CheckingSink sink;
  auto summary = format::read_events_from(bytes, request, sink);
  if (!summary.ok()) {
    HANDSLAG_CHECK(summary.error().code != ErrorCode::Internal, "a file that is our fault");
    return;
  }
  HANDSLAG_CHECK(summary->events == sink.events && summary->rejected == sink.rejects,
                 "a summary that miscounts");
  HANDSLAG_CHECK(summary->records >= summary->rejected + summary->unused, "more rejects than records");
}

inline format::Map map_of(const std::string& text) {
  return format::parse_map(text, "fuzz.toml").value();
}

}  // namespace handslag::fuzz
