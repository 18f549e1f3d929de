// SPDX-License-Identifier: Apache-2.0
// All calendars and zones of an installation: where the promise engine finds its TimeRules, and readers of
// files their LocalTimes.
//
//   auto calendars = Calendars::create(definitions);          // of calendars.toml; {} for `sweden` alone
//   const model::TimeRules* rules = (*calendars)->find("sweden", "Europe/Stockholm");
//   Result<const Zone*> zone = (*calendars)->zone("Europe/London");
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "pure/calendar/calendar.h"
#include "pure/calendar/local_rules.h"
#include "pure/calendar/zone.h"
#include "pure/model/calendar_definition.h"
#include "pure/model/time_rules.h"

namespace handslag::calendar {

/// Any thread. Owns what it returns; zones and rules are made when first asked for and kept.
class Calendars final : public model::TimeRulesSource {
 public:
  /// Invalid or Limit: a definition is wrong; the message names calendar, field and remedy.
  static Result<std::unique_ptr<Calendars>> create(const std::vector<model::CalendarDefinition>& definitions);

  /// An empty name, or "default", means kDefaultCalendar; an empty zone kDefaultZone. Null where one is
  /// unknown. Cost: a lock and a look-up; ten milliseconds the first time (of those at home: in the
  /// process).
  const model::TimeRules* find(std::string_view calendar, std::string_view zone) const override;

  /// NotFound or Unavailable as Zone::open; an empty name means kDefaultZone.
  Result<const Zone*> zone(std::string_view name) const;

  /// The names of all calendars, for "did you mean".
  std::vector<std::string_view> names() const;

 private:
  explicit Calendars(CalendarSet calendars) : calendars_(std::move(calendars)) {}
  Result<const Zone*> zone_locked(std::string_view name) const;

  const CalendarSet calendars_;
  mutable std::mutex mutex_;  // guards the two maps below; their values never change or move
  mutable std::map<std::string, std::unique_ptr<const Zone>, std::less<>> zones_;
  mutable std::map<std::pair<std::string, std::string>, std::shared_ptr<const LocalRules>> rules_;
};

}  // namespace handslag::calendar
