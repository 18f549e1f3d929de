// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/calendars.h"

namespace handslag::calendar {
namespace {

// OPTIMIZATION: nobody can define this calendar anew, so its rules at home are made once for the whole
// process.
std::shared_ptr<const LocalRules> house_rules(const Zone& zone, const Calendar& calendar) {
  static const auto rules = std::make_shared<const LocalRules>(zone, calendar);
  return rules;
}

}  // namespace

Result<std::unique_ptr<Calendars>> Calendars::create(
    const std::vector<model::CalendarDefinition>& definitions) {
  Result<CalendarSet> calendars = make_calendars(definitions);
  if (!calendars.ok()) return std::move(calendars).error();
  return std::unique_ptr<Calendars>(new Calendars(std::move(calendars).value()));
}

const model::TimeRules* Calendars::find(std::string_view calendar, std::string_view zone) const {
  if (calendar.empty() || calendar == "default") calendar = model::kDefaultCalendar;
  if (zone.empty()) zone = model::kDefaultZone;
  const auto found = calendars_.find(calendar);
  if (found == calendars_.end()) return nullptr;

  const std::lock_guard lock(mutex_);
  const Result<const Zone*> rules_of_zone = zone_locked(zone);
  if (!rules_of_zone.ok()) return nullptr;
  std::shared_ptr<const LocalRules>& rules = rules_[{std::string(calendar), std::string(zone)}];
  const bool is_house = calendar == model::kDefaultCalendar && zone == model::kDefaultZone;
  if (rules == nullptr)
    rules = is_house ? house_rules(**rules_of_zone, *found->second)
                     : std::make_shared<const LocalRules>(**rules_of_zone, *found->second);
  return rules.get();
}

Result<const Zone*> Calendars::zone(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  return zone_locked(name.empty() ? model::kDefaultZone : name);
}

Result<const Zone*> Calendars::zone_locked(std::string_view name) const {
  if (const auto found = zones_.find(name); found != zones_.end()) return found->second.get();
  Result<Zone> opened = Zone::open(name);
  if (!opened.ok()) return std::move(opened).error();
  auto owned = std::make_unique<const Zone>(std::move(opened).value());
  return zones_.emplace(std::string(name), std::move(owned)).first->second.get();
}

std::vector<std::string_view> Calendars::names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, calendar] : calendars_) names.emplace_back(name);
  return names;
}

}  // namespace handslag::calendar
