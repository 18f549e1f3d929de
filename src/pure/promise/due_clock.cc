// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/due_clock.h"

#include <algorithm>

namespace handslag::promise {

DueClock::DueClock(const model::TimeRules& rules, model::Duration duration)
    : rules_(&rules), duration_(duration) {
  if (duration.is_elapsed()) {
    elapsed_us_ = model::elapsed_us(duration);
  } else if (duration.unit != model::DurationUnit::BusinessHours) {
    days_ = std::make_unique<Day[]>(kDays);
  }
}

void DueClock::fill(Day& slot, Timestamp t) const {
  // The hours around t that lie in its local day or the next, cut to t's UTC day.
  const std::int64_t utc_day = t.us >= 0 ? t.us / kMicrosPerDay : -((-t.us - 1) / kMicrosPerDay) - 1;
  const std::int64_t first = std::max(utc_day * kMicrosPerDay, kFirstTime.us);
  const std::int64_t last = std::min((utc_day + 1) * kMicrosPerDay - 1, kLastTime.us);
  const Date day = rules_->local_day(t);
  const std::int64_t start = rules_->start_of_day(day).us;
  const std::int64_t end = rules_->end_of_day(day).us;
  slot.from = std::max(first, start);
  slot.to = std::min(last, end);
  slot.midnight = slot.from;
  slot.due_after = rules_->due(t, duration_);
  if (start > first) {  // the day before shares this UTC day
    const Timestamp before{start - 1};
    slot.from = std::max(first, rules_->start_of_day(rules_->local_day(before)).us);
    slot.midnight = start;
    slot.due_before = rules_->due(before, duration_);
  } else if (end < last) {  // the day after does
    const Timestamp after{end + 1};
    slot.to = std::min(last, rules_->end_of_day(rules_->local_day(after)).us);
    slot.midnight = after.us;
    slot.due_before = slot.due_after;
    slot.due_after = rules_->due(after, duration_);
  }
}

}  // namespace handslag::promise
