// SPDX-License-Identifier: Apache-2.0
// What a duration, a day and business time mean in one zone with one calendar. Implemented by pure/calendar;
// the promise engine knows only this.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"
#include "pure/model/duration.h"

namespace handslag::model {

/// Immutable; any thread. Every function is total for instants inside kFirstTime … kLastTime and clamps to
/// them.
class TimeRules {
 public:
  virtual ~TimeRules() = default;

  /// The last instant that is still within `d` of `from` (P-18, P-19), never before `from`.
  virtual Timestamp due(Timestamp from, model::Duration d) const = 0;

  /// The earliest instant w with `target` ≤ due(w, d): when to warn (P-18).
  virtual Timestamp earliest_within(Timestamp target, model::Duration d) const = 0;

  /// The local day an instant falls in, by the zone's rules in force at that instant (P-21).
  virtual Date local_day(Timestamp time) const = 0;

  /// What a clock on the wall shows at an instant, in microseconds since local midnight. To be overridden
  /// where the zone changes its offset within a day; for the eye alone, never for arithmetic.
  virtual std::int64_t wall_clock_us(Timestamp time) const {
    return time.us - start_of_day(local_day(time)).us;
  }

  /// The first and the last microsecond of a local day.
  virtual Timestamp start_of_day(Date day) const = 0;
  virtual Timestamp end_of_day(Date day) const = 0;

  /// Opening time between two instants, in microseconds; negative where `to` is before `from`.
  virtual std::int64_t business_us(Timestamp from, Timestamp to) const = 0;
};

/// Where the promise engine finds them. The names are those of the promise's text ("sweden",
/// "Europe/Stockholm").
class TimeRulesSource {
 public:
  virtual ~TimeRulesSource() = default;
  /// Null where the calendar or the zone is unknown. The source owns what it returns and outlives its users.
  virtual const TimeRules* find(std::string_view calendar, std::string_view zone) const = 0;
};

inline constexpr std::string_view kDefaultCalendar = "sweden";
inline constexpr std::string_view kDefaultZone = "Europe/Stockholm";

}  // namespace handslag::model
