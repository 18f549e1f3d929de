// SPDX-License-Identifier: Apache-2.0
// due(t) for one duration, fast. Calendar and business days depend on the local day of t alone, so the
// answers are kept by UTC day, of which each touches two local days at most. One thread.
#pragma once

#include <cstdint>
#include <memory>

#include "base/time.h"
#include "pure/model/duration.h"
#include "pure/model/time_rules.h"

namespace handslag::promise {

class DueClock {
 public:
  /// Keeps `rules`, which must outlive this.
  DueClock(const model::TimeRules& rules, model::Duration duration);

  /// The same as rules.due(t, duration). Cost: a few nanoseconds, but for the first question about a day;
  /// business hours cost a call of the rules each time.
  Timestamp due(Timestamp t) {
    if (elapsed_us_ >= 0)
      return t.us > kLastTime.us - elapsed_us_ ? kLastTime : Timestamp{t.us + elapsed_us_};
    if (!days_) return rules_->due(t, duration_);
    const std::int64_t day =
        t.us / kMicrosPerDay;  // Why: rounding towards zero is as good, it only names a slot
    Day& slot = days_[static_cast<std::uint64_t>(day) % kDays];
    if (t.us < slot.from || t.us > slot.to) fill(slot, t);
    return t.us < slot.midnight ? slot.due_before : slot.due_after;
  }

 private:
  static constexpr std::size_t kDays = 2048;

  struct Day {
    std::int64_t from = 1, to = 0;  // holds nothing at first
    std::int64_t midnight = 0;      // the local midnight inside
    Timestamp due_before, due_after;
  };

  void fill(Day& slot, Timestamp t) const;

  const model::TimeRules* rules_;
  model::Duration duration_;
  std::int64_t elapsed_us_ = -1;
  std::unique_ptr<Day[]> days_;
};

}  // namespace handslag::promise
