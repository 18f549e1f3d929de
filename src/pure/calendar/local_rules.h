// SPDX-License-Identifier: Apache-2.0
// Days and business time in one zone with one calendar (P-18 … P-20).
//
// The idea: opening time elapsed since the beginning of the table is a function of the instant that never
// falls, bh(t); so `due` of business hours is bh⁻¹(bh(t) + D), the earliest instant that reaches it. A table
// of all days from 1800 to 2199 holds each day's first instant, bh there, the business days before it, and
// its opening hours in elapsed time (so that daylight saving inside opening hours counts as it was). Days
// outside the table repeat the weekly hours at its nearer end, without holidays, and have 24 hours each.
//
// (1) A business day is one with opening hours.
// (2) `0 days` and `0 business days` end with the activation's local day, also where that is closed. `0
// business
//     hours`, and `0 h`, end at once.
// (3) due never falls as `from` grows, and earliest_within is exact: w is the earliest instant with target ≤
// due(w). (4) Time that never elapses (a calendar that has closed for good) is due at kLastTime. Cost: about
// 20 ns a call; 3.5 MB a table.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "pure/calendar/calendar.h"
#include "pure/calendar/zone.h"
#include "pure/model/time_rules.h"

namespace handslag::calendar {

/// Immutable; any thread.
class LocalRules final : public model::TimeRules {
 public:
  /// Copies what it needs of both. Cost: some ten milliseconds.
  LocalRules(const Zone& zone, const Calendar& calendar);

  Timestamp due(Timestamp from, model::Duration d) const override;
  Timestamp earliest_within(Timestamp target, model::Duration d) const override;
  Date local_day(Timestamp time) const override;
  Timestamp start_of_day(Date day) const override;
  Timestamp end_of_day(Date day) const override;
  std::int64_t business_us(Timestamp from, Timestamp to) const override;
  std::int64_t wall_clock_us(Timestamp time) const override;

 private:
  /// Microseconds since the day's first instant.
  struct Open {
    std::int64_t from_us;
    std::int64_t to_us;
    friend auto operator<=>(const Open&, const Open&) = default;
  };
  using OpenHours = std::vector<Open>;

  struct Day {
    std::int64_t start_us;
    std::int64_t open_before_us;   // opening time before the day, since the table's first day
    std::int32_t business_before;  // business days before it, since the table's first day
    std::uint32_t hours;           // index into hours_
  };

  /// The days beyond one end of the table: one week repeated.
  struct Beyond {
    Day first;  // at the end of the table: the day after its last, or its first
    std::int32_t first_day = 0;
    std::array<std::int64_t, 8> open_us{};   // opening time before the n-th day from `first`
    std::array<std::int32_t, 8> business{};  // business days before it
    std::array<std::uint32_t, 7> hours{};
  };

  std::uint32_t hours_index(const OpenHours& hours);
  std::uint32_t hours_on(const Zone& zone, const model::DayHours& hours, Date day, std::int64_t start_us);
  void fill_table(const Zone& zone, const Calendar& calendar);
  void fill_inverse();
  Beyond beyond(const Calendar& calendar, std::int32_t first_day, const Day& first);
  std::int64_t open_us(std::uint32_t hours) const;

  std::int32_t day_of(std::int64_t us) const;
  Day day_at(std::int32_t day) const;
  std::int32_t business_day(std::int64_t number) const;
  std::int32_t day_reaching(std::int64_t open_us) const;
  std::int64_t open_until(std::int64_t us) const;
  std::int64_t earliest_open(std::int64_t open_us) const;

  const Zone zone_;
  std::int32_t first_day_, end_day_;
  std::int64_t granule_us_ = 1;
  std::vector<Day> days_;  // first_day_ … end_day_ inclusive: the last is the first beyond
  std::vector<std::int32_t> business_days_;  // by number, from 1 at index 0
  std::vector<std::int32_t>
      reaching_;                  // by open time / granule_us_: a day at or before the one that reaches it
  std::vector<OpenHours> hours_;  // the distinct ones
  Beyond past_, future_;
};

}  // namespace handslag::calendar
