// SPDX-License-Identifier: Apache-2.0
// What a wall clock says, as instants: for readers of files that hold times without a zone. Implemented by
// pure/calendar's Zone; a reader knows only this.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"

namespace handslag::model {

/// P-21: a doubled time means the first of the two, with a warning; a skipped one is to be rejected.
enum class LocalOutcome : std::uint8_t { Unique, DoubledFirstTaken, Skipped };

struct LocalInstant {
  LocalOutcome outcome = LocalOutcome::Unique;
  /// Skipped: the instant of the jump, from which on the clock shows a later time.
  Timestamp time;
};

/// Bound to one zone. Immutable; any thread.
class LocalTimes {
 public:
  virtual ~LocalTimes() = default;

  /// The first instant at which the zone's wall clock shows `local_us`: microseconds since 1970-01-01T00:00
  /// on that clock (days since 1970 × kMicrosPerDay + time of day). REQUIRES: years −1 to 10001. Cost: a few
  /// nanoseconds.
  virtual LocalInstant to_instant(std::int64_t local_us) const = 0;
};

/// Where a reader finds them, by the name of the zone.
class LocalTimesSource {
 public:
  virtual ~LocalTimesSource() = default;
  /// Null where the zone is unknown. The source owns what it returns and outlives its users.
  virtual const LocalTimes* find(std::string_view zone) const = 0;
};

}  // namespace handslag::model
