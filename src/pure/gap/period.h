// SPDX-License-Identifier: Apache-2.0
// Days, ISO weeks, months, quarters and years as consecutive numbers.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace handslag::gap {

enum class Period : std::uint8_t { None, Day, Week, Month, Quarter, Year };

/// The number of the period that a day lies in: consecutive periods have consecutive numbers. A week begins
/// on Monday (ISO 8601). REQUIRES: period is not None.
std::int32_t period_number(Period period, Date day);

/// The first day of a period.
Date first_day(Period period, std::int32_t number);

}  // namespace handslag::gap
