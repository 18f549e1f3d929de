// SPDX-License-Identifier: Apache-2.0
// For tests: a zone without daylight saving, where every day is a business day, 00–24.
#pragma once

#include <algorithm>

#include "pure/model/time_rules.h"

namespace handslag::gap {

class UtcRules final : public model::TimeRules {
 public:
  Timestamp due(Timestamp from, model::Duration d) const override {
    if (d.is_elapsed()) return {std::min(from.us + model::elapsed_us(d), kLastTime.us)};
    return end_of_day({local_day(from).days + static_cast<std::int32_t>(d.count)});
  }
  Timestamp earliest_within(Timestamp target, model::Duration d) const override {
    if (d.is_elapsed()) return {std::max(target.us - model::elapsed_us(d), kFirstTime.us)};
    return start_of_day({local_day(target).days - static_cast<std::int32_t>(d.count)});
  }
  Date local_day(Timestamp time) const override {
    const std::int64_t days = time.us / kMicrosPerDay - (time.us % kMicrosPerDay < 0 ? 1 : 0);
    return {static_cast<std::int32_t>(days)};
  }
  Timestamp start_of_day(Date day) const override { return {day.days * kMicrosPerDay}; }
  Timestamp end_of_day(Date day) const override { return {(day.days + 1) * kMicrosPerDay - 1}; }
  std::int64_t business_us(Timestamp from, Timestamp to) const override { return to.us - from.us; }
};

}  // namespace handslag::gap
