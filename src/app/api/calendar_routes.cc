// SPDX-License-Identifier: Apache-2.0
// The calendars as they hold from today on, for people to read; they come in by `handslag settings put`.
#include <fmt/format.h>

#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/settings/settings.h"
#include "pure/calendar/calendar.h"
#include "pure/calendar/sweden.h"
#include "pure/calendar/zone.h"
#include "pure/model/time_rules.h"

namespace handslag::app {
namespace {

constexpr std::int32_t kDaysAhead = 366;

using OwnCalendars = std::vector<model::CalendarDefinition>;

Json hours_json(const model::DayHours& hours) {
  Json list = Json::array();
  for (const model::OpenInterval& it : hours)
    list.push_back(fmt::format("{:02}:{:02}-{:02}:{:02}", it.from_minute / 60, it.from_minute % 60,
                               it.to_minute / 60, it.to_minute % 60));
  return list;
}

// Null for `sweden`.
const model::CalendarDefinition* definition_of(const OwnCalendars& definitions, std::string_view name) {
  for (const auto& it : definitions)
    if (it.name == name) return &it;
  return nullptr;
}

const model::CalendarVersion& version_on(const model::CalendarDefinition& definition, Date day) {
  const model::CalendarVersion* found = &definition.versions.front();
  for (const auto& it : definition.versions)
    if (it.valid_from && *it.valid_from <= day) found = &it;
  return *found;
}

bool falls_on(const model::HolidayRule& rule, Date day) {
  const CivilDay civil = civil_from_date(day);
  if (const auto* date = std::get_if<Date>(&rule)) return *date == day;
  if (const auto* yearly = std::get_if<model::MonthDay>(&rule))
    return yearly->month == civil.month && yearly->day == civil.day;
  return calendar::easter_sunday(civil.year).days + std::get<model::EasterOffset>(rule).days == day.days;
}

// What the calendar, or the one it extends, calls a day of its own.
std::string name_of_day(const OwnCalendars& definitions, const std::string& calendar, Date day) {
  const model::CalendarDefinition* definition = definition_of(definitions, calendar);
  if (definition == nullptr)
    return calendar == model::kDefaultCalendar ? std::string(calendar::swedish_day_off(day)) : "";
  const model::CalendarVersion& version = version_on(*definition, day);
  for (const auto& it : version.exceptions)
    if (it.day == day) return it.name;
  for (const auto& it : version.holidays)
    if (falls_on(it.when, day)) return it.name;
  return version.extends.empty() ? "" : name_of_day(definitions, version.extends, day);
}

// Days on which the week does not say when it is open.
Json special_days(const OwnCalendars& definitions, const std::string& name,
                  const calendar::Calendar& calendar, Date today) {
  Json list = Json::array();
  for (std::int32_t d = 0; d < kDaysAhead; ++d) {
    const Date day{today.days + d};
    const auto special = calendar.special_hours(day);
    if (!special || *special == calendar.weekly_hours(day)) continue;
    list.push_back({{"date", format_date(day)},
                    {"name", name_of_day(definitions, name, day)},
                    {"hours", hours_json(*special)}});
  }
  return list;
}

// From Monday, of the week that today lies in.
Json week_json(const calendar::Calendar& calendar, Date today) {
  constexpr std::int32_t kThursday = 3;  // 1970-01-01 was one
  const std::int32_t monday = today.days - (today.days + kThursday) % 7;
  Json week = Json::array();
  for (std::int32_t d = 0; d < 7; ++d) week.push_back(hours_json(calendar.weekly_hours({monday + d})));
  return week;
}

Json calendar_json(const OwnCalendars& definitions, const std::string& name,
                   const calendar::Calendar& calendar, Date today) {
  const model::CalendarDefinition* definition = definition_of(definitions, name);
  Json later = Json::array();
  std::string extends;
  if (definition != nullptr) {
    extends = version_on(*definition, today).extends;
    for (const auto& it : definition->versions)
      if (it.valid_from && *it.valid_from > today) later.push_back(format_date(*it.valid_from));
  }
  return {{"name", name},
          {"is_built_in", definition == nullptr},
          {"extends", extends.empty() ? Json() : Json(extends)},
          {"week", week_json(calendar, today)},
          {"special_days", special_days(definitions, name, calendar, today)},
          {"other_versions_from", std::move(later)}};
}

Result<http::Response> calendars(Call& call) {
  HANDSLAG_TRY(settings, read_settings(call.services->directory.path()));
  HANDSLAG_TRY(set, calendar::make_calendars(settings.calendars));
  HANDSLAG_TRY(zone, calendar::Zone::open(model::kDefaultZone));
  const Date today = zone.local_day(call.now);
  Json list = Json::array();
  for (const auto& [name, calendar] : set)
    list.push_back(calendar_json(settings.calendars, name, *calendar, today));
  return json_response({{"from", format_date(today)},
                        {"to", format_date({today.days + kDaysAhead})},
                        {"calendars", std::move(list)}});
}

}  // namespace

void add_calendar_routes(std::vector<Route>& routes) {
  add(routes, http::Method::Get, "/v1/calendars", Permission::ReadSettings, Where::Worker, calendars,
      "When the calendars are open, from today on");
}

}  // namespace handslag::app
