// SPDX-License-Identifier: Apache-2.0
#include "app/promises/time_names.h"

#include "app/settings/settings.h"

namespace handslag::app {
namespace {

// What is suggested for a misspelt zone; the database has 600 names, most of which nobody here means.
constexpr std::string_view kUsualZones[] = {
    "UTC",           "Europe/Stockholm", "Europe/Oslo",        "Europe/Copenhagen", "Europe/Helsinki",
    "Europe/London", "Europe/Dublin",    "Europe/Berlin",      "Europe/Paris",      "Europe/Amsterdam",
    "Europe/Madrid", "Europe/Rome",      "Europe/Vienna",      "Europe/Warsaw",     "Europe/Brussels",
    "Europe/Zurich", "Europe/Lisbon",    "Europe/Prague",      "Europe/Athens",     "Europe/Tallinn",
    "Europe/Riga",   "Europe/Vilnius",   "Atlantic/Reykjavik", "Europe/Kiev",       "Europe/Istanbul",
    "Asia/Kolkata",  "Asia/Tokyo",       "America/New_York",   "America/Chicago",   "America/Los_Angeles"};

}  // namespace

promise::TimeNames time_names(const calendar::Calendars& calendars) {
  promise::TimeNames names;
  for (const std::string_view name : calendars.names()) names.calendars.emplace_back(name);
  for (const std::string_view zone : kUsualZones) names.usual_zones.emplace_back(zone);
  names.has_zone = [&calendars](std::string_view name) {
    const auto zone = calendars.zone(name);
    return zone.ok() || zone.error().code != ErrorCode::NotFound;
  };
  return names;
}

Result<std::unique_ptr<calendar::Calendars>> calendars_of(const std::string& data_directory) {
  HANDSLAG_TRY(settings, read_settings(data_directory));
  return calendar::Calendars::create(settings.calendars);
}

}  // namespace handslag::app
