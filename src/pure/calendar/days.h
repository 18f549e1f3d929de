// SPDX-License-Identifier: Apache-2.0
// Arithmetic on day numbers.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace handslag::calendar {

/// Division that rounds down, also below zero. REQUIRES: divisor > 0.
constexpr std::int64_t floor_division(std::int64_t dividend, std::int64_t divisor) {
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

inline constexpr std::int32_t kMonday = 0, kFriday = 4, kSaturday = 5;

/// Days since Monday: 0 to 6.
constexpr std::int32_t weekday(Date day) {
  constexpr std::int64_t kThursday = 3;  // 1970-01-01
  const std::int64_t since_monday = day.days + kThursday;
  return static_cast<std::int32_t>(since_monday - 7 * floor_division(since_monday, 7));
}

}  // namespace handslag::calendar
