// SPDX-License-Identifier: Apache-2.0
#include "app/demo/days.h"

#include <algorithm>

namespace handslag::demo {
namespace {

constexpr std::int32_t kDaysBefore = 31;
constexpr std::int32_t kDaysAfter = 184;
constexpr std::int64_t kSecondsPerDay = 86'400;

}  // namespace

Moment Moment::plus_seconds(std::int64_t seconds) const {
  const std::int64_t sum = second + seconds;
  const std::int64_t days = sum >= 0 ? sum / kSecondsPerDay : -((kSecondsPerDay - 1 - sum) / kSecondsPerDay);
  return {day + static_cast<std::int32_t>(days), static_cast<std::int32_t>(sum - days * kSecondsPerDay)};
}

Days::Days(Date first, std::uint32_t months, const model::TimeRules& rules)
    : months_(static_cast<std::int32_t>(months)) {
  CivilDay civil = civil_from_date(first);
  civil.day = 1;
  first_ = date_from_civil(civil);
  for (std::uint32_t month = 0; month <= months; ++month) {
    first_of_month_.push_back(date_from_civil(civil).days - first_.days);
    if (++civil.month > 12) civil = {civil.year + 1, 1, 1};
  }
  count_ = first_of_month_.back();
  for (std::int32_t day = -kDaysBefore; day < count_ + kDaysAfter; ++day) {
    const Date here = date(day);
    const Timestamp start = rules.start_of_day(here);
    table_.push_back({start, static_cast<std::int8_t>(civil_from_date(here).month),
                      rules.business_us(start, rules.end_of_day(here)) > 0});
  }
}

const Days::Day& Days::at(std::int32_t day) const {
  const auto last = static_cast<std::int32_t>(table_.size()) - 1;
  return table_[static_cast<std::size_t>(std::clamp(day + kDaysBefore, 0, last))];
}

std::int32_t Days::first_of_month(std::int32_t month) const {
  return first_of_month_[static_cast<std::size_t>(month)];
}

Timestamp Days::instant(Moment moment) const {
  // Why: daylight saving changes between two and three, so the morning is counted from midnight, the rest to
  // the next.
  if (moment.second < at_hour(3)) return {at(moment.day).start.us + moment.second * kMicrosPerSecond};
  return {at(moment.day + 1).start.us - (kSecondsPerDay - moment.second) * kMicrosPerSecond};
}

bool Days::is_working(std::int32_t day) const {
  return at(day).is_working;
}

std::int32_t Days::weekday(std::int32_t day) const {
  const std::int32_t since_thursday = (first_.days + day) % 7;  // 1970-01-01 was a Thursday
  return (since_thursday + 3 + 7) % 7;
}

std::int32_t Days::month_of_year(std::int32_t day) const {
  return at(day).month;
}

std::int32_t Days::plus_working(std::int32_t day, std::int32_t working_days) const {
  while (working_days > 0 && day < count_ + kDaysAfter) {
    ++day;
    if (is_working(day)) --working_days;
  }
  return day;
}

std::int32_t Days::working_on_or_before(std::int32_t day) const {
  while (!is_working(day) && day > -kDaysBefore) --day;
  return day;
}

}  // namespace handslag::demo
