// SPDX-License-Identifier: Apache-2.0
// When a calendar is open, day by day, on the wall clock: `sweden`, or what a definition says
// (contract/calendars.md). Which instants that are is for a zone: time_rules.h joins the two.
//
// What a day's hours are, the first that applies: the version's exception for the day; closed on its
// holidays; what the calendar it extends says of the day, where that has an exception or a holiday; the
// weekly hours, of the version where it states that weekday, else of the calendar it extends, else closed.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "pure/model/calendar_definition.h"

namespace handslag::calendar {

inline constexpr std::size_t kMaxCalendars = 100;
inline constexpr std::size_t kMaxVersions = 100;
inline constexpr std::size_t kMaxIntervalsADay = 24;
inline constexpr std::size_t kMaxDaysAVersion = 10'000;  // holidays; exceptions

/// Immutable; any thread.
class Calendar {
 public:
  virtual ~Calendar() = default;
  /// A day's exception or holiday; nothing where the week decides.
  virtual std::optional<model::DayHours> special_hours(Date day) const = 0;
  /// What the week says of a day, special or not.
  virtual const model::DayHours& weekly_hours(Date day) const = 0;

  model::DayHours hours(Date day) const;
};

using CalendarSet = std::map<std::string, std::unique_ptr<const Calendar>, std::less<>>;

/// `sweden` (P-19): 08–17 but on Saturdays, Sundays and the days off of sweden.h.
std::unique_ptr<const Calendar> make_sweden();

/// All calendars by name, `sweden` among them. Invalid or Limit: the message names calendar, field and
/// remedy.
Result<CalendarSet> make_calendars(const std::vector<model::CalendarDefinition>& definitions);

}  // namespace handslag::calendar
