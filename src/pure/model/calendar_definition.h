// SPDX-License-Identifier: Apache-2.0
// A calendar of one's own as people write it in calendars.toml (contract/calendars.md): weekly opening hours,
// holidays, exceptions, versions. Plain values; io/format reads them, pure/calendar checks and computes with
// them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"

namespace handslag::model {

inline constexpr std::int16_t kMinutesPerDay = 1'440;

/// Open from … to on the wall clock, minutes since midnight; 08:00–17:00 is {480, 1020}. `to` does not belong
/// to it.
struct OpenInterval {
  std::int16_t from_minute = 0;
  std::int16_t to_minute = 0;  // at most kMinutesPerDay: midnight at the end of the day
  friend auto operator<=>(const OpenInterval&, const OpenInterval&) = default;
};

/// In order, not touching; empty: closed all day.
using DayHours = std::vector<OpenInterval>;

struct MonthDay {
  std::int32_t month = 0;
  std::int32_t day = 0;  // 29 February: in leap years only
};
struct EasterOffset {
  std::int32_t days = 0;  // from Easter Sunday: −3 is Maundy Thursday
};
/// When a holiday falls: on one date, on one day of each year, so many days from Easter.
using HolidayRule = std::variant<Date, MonthDay, EasterOffset>;

/// Closed all day.
struct Holiday {
  HolidayRule when;
  std::string name;
};

/// A day with hours of its own, whatever the week and the holidays say; no hours: closed.
struct DayException {
  Date day;
  DayHours hours;
  std::string name;
};

struct CalendarVersion {
  /// The first day it applies to, until the next version's. The first version has none: it applies from the
  /// beginning.
  std::optional<Date> valid_from;
  /// Holidays, exceptions and the hours of weekdays not stated here are those of this calendar; empty: none.
  std::string extends;
  /// From Monday; not stated: as in `extends`, else closed.
  std::array<std::optional<DayHours>, 7> weekly;
  std::vector<Holiday> holidays;
  std::vector<DayException> exceptions;
};

struct CalendarDefinition {
  std::string name;                       // as promises write it: `calendar support`
  std::vector<CalendarVersion> versions;  // never empty; valid_from ascending
};

}  // namespace handslag::model
