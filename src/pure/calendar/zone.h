// SPDX-License-Identifier: Apache-2.0
// A time zone: instants to local times and back, by the rules in force at the instant (P-21).
//
// The rules come from the system's tz database by way of cctz, once, when a zone is opened; after that a Zone
// is a sorted list of offsets and asks nobody. Why cctz: Howard Hinnant's date, as Debian builds it, leaves
// out the rule that a tz file ends with, so that it knows no daylight saving after 2037. tests/calendar
// compares every change with zdump.
//
// (1) Before 1800 the zone's first local mean time holds. No zone of the database changes before that.
// (2) From the last winter before 2200 on standard time holds: nobody knows the rules so far ahead, and files
// write
//     "never" as 9999-12-31.
// (3) Local days divide time without gap or overlap: a day begins at its first local midnight, or at the jump
// where
//     daylight saving skips midnight, and lasts until the next one begins. Where a clock goes back over
//     midnight, the day that has begun goes on. So local_day never goes back as time goes on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "pure/model/local_times.h"

namespace handslag::calendar {

/// Outside these years only weekly hours and standard time are known; see (1), (2) and time_rules.h.
inline constexpr std::int32_t kFirstTableYear = 1800;
inline constexpr std::int32_t kEndTableYear = 2200;

/// Immutable; any thread.
class Zone final : public model::LocalTimes {
 public:
  /// `name` is one of the tz database: "Europe/Stockholm", "UTC". NotFound: there is no such zone;
  /// Unavailable: the tz database is not installed. Cost: tenths of a millisecond.
  static Result<Zone> open(std::string_view name);

  const std::string& name() const { return name_; }

  /// Local minus UTC, in microseconds, at an instant. Cost: a few nanoseconds.
  std::int64_t offset_us(Timestamp time) const;

  model::LocalInstant to_instant(std::int64_t local_us) const override;

  /// The day an instant lies in, by (3).
  Date local_day(Timestamp time) const;
  /// The first microsecond of a local day. REQUIRES: years −1 to 10001.
  Timestamp start_of_day(Date day) const;

 private:
  /// The offset that holds from `start_us` on, until the next one's start.
  struct Segment {
    std::int64_t start_us;
    std::int64_t offset_us;
  };

  Zone(std::string name, std::vector<Segment> segments);
  std::size_t segment_at(std::int64_t us) const;

  std::string name_;
  std::vector<Segment> segments_;         // ascending; the first starts before any instant
  std::vector<std::uint16_t> by_bucket_;  // the segment at each bucket's first instant
  std::int64_t largest_offset_us_ = 0;
};

}  // namespace handslag::calendar
