// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/period.h"

#include "base/check.h"

namespace handslag::gap {
namespace {

constexpr std::int32_t kMondayOffset = 3;  // 1970-01-01 was a Thursday: day −3 was a Monday

constexpr std::int32_t floor_division(std::int32_t dividend, std::int32_t divisor) {
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

Date first_of_month(std::int32_t months) {  // since year 0
  const std::int32_t year = floor_division(months, 12);
  return date_from_civil({year, months - year * 12 + 1, 1});
}

}  // namespace

std::int32_t period_number(Period period, Date day) {
  if (period == Period::Day) return day.days;
  if (period == Period::Week) return floor_division(day.days + kMondayOffset, 7);
  const CivilDay civil = civil_from_date(day);
  if (period == Period::Month) return civil.year * 12 + civil.month - 1;
  if (period == Period::Quarter) return civil.year * 4 + (civil.month - 1) / 3;
  HANDSLAG_DCHECK(period == Period::Year, "a period is asked for");
  return civil.year;
}

Date first_day(Period period, std::int32_t number) {
  switch (period) {
    case Period::None:
      break;
    case Period::Day:
      return {number};
    case Period::Week:
      return {number * 7 - kMondayOffset};
    case Period::Month:
      return first_of_month(number);
    case Period::Quarter:
      return first_of_month(number * 3);
    case Period::Year:
      return first_of_month(number * 12);
  }
  HANDSLAG_CHECK(false, "a period is asked for");
  return {};
}

}  // namespace handslag::gap
