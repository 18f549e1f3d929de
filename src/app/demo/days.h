// SPDX-License-Identifier: Apache-2.0
// The demo's wall clock: local days counted from its first, with weekdays, working days and instants, looked
// up in a table made once. Immutable; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "pure/model/time_rules.h"

namespace handslag::demo {

/// A local time: a day counted from the demo's first, and seconds since its midnight (0 to 86,399).
struct Moment {
  std::int32_t day = 0;
  std::int32_t second = 0;

  Moment plus_seconds(std::int64_t seconds) const;
  Moment plus_minutes(std::int64_t minutes) const { return plus_seconds(minutes * 60); }
  friend constexpr auto operator<=>(Moment, Moment) = default;
};

constexpr std::int32_t at_hour(std::int32_t hour, std::int32_t minute = 0) {
  return hour * 3600 + minute * 60;
}

class Days {
 public:
  /// `months` whole months from the month of `first`. Reads `rules` now and keeps nothing of it.
  Days(Date first, std::uint32_t months, const model::TimeRules& rules);

  std::int32_t count() const { return count_; }  // days of the demo; the last is count() − 1
  std::int32_t months() const { return months_; }
  std::int32_t first_of_month(std::int32_t month) const;  // month 0 is the first; months() is the end
  /// Days outside the table (a month before, half a year after) read as its nearest.
  Timestamp instant(Moment moment) const;
  Date date(std::int32_t day) const { return {first_.days + day}; }
  bool is_working(std::int32_t day) const;
  std::int32_t weekday(std::int32_t day) const;        // 0 is Monday
  std::int32_t month_of_year(std::int32_t day) const;  // 1 to 12
  std::int32_t plus_working(std::int32_t day, std::int32_t working_days) const;
  std::int32_t working_on_or_before(std::int32_t day) const;

 private:
  struct Day {
    Timestamp start;
    std::int8_t month = 1;
    bool is_working = false;
  };
  const Day& at(std::int32_t day) const;

  Date first_;
  std::int32_t months_;
  std::int32_t count_ = 0;
  std::vector<std::int32_t> first_of_month_;
  std::vector<Day> table_;
};

}  // namespace handslag::demo
