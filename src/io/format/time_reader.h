// SPDX-License-Identifier: Apache-2.0
// Texts of times to instants, by a stated format and zone. Immutable once made; any thread; allocates nothing
// per time read.
//
// Formats: "iso" (2026-11-21T10:00:00.123+01:00, with T or a space; seconds, fraction and zone may be
// missing; a day alone is its first instant), "rfc3339" (the same, but whole and with a zone), "unix_s",
// "unix_ms", "unix_us", and patterns of %Y %y %m %d %H %I %p %M %S %f %b %z %% ("%d/%m/%Y %H:%M"): %f is the
// fraction of the second, %b the month's English name or its first three letters, %y 69–99 are 1969–1999, %z
// an offset or Z.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "pure/model/local_times.h"

namespace handslag::format {

/// The zone of times that carry none.
struct ZoneChoice {
  bool is_utc = false;
  const model::LocalTimes* local = nullptr;  // null and not UTC: unknown
};

/// The zone of that name; "" is none, "UTC" needs no `zones`. Invalid where it is unknown.
Result<ZoneChoice> choose_zone(const std::string& name, const model::LocalTimesSource* zones);

/// Whether `format` is one of the above; the error says what is wrong in it.
Status check_time_format(const std::string& format);

enum class TimeProblem : std::uint8_t { None, Unreadable, NoSuchDay, NoZone, Skipped };

struct TimeReading {
  TimeProblem problem = TimeProblem::None;
  Timestamp time;
  bool is_doubled = false;   // daylight saving has the local time twice; this is the first
  bool is_day_only = false;  // only a day was given
};

class TimeReader {
 public:
  /// REQUIRES: check_time_format(format) is ok.
  TimeReader(const std::string& format, ZoneChoice zone);

  TimeReading read(std::string_view text) const;
  /// A time that a typed table has without a zone.
  TimeReading read_local(std::int64_t local_us) const;

  /// What people are told: what is wrong and what to do.
  std::string explain(TimeProblem problem) const;

 private:
  enum class Kind : std::uint8_t { Iso, Rfc3339, UnixSeconds, UnixMillis, UnixMicros, Pattern };

  TimeReading read_iso(std::string_view text) const;
  TimeReading read_unix(std::string_view text) const;
  TimeReading read_pattern(std::string_view text) const;

  Kind kind_;
  std::string format_;
  ZoneChoice zone_;
};

}  // namespace handslag::format
