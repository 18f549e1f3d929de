// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/check_definition.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/time.h"
#include "pure/calendar/calendar.h"
#include "pure/model/time_rules.h"

namespace handslag::calendar {
namespace {

using model::CalendarDefinition;
using model::CalendarVersion;
using model::DayHours;

constexpr std::size_t kMaxNameBytes = 64;
constexpr std::int32_t kMaxEasterOffset = 180;
constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

std::string field(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index + 1) + "]";
}

Status check_limit(std::size_t found, std::size_t most, const std::string& what) {
  if (found <= most) return {};
  return over_limit(what + ": " + std::to_string(found) + " are too many; at most " + std::to_string(most));
}

Status check_name(const std::string& name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  if (name.empty() || name.size() > kMaxNameBytes || !std::all_of(name.begin(), name.end(), is_allowed)) {
    return invalid("name: use 1 to 64 of a–z, 0–9, - and _");
  }
  if (name == model::kDefaultCalendar || name == "default") {
    return invalid("name: \"" + name + "\" is built in; take another name and write extends = \"sweden\"");
  }
  return {};
}

Status check_hours(const DayHours& hours) {
  HANDSLAG_CHECK_STATUS(check_limit(hours.size(), kMaxIntervalsADay, "opening hours"));
  std::int32_t closed_since = -1;
  for (const model::OpenInterval& open : hours) {
    if (open.from_minute < 0 || open.to_minute > model::kMinutesPerDay ||
        open.from_minute >= open.to_minute) {
      return invalid(
          "opening hours go from an earlier to a later time of one day, 00:00 to 24:00; split them at "
          "midnight");
    }
    if (open.from_minute <= closed_since) {
      return invalid("opening hours stand in order and apart; join those that touch or overlap");
    }
    closed_since = open.to_minute;
  }
  return {};
}

Status check_holiday(const model::HolidayRule& when) {
  if (const auto* yearly = std::get_if<model::MonthDay>(&when)) {
    constexpr std::int32_t kLeapYear = 2000;
    if (!is_valid_civil({kLeapYear, yearly->month, yearly->day})) {
      return invalid("that day does not exist; write month-day, such as \"12-24\"");
    }
  }
  const auto* easter = std::get_if<model::EasterOffset>(&when);
  if (easter != nullptr && (easter->days < -kMaxEasterOffset || easter->days > kMaxEasterOffset)) {
    return invalid("days from Easter Sunday are −180 to 180");
  }
  return {};
}

Status check_days(const CalendarVersion& version) {
  for (std::size_t i = 0; i < version.holidays.size(); ++i) {
    if (Status status = check_holiday(version.holidays[i].when); !status.ok()) {
      return std::move(status).error().in(field("holidays", i));
    }
  }
  std::set<Date> seen;
  for (std::size_t i = 0; i < version.exceptions.size(); ++i) {
    const model::DayException& exception = version.exceptions[i];
    if (!seen.insert(exception.day).second) {
      return invalid(field("exceptions", i) + ": " + format_date(exception.day) + " stands twice; keep one");
    }
    if (Status status = check_hours(exception.hours); !status.ok()) {
      return std::move(status).error().in(field("exceptions", i) + ".hours");
    }
  }
  return {};
}

Status check_week(const CalendarVersion& version) {
  bool is_ever_open = !version.extends.empty();
  for (std::size_t i = 0; i < version.weekly.size(); ++i) {
    if (!version.weekly[i]) continue;
    if (Status status = check_hours(*version.weekly[i]); !status.ok()) {
      return std::move(status).error().in("hours." + std::string(kWeekdays[i]));
    }
    is_ever_open = is_ever_open || !version.weekly[i]->empty();
  }
  if (is_ever_open) return {};
  return invalid("hours: it is never open; state the hours of a weekday or write extends = \"sweden\"");
}

Status check_extends(const std::string& extends, const std::vector<std::string_view>& names) {
  if (extends.empty() || std::find(names.begin(), names.end(), extends) != names.end()) return {};
  const auto near = nearest_word(extends, names);
  return invalid("extends: there is no calendar \"" + extends + "\"; " +
                 (near ? "did you mean \"" + std::string(*near) + "\"?" : "define it, or write \"sweden\""));
}

Status check_version(const CalendarVersion& version, const std::vector<std::string_view>& names) {
  HANDSLAG_CHECK_STATUS(check_limit(version.holidays.size(), kMaxDaysAVersion, "holidays"));
  HANDSLAG_CHECK_STATUS(check_limit(version.exceptions.size(), kMaxDaysAVersion, "exceptions"));
  HANDSLAG_CHECK_STATUS(check_extends(version.extends, names));
  HANDSLAG_CHECK_STATUS(check_week(version));
  return check_days(version);
}

Status check_versions(const CalendarDefinition& definition, const std::vector<std::string_view>& names) {
  HANDSLAG_CHECK_STATUS(check_name(definition.name));
  HANDSLAG_CHECK_STATUS(check_limit(definition.versions.size(), kMaxVersions, "versions"));
  if (definition.versions.empty()) return invalid("it says nothing; state hours or `extends`");
  for (std::size_t i = 0; i < definition.versions.size(); ++i) {
    const CalendarVersion& version = definition.versions[i];
    const std::string place = i == 0 ? "" : field("versions", i - 1);
    if (i == 0 && version.valid_from)
      return invalid("valid_from: the first version applies from the beginning");
    if (i > 0 && !version.valid_from) return invalid(place + ".valid_from: say from which day it applies");
    if (i > 1 && *version.valid_from <= *definition.versions[i - 1].valid_from) {
      return invalid(place + ".valid_from: versions stand in the order of their days");
    }
    if (Status status = check_version(version, names); !status.ok()) {
      return place.empty() ? std::move(status) : Status(std::move(status).error().in(place));
    }
  }
  return {};
}

}  // namespace

Status check_definitions(const std::vector<CalendarDefinition>& definitions) {
  HANDSLAG_CHECK_STATUS(check_limit(definitions.size(), kMaxCalendars, "calendars"));
  std::vector<std::string_view> names{model::kDefaultCalendar};
  for (const CalendarDefinition& definition : definitions) {
    if (std::find(names.begin() + 1, names.end(), definition.name) != names.end()) {
      return invalid("calendar \"" + definition.name + "\" is defined twice; rename one");
    }
    names.push_back(definition.name);
  }
  for (const CalendarDefinition& definition : definitions) {
    if (Status status = check_versions(definition, names); !status.ok()) {
      return std::move(status).error().in("calendar \"" + definition.name + "\"");
    }
  }
  return {};
}

}  // namespace handslag::calendar
