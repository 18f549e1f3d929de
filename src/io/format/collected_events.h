// SPDX-License-Identifier: Apache-2.0
// For tests: a sink that keeps everything, and reading a text through it.
#pragma once

#include <string>
#include <vector>

#include "io/format/read_events.h"

namespace handslag::format {

struct CollectedEvents final : EventSink {
  std::vector<model::Event> events;
  std::vector<RejectedRecord> rejects;
  std::uint64_t bytes = 0;
  std::size_t stop_after = SIZE_MAX;

  Status event(const model::Event& event) override {
    events.push_back(event);
    return events.size() >= stop_after ? stop_reading() : Status();
  }
  Status reject(const RejectedRecord& rejected) override {
    rejects.push_back(rejected);
    return {};
  }
  Status progress(std::uint64_t bytes_read) override {
    bytes = bytes_read;
    return {};
  }
};

/// Zones for tests that need no time zone database: "Test/Winter" is UTC+1 all year; "Test/Jump" is UTC+1,
/// skips the hour from 02:00 on 2026-03-29 and has the hour from 02:00 on 2026-10-25 twice, UTC+2 between.
class TestZones final : public model::LocalTimesSource {
 public:
  const model::LocalTimes* find(std::string_view zone) const override {
    if (zone == "Test/Winter") return &winter_;
    return zone == "Test/Jump" ? &jump_ : nullptr;
  }

 private:
  struct Winter final : model::LocalTimes {
    model::LocalInstant to_instant(std::int64_t local_us) const override {
      return {model::LocalOutcome::Unique, {local_us - kMicrosPerHour}};
    }
  };
  struct Jump final : model::LocalTimes {
    model::LocalInstant to_instant(std::int64_t local_us) const override {
      const std::int64_t hour = kMicrosPerHour;
      const std::int64_t spring = parse_rfc3339("2026-03-29T02:00:00Z")->us;
      const std::int64_t autumn = parse_rfc3339("2026-10-25T02:00:00Z")->us;
      if (local_us >= spring && local_us < spring + hour)
        return {model::LocalOutcome::Skipped, {spring - hour}};
      if (local_us < spring || local_us >= autumn + hour)
        return {model::LocalOutcome::Unique, {local_us - hour}};
      if (local_us >= autumn) return {model::LocalOutcome::DoubledFirstTaken, {local_us - 2 * hour}};
      return {model::LocalOutcome::Unique, {local_us - 2 * hour}};
    }
  };
  Winter winter_;
  Jump jump_;
};

struct ReadText {
  CollectedEvents sink;
  ReadSummary summary;
  std::string error;  // empty: it was read
};

/// Reads `text` as a file named `path`, by the map in `map_text` where there is one.
inline ReadText read_text(std::string_view text, const std::string& map_text = "", ReadRequest request = {}) {
  static const TestZones kZones;
  ReadText read;
  Map map;
  if (!map_text.empty()) {
    auto parsed = parse_map(map_text, "map.toml");
    if (!parsed.ok()) {
      read.error = parsed.error().message;
      return read;
    }
    map = std::move(parsed).value();
    request.map = &map;
  }
  if (request.path.empty()) request.path = "file";
  request.zones = &kZones;
  auto summary = read_events_from(text, request, read.sink);
  if (summary.ok()) {
    read.summary = std::move(summary).value();
  } else {
    read.error = summary.error().message;
  }
  return read;
}

}  // namespace handslag::format
