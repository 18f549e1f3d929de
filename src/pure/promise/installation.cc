// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pure/promise/compile_rule.h"

namespace handslag::promise {

Installation::Installation(const model::Columns& columns, const model::Horizons& horizons,
                           const model::TimeRulesSource& rules)
    : columns_(columns), horizons_(horizons), rules_(rules), organisation_(columns.types.size()) {
  for (std::size_t i = 0; i < columns.types.size(); ++i) {
    types_.emplace_back(columns.types[i].name, static_cast<model::TypeCode>(i));
  }
  std::sort(types_.begin(), types_.end());
  const EventIndex end = columns.customers() == 0 ? 0 : columns.offsets[1];
  for (EventIndex e = 0; e < end; ++e) organisation_[columns.type[e]].push_back(e);
}

std::vector<model::TypeCode> Installation::types_of(const TypePattern& pattern) const {
  std::vector<model::TypeCode> found;
  const std::string_view wanted = pattern.text;
  for (auto it = std::lower_bound(types_.begin(), types_.end(), std::pair{wanted, model::TypeCode{0}});
       it != types_.end(); ++it) {
    if (pattern.is_prefix ? !it->first.starts_with(wanted) : it->first != wanted) break;
    found.push_back(it->second);
  }
  std::sort(found.begin(), found.end());
  return found;
}

const std::uint32_t* Installation::key_column(const std::string& key) const {
  const auto found = columns_.keys.find(key);
  return found == columns_.keys.end() ? nullptr : found->second.data();
}

const model::ValueColumn* Installation::name_column(const std::string& name) const {
  const auto found = columns_.names.find(name);
  return found == columns_.names.end() ? nullptr : &found->second;
}

const model::ValueColumn* Installation::attribute_column(const std::string& name) const {
  const auto found = columns_.attributes.find(name);
  return found == columns_.attributes.end() ? nullptr : &found->second;
}

Result<const model::TimeRules*> Installation::time_rules(const Promise& promise) const {
  const std::string_view calendar = promise.calendar.empty() ? model::kDefaultCalendar : promise.calendar;
  const std::string_view zone = promise.zone.empty() ? model::kDefaultZone : promise.zone;
  const model::TimeRules* found = rules_.find(calendar, zone);
  if (found != nullptr) return found;
  const bool is_zone_known = rules_.find(model::kDefaultCalendar, zone) != nullptr;
  if (is_zone_known) {
    return not_found("no calendar is called \"" + std::string(calendar) +
                     "\"; calendars are declared in calendars.toml");
  }
  return not_found("no time zone is called \"" + std::string(zone) +
                   "\"; names are those of the time zone database, such as \"Europe/Stockholm\"");
}

Allowance Installation::allowance(model::Duration duration, const model::TimeRules& rules,
                                  std::vector<MeasuredDuration>& all) {
  const auto same = std::find_if(all.begin(), all.end(), [&](const MeasuredDuration& it) {
    return it.rules == &rules && it.duration == duration;
  });
  const auto clock = static_cast<std::uint32_t>(same - all.begin());
  if (same == all.end()) all.push_back({&rules, duration});
  return {clock, duration.is_business()};
}

}  // namespace handslag::promise
