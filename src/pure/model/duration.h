// SPDX-License-Identifier: Apache-2.0
// How long a promise gives, as its text says it (P-18, P-19). What instant that leads to is for TimeRules.
#pragma once

#include <cstdint>

namespace handslag::model {

enum class DurationUnit : std::uint8_t { Seconds, Minutes, Hours, Days, BusinessDays, BusinessHours };

struct Duration {
  std::int64_t count = 0;  // 0 to kLongestDuration's equal in its unit
  DurationUnit unit = DurationUnit::Seconds;

  bool is_elapsed() const { return unit <= DurationUnit::Hours; }
  bool is_business() const { return unit >= DurationUnit::BusinessDays; }
  friend bool operator==(const Duration&, const Duration&) = default;
};

/// Microseconds of an elapsed duration. REQUIRES: is_elapsed().
constexpr std::int64_t elapsed_us(Duration d) {
  const std::int64_t seconds = d.unit == DurationUnit::Seconds   ? 1
                               : d.unit == DurationUnit::Minutes ? 60
                                                                 : 3600;
  return d.count * seconds * 1'000'000;
}

/// The longest duration a promise may state: a hundred years of days; 876,600 hours. Keeps arithmetic in
/// range.
inline constexpr std::int64_t kLongestDurationDays = 36'525;

}  // namespace handslag::model
