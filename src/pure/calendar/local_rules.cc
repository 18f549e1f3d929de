// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/local_rules.h"

#include <algorithm>

#include "pure/calendar/days.h"

namespace handslag::calendar {
namespace {

constexpr std::int64_t kMicrosPerHour = 60 * kMicrosPerMinute;

// A day that never comes; its instants are outside kFirstTime … kLastTime and inside 64 bits.
constexpr std::int32_t kFarDay = 5'000'000;

Timestamp clamped(std::int64_t us) {
  return {std::clamp(us, kFirstTime.us, kLastTime.us)};
}

std::int64_t clamped_us(Timestamp time) {
  return clamped(time.us).us;
}

// The day of a repeated week in which the running count `before` (8 entries, of the week's days and of the
// week) first reaches `wanted`, as days from the week's start. `wanted` below 1 lies in earlier weeks.
template <typename Counts>
std::int64_t day_reaching_in_weeks(const Counts& before, std::int64_t wanted, std::int32_t never) {
  const std::int64_t a_week = before[7];
  if (a_week == 0) return never;
  const std::int64_t weeks = floor_division(wanted - 1, a_week);
  const std::int64_t rest = wanted - weeks * a_week;
  std::size_t day = 0;
  while (before[day + 1] < rest) ++day;
  return std::clamp<std::int64_t>(weeks * 7 + static_cast<std::int64_t>(day), -kFarDay, kFarDay);
}

}  // namespace

LocalRules::LocalRules(const Zone& zone, const Calendar& calendar)
    : zone_(zone),
      first_day_(date_from_civil({kFirstTableYear, 1, 1}).days),
      end_day_(date_from_civil({kEndTableYear, 1, 1}).days) {
  fill_table(zone, calendar);
  fill_inverse();
  past_ = beyond(calendar, first_day_, days_.front());
  future_ = beyond(calendar, end_day_, days_.back());
}

// ---- the table
// ----------------------------------------------------------------------------------------------

std::int64_t LocalRules::open_us(std::uint32_t hours) const {
  std::int64_t sum = 0;
  for (const Open& open : hours_[hours]) sum += open.to_us - open.from_us;
  return sum;
}

std::uint32_t LocalRules::hours_index(const OpenHours& hours) {
  // Few are distinct: a calendar's kinds of day, and those that daylight saving cuts or stretches.
  const auto index =
      static_cast<std::uint32_t>(std::find(hours_.begin(), hours_.end(), hours) - hours_.begin());
  if (index == hours_.size()) hours_.push_back(hours);
  return index;
}

std::uint32_t LocalRules::hours_on(const Zone& zone, const model::DayHours& hours, Date day,
                                   std::int64_t start_us) {
  OpenHours open;
  for (const model::OpenInterval& interval : hours) {
    const auto elapsed = [&](std::int16_t minute) {
      return zone.to_instant(day.days * kMicrosPerDay + minute * kMicrosPerMinute).time.us - start_us;
    };
    const Open instants{elapsed(interval.from_minute), elapsed(interval.to_minute)};
    if (instants.from_us < instants.to_us) open.push_back(instants);
  }
  return hours_index(open);
}

void LocalRules::fill_table(const Zone& zone, const Calendar& calendar) {
  days_.reserve(static_cast<std::size_t>(end_day_ - first_day_ + 1));
  Day next{};
  for (std::int32_t day = first_day_; day < end_day_; ++day) {
    next.start_us = zone.start_of_day({day}).us;
    next.hours = hours_on(zone, calendar.hours({day}), {day}, next.start_us);
    days_.push_back(next);
    next.open_before_us += open_us(next.hours);
    if (!hours_[next.hours].empty()) {
      ++next.business_before;
      business_days_.push_back(day);
    }
  }
  next.start_us = zone.start_of_day({end_day_}).us;
  next.hours = hours_on(zone, calendar.weekly_hours({end_day_}), {end_day_}, next.start_us);
  days_.push_back(next);
}

void LocalRules::fill_inverse() {
  const std::int64_t total = days_.back().open_before_us;
  granule_us_ = std::max<std::int64_t>(1, total / static_cast<std::int64_t>(days_.size()));
  std::int64_t reached = 0;
  for (std::size_t i = 0; i + 1 < days_.size(); ++i) {
    for (; reached <= days_[i + 1].open_before_us; reached += granule_us_) {
      reaching_.push_back(first_day_ + static_cast<std::int32_t>(i));
    }
  }
}

LocalRules::Beyond LocalRules::beyond(const Calendar& calendar, std::int32_t first_day, const Day& first) {
  Beyond week{.first = first, .first_day = first_day};
  for (std::size_t i = 0; i < 7; ++i) {
    OpenHours open;
    for (const model::OpenInterval& interval :
         calendar.weekly_hours({first_day + static_cast<std::int32_t>(i)})) {
      open.push_back({interval.from_minute * kMicrosPerMinute, interval.to_minute * kMicrosPerMinute});
    }
    week.hours[i] = hours_index(open);
    week.open_us[i + 1] = week.open_us[i] + open_us(week.hours[i]);
    week.business[i + 1] = week.business[i] + (open.empty() ? 0 : 1);
  }
  return week;
}

// ---- days
// ---------------------------------------------------------------------------------------------------

std::int32_t LocalRules::day_of(std::int64_t us) const {
  const std::int64_t first_us = days_.front().start_us;
  const std::int64_t end_us = days_.back().start_us;
  if (us < first_us)
    return first_day_ + static_cast<std::int32_t>(floor_division(us - first_us, kMicrosPerDay));
  if (us >= end_us) return end_day_ + static_cast<std::int32_t>((us - end_us) / kMicrosPerDay);
  // Days begin within hours of multiples of 24 h from the first; a zone that crosses the date line, within a
  // day.
  std::size_t i = std::min(static_cast<std::size_t>((us - first_us) / kMicrosPerDay), days_.size() - 2);
  while (days_[i].start_us > us) --i;
  while (days_[i + 1].start_us <= us) ++i;
  return first_day_ + static_cast<std::int32_t>(i);
}

LocalRules::Day LocalRules::day_at(std::int32_t day) const {
  if (day >= first_day_ && day < end_day_) return days_[static_cast<std::size_t>(day - first_day_)];
  const Beyond& week = day < first_day_ ? past_ : future_;
  const std::int64_t from_first = day - week.first_day;
  const std::int64_t weeks = floor_division(from_first, 7);
  const auto i = static_cast<std::size_t>(from_first - 7 * weeks);
  return {.start_us = week.first.start_us + from_first * kMicrosPerDay,
          .open_before_us = week.first.open_before_us + weeks * week.open_us[7] + week.open_us[i],
          .business_before = week.first.business_before +
                             static_cast<std::int32_t>(weeks * week.business[7] + week.business[i]),
          .hours = week.hours[i]};
}

std::int32_t LocalRules::business_day(std::int64_t number) const {
  if (number >= 1 && number <= static_cast<std::int64_t>(business_days_.size())) {
    return business_days_[static_cast<std::size_t>(number - 1)];
  }
  const Beyond& week = number < 1 ? past_ : future_;
  const std::int64_t wanted = number - week.first.business_before;
  const std::int32_t never = number < 1 ? -kFarDay : kFarDay;
  return week.first_day + static_cast<std::int32_t>(day_reaching_in_weeks(week.business, wanted, never));
}

// ---- opening time
// -------------------------------------------------------------------------------------------

std::int32_t LocalRules::day_reaching(std::int64_t open_us) const {
  const std::int64_t total = days_.back().open_before_us;
  if (open_us < 1 || open_us > total) {
    const Beyond& week = open_us < 1 ? past_ : future_;
    const std::int64_t wanted = open_us - week.first.open_before_us;
    const std::int32_t never = open_us < 1 ? -kFarDay : kFarDay;
    return week.first_day + static_cast<std::int32_t>(day_reaching_in_weeks(week.open_us, wanted, never));
  }
  auto i = static_cast<std::size_t>(reaching_[static_cast<std::size_t>(open_us / granule_us_)] - first_day_);
  while (days_[i + 1].open_before_us < open_us) ++i;
  return first_day_ + static_cast<std::int32_t>(i);
}

// bh(t).
std::int64_t LocalRules::open_until(std::int64_t us) const {
  const Day day = day_at(day_of(us));
  std::int64_t sum = day.open_before_us;
  for (const Open& open : hours_[day.hours]) {
    sum += std::clamp<std::int64_t>(us - day.start_us - open.from_us, 0, open.to_us - open.from_us);
  }
  return sum;
}

// bh⁻¹: the earliest instant at which so much opening time has elapsed; far outside where it never does.
std::int64_t LocalRules::earliest_open(std::int64_t open_us) const {
  const Day day = day_at(day_reaching(open_us));
  std::int64_t rest = open_us - day.open_before_us;
  for (const Open& open : hours_[day.hours]) {
    const std::int64_t length = open.to_us - open.from_us;
    if (rest <= length) return day.start_us + open.from_us + rest;
    rest -= length;
  }
  return day.start_us;  // a far day
}

// ---- the rules
// ----------------------------------------------------------------------------------------------

Timestamp LocalRules::due(Timestamp from, model::Duration d) const {
  using model::DurationUnit;
  const std::int64_t us = clamped_us(from);
  const auto count = static_cast<std::int32_t>(d.count);
  switch (d.unit) {
    case DurationUnit::Seconds:
    case DurationUnit::Minutes:
    case DurationUnit::Hours:
      return clamped(us + model::elapsed_us(d));
    case DurationUnit::Days:
      return end_of_day({day_of(us) + count});
    case DurationUnit::BusinessDays: {
      const std::int32_t day = day_of(us);
      return end_of_day({count == 0 ? day : business_day(day_at(day + 1).business_before + d.count)});
    }
    case DurationUnit::BusinessHours:
      return count == 0 ? Timestamp{us} : clamped(earliest_open(open_until(us) + d.count * kMicrosPerHour));
  }
  return {us};
}

Timestamp LocalRules::earliest_within(Timestamp target, model::Duration d) const {
  using model::DurationUnit;
  const std::int64_t us = clamped_us(target);
  const auto count = static_cast<std::int32_t>(d.count);
  switch (d.unit) {
    case DurationUnit::Seconds:
    case DurationUnit::Minutes:
    case DurationUnit::Hours:
      return clamped(us - model::elapsed_us(d));
    case DurationUnit::Days:
      return start_of_day({day_of(us) - count});
    case DurationUnit::BusinessDays: {
      // target ≤ due(w) ⇔ fewer business days lie before target's day than up to w's day, plus the count.
      const std::int32_t day = day_of(us);
      return start_of_day({count == 0 ? day : business_day(day_at(day).business_before - d.count + 1)});
    }
    case DurationUnit::BusinessHours:
      // target ≤ bh⁻¹(bh(w) + D) ⇔ bh(target − 1 µs) < bh(w) + D.
      return count == 0 ? Timestamp{us}
                        : clamped(earliest_open(open_until(us - 1) - d.count * kMicrosPerHour + 1));
  }
  return {us};
}

Date LocalRules::local_day(Timestamp time) const {
  return {day_of(clamped_us(time))};
}

Timestamp LocalRules::start_of_day(Date day) const {
  return clamped(day_at(std::clamp(day.days, -kFarDay, kFarDay)).start_us);
}

Timestamp LocalRules::end_of_day(Date day) const {
  return clamped(day_at(std::clamp(day.days, -kFarDay, kFarDay) + 1).start_us - 1);
}

std::int64_t LocalRules::wall_clock_us(Timestamp time) const {
  const std::int64_t local_us = time.us + zone_.offset_us(time);
  return local_us - floor_division(local_us, kMicrosPerDay) * kMicrosPerDay;
}

std::int64_t LocalRules::business_us(Timestamp from, Timestamp to) const {
  return open_until(clamped_us(to)) - open_until(clamped_us(from));
}

}  // namespace handslag::calendar
