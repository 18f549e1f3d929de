// SPDX-License-Identifier: Apache-2.0
// A calendar that can be worked out by hand, for the tests of this folder: UTC, but for a zone "east" one
// hour ahead; open Monday to Friday, business hours 08–17. The real one is pure/calendar, which this folder
// does not know.
#pragma once

#include <algorithm>
#include <string_view>

#include "pure/model/time_rules.h"

namespace handslag::promise {

class HandCalendar : public model::TimeRules {
 public:
  explicit HandCalendar(std::int64_t ahead_us) : ahead_us_(ahead_us) {}

  Timestamp due(Timestamp from, model::Duration d) const override {
    if (d.is_elapsed()) return {std::min(from.us + model::elapsed_us(d), kLastTime.us)};
    Date day = local_day(from);
    if (d.unit == model::DurationUnit::Days)
      return end_of_day({day.days + static_cast<std::int32_t>(d.count)});
    if (d.unit == model::DurationUnit::BusinessHours)
      return after_opening(from, model::elapsed_us({d.count, model::DurationUnit::Hours}));
    for (std::int64_t left = d.count; left > 0;) left -= is_open({++day.days}) ? 1 : 0;
    return end_of_day(day);
  }
  Timestamp earliest_within(Timestamp target, model::Duration) const override {
    return target;
  }  // not asked here
  Date local_day(Timestamp t) const override {
    const std::int64_t us = t.us + ahead_us_;
    return {static_cast<std::int32_t>(us >= 0 ? us / kMicrosPerDay : -((-us - 1) / kMicrosPerDay) - 1)};
  }
  Timestamp start_of_day(Date day) const override { return {day.days * kMicrosPerDay - ahead_us_}; }
  Timestamp end_of_day(Date day) const override { return {start_of_day({day.days + 1}).us - 1}; }
  std::int64_t business_us(Timestamp from, Timestamp to) const override {
    if (to < from) return -business_us(to, from);
    std::int64_t sum = 0;
    for (Date day = local_day(from); day <= local_day(to); ++day.days) {
      if (!is_open(day)) continue;
      sum += std::max<std::int64_t>(0, std::min(to, closing(day)).us - std::max(from, opening(day)).us);
    }
    return sum;
  }

 private:
  static bool is_open(Date day) { return (day.days % 7 + 7 + 3) % 7 < 5; }  // 1970-01-01 was a Thursday
  Timestamp opening(Date day) const { return {start_of_day(day).us + 8 * kMicrosPerHour}; }
  Timestamp closing(Date day) const { return {start_of_day(day).us + 17 * kMicrosPerHour}; }
  Timestamp after_opening(Timestamp from, std::int64_t us) const {
    for (Date day = local_day(from);; ++day.days) {
      if (!is_open(day) || closing(day) < from) continue;
      const Timestamp begin = std::max(from, opening(day));
      if (closing(day).us - begin.us >= us) return {begin.us + us};
      us -= closing(day).us - begin.us;
    }
  }
  std::int64_t ahead_us_;
};

/// Knows the default calendar, and the default zone (UTC here) and "east".
class HandCalendars : public model::TimeRulesSource {
 public:
  const model::TimeRules* find(std::string_view calendar, std::string_view zone) const override {
    if (calendar != model::kDefaultCalendar) return nullptr;
    if (zone == model::kDefaultZone) return &utc_;
    return zone == "east" ? &east_ : nullptr;
  }

 private:
  HandCalendar utc_{0};
  HandCalendar east_{kMicrosPerHour};
};

}  // namespace handslag::promise
