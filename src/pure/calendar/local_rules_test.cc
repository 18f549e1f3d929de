// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/local_rules.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "pure/calendar/calendars.h"
#include "pure/calendar/days_for_test.h"

namespace handslag::calendar {
namespace {

using model::Duration;
using model::DurationUnit;

constexpr Duration business_days(std::int64_t n) {
  return {n, DurationUnit::BusinessDays};
}
constexpr Duration business_hours(std::int64_t n) {
  return {n, DurationUnit::BusinessHours};
}
constexpr Duration days(std::int64_t n) {
  return {n, DurationUnit::Days};
}

model::CalendarDefinition calendar(const std::string& name, const model::DayHours& hours,
                                   bool is_open_at_weekends) {
  model::CalendarVersion version;
  for (std::size_t i = 0; i < (is_open_at_weekends ? 7U : 5U); ++i) version.weekly[i] = hours;
  return {name, {version}};
}

// Open for one minute a week, on Mondays.
model::CalendarDefinition seldom() {
  model::CalendarDefinition definition = calendar("seldom", {{600, 601}}, false);
  for (std::size_t i = 1; i < 5; ++i) definition.versions[0].weekly[i].reset();
  return definition;
}

// All but closed from 2032-12-21 on: open for one minute on Sundays.
model::CalendarDefinition closing() {
  model::CalendarDefinition definition = calendar("closing", {{480, 1020}}, false);
  model::CalendarVersion closed = definition.versions[0];
  closed.valid_from = Date{23'000};  // 2032-12-21
  for (auto& hours : closed.weekly) hours.reset();
  closed.weekly[6] = model::DayHours{{0, 1}};
  definition.versions.push_back(closed);
  return definition;
}

const Calendars& calendars() {
  static const std::unique_ptr<Calendars> all = [] {
    auto made = Calendars::create({calendar("always", {{0, 1440}}, true),
                                   calendar("nights", {{0, 180}, {1320, 1440}}, true),
                                   calendar("split", {{480, 720}, {780, 1020}}, false), seldom(), closing()});
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
    return std::move(made).value();
  }();
  return *all;
}

const model::TimeRules& rules(std::string_view calendar = "sweden",
                              std::string_view zone = "Europe/Stockholm") {
  const model::TimeRules* found = calendars().find(calendar, zone);
  EXPECT_NE(found, nullptr);
  return *found;
}

TEST(LocalRules, CountsElapsedTime) {  // P-18
  EXPECT_EQ(rules().due(at("2026-03-29T00:30:00Z"), {24, DurationUnit::Hours}), at("2026-03-30T00:30:00Z"));
  EXPECT_EQ(rules().due(at("2026-11-21T10:00:00Z"), {90, DurationUnit::Seconds}), at("2026-11-21T10:01:30Z"));
  EXPECT_EQ(rules().due(at("2026-11-21T10:00:00Z"), {3, DurationUnit::Minutes}), at("2026-11-21T10:03:00Z"));
}

TEST(LocalRules, EndsDaysAtTheLastMicrosecondOfTheLocalDay) {  // P-18
  // Saturday 11:00 local, winter: the tenth day after is 2026-12-01.
  EXPECT_EQ(rules().due(at("2026-11-21T10:00:00Z"), days(10)), at("2026-12-01T22:59:59.999999Z"));
  // Over the change to summer time; 23:30 UTC is already the next day in Stockholm.
  EXPECT_EQ(rules().due(at("2026-03-27T23:30:00Z"), days(1)), at("2026-03-29T21:59:59.999999Z"));
  EXPECT_EQ(rules().due(at("2026-11-21T10:00:00Z"), days(0)), at("2026-11-21T22:59:59.999999Z"));
  EXPECT_EQ(rules("sweden", "America/New_York").due(at("2026-11-21T04:00:00Z"), days(1)),
            at("2026-11-22T04:59:59.999999Z"));
}

TEST(LocalRules, ShowsWhatAClockOnTheWallShowsOnBothSidesOfAChange) {                    // P-21
  EXPECT_EQ(rules().wall_clock_us(at("2026-03-29T00:30:00Z")), kMicrosPerHour * 3 / 2);  // 01:30, winter time
  EXPECT_EQ(rules().wall_clock_us(at("2026-03-29T10:00:00Z")), 12 * kMicrosPerHour);     // summer time
  EXPECT_EQ(rules().wall_clock_us(at("2026-10-25T10:00:00Z")), 11 * kMicrosPerHour);     // winter time again
  EXPECT_EQ(rules("sweden", "America/New_York").wall_clock_us(at("1960-01-01T02:00:00Z")),
            21 * kMicrosPerHour);
}

TEST(LocalRules, CountsBusinessDays) {  // P-19
  // Friday 18 December: 21, 22, 23; 24–26 off, Saturday, Sunday; 28 is the fourth.
  EXPECT_EQ(rules().due(at("2026-12-18T10:00:00Z"), business_days(3)), at("2026-12-23T22:59:59.999999Z"));
  EXPECT_EQ(rules().due(at("2026-12-18T10:00:00Z"), business_days(4)), at("2026-12-28T22:59:59.999999Z"));
  // From a closed day: Saturday; Monday is the first.
  EXPECT_EQ(rules().due(at("2026-11-21T10:00:00Z"), business_days(1)), at("2026-11-23T22:59:59.999999Z"));
  EXPECT_EQ(rules().due(at("2026-11-21T10:00:00Z"), business_days(0)), at("2026-11-21T22:59:59.999999Z"));
}

TEST(LocalRules, CountsBusinessHours) {  // P-19
  // Maundy Thursday 12:00: five hours; Friday to Monday off; three hours on Tuesday 7 April.
  EXPECT_EQ(rules().due(at("2026-04-02T10:00:00Z"), business_hours(8)), at("2026-04-07T09:00:00Z"));
  // All of a day: due as it closes, not as the next one opens.
  EXPECT_EQ(rules().due(at("2026-11-20T07:00:00Z"), business_hours(9)), at("2026-11-20T16:00:00Z"));
  // Outside hours the clock stands still.
  EXPECT_EQ(rules().due(at("2026-11-20T18:00:00Z"), business_hours(1)), at("2026-11-23T08:00:00Z"));
  EXPECT_EQ(rules().due(at("2026-11-20T18:00:00Z"), business_hours(0)), at("2026-11-20T18:00:00Z"));
  EXPECT_EQ(rules().due(at("2026-11-20T15:59:59.999999Z"), business_hours(1)),
            at("2026-11-23T07:59:59.999999Z"));
}

TEST(LocalRules, CountsOpenHoursOverDaylightSavingAsTheyElapse) {
  const model::TimeRules& always = rules("always");
  EXPECT_EQ(always.due(at("2026-03-28T12:00:00Z"), business_hours(24)), at("2026-03-29T12:00:00Z"));
  EXPECT_EQ(
      always.business_us(always.start_of_day(day("2026-03-29")), always.start_of_day(day("2026-03-30"))),
      23 * kMicrosPerHour);
  EXPECT_EQ(
      always.business_us(always.start_of_day(day("2026-10-25")), always.start_of_day(day("2026-10-26"))),
      25 * kMicrosPerHour);
  // 00–03 and 22–24: four hours the night that loses one, six hours the night that gains one.
  const model::TimeRules& nights = rules("nights");
  EXPECT_EQ(nights.business_us(nights.start_of_day(day("2026-03-29")), nights.end_of_day(day("2026-03-29"))),
            4 * kMicrosPerHour - 1);
  EXPECT_EQ(
      nights.business_us(nights.start_of_day(day("2026-10-25")), nights.start_of_day(day("2026-10-26"))),
      6 * kMicrosPerHour);
}

TEST(LocalRules, CountsBusinessTimeBackwardsAsNegative) {
  const Timestamp monday = at("2026-11-23T09:00:00Z"), friday = at("2026-11-20T15:00:00Z");
  EXPECT_EQ(rules().business_us(friday, monday), 3 * kMicrosPerHour);
  EXPECT_EQ(rules().business_us(monday, friday), -3 * kMicrosPerHour);
  EXPECT_EQ(rules("split").business_us(at("2026-11-20T10:30:00Z"), at("2026-11-20T12:30:00Z")),
            kMicrosPerHour);  // 11:30–13:30, closed 12–13
}

TEST(LocalRules, WarnsAtTheEarliestInstantFromWhichTheTargetIsWithin) {  // P-18
  const Timestamp due = at("2026-12-28T22:59:59.999999Z");
  // Two business days before: 22 December, as 23 and 28 follow.
  EXPECT_EQ(rules().earliest_within(due, business_days(2)), at("2026-12-21T23:00:00Z"));
  EXPECT_EQ(rules().earliest_within(due, days(2)), at("2026-12-25T23:00:00Z"));
  EXPECT_EQ(rules().earliest_within(at("2026-04-07T09:00:00Z"), business_hours(8)),
            at("2026-04-02T10:00:00Z"));
  EXPECT_EQ(rules().earliest_within(at("2026-11-21T10:00:00Z"), {1, DurationUnit::Hours}),
            at("2026-11-21T09:00:00Z"));
}

TEST(LocalRules, ClampsToTheTimesThatTheProductAccepts) {
  for (const auto unit :
       {DurationUnit::Hours, DurationUnit::Days, DurationUnit::BusinessDays, DurationUnit::BusinessHours}) {
    const std::int64_t century = unit == DurationUnit::Hours || unit == DurationUnit::BusinessHours
                                     ? model::kLongestDurationDays * 24
                                     : model::kLongestDurationDays;
    EXPECT_EQ(rules().due(kLastTime, {century, unit}), kLastTime);
    EXPECT_EQ(rules().earliest_within(kFirstTime, {century, unit}), kFirstTime);
    EXPECT_EQ(rules("seldom").due(at("2026-01-01T00:00:00Z"), {century, DurationUnit::BusinessHours}),
              kLastTime);
  }
  EXPECT_EQ(rules().local_day(kEndOfTime), rules().local_day(kLastTime));
  EXPECT_EQ(rules().end_of_day(rules().local_day(kLastTime)), kLastTime);
  EXPECT_EQ(rules().start_of_day(rules().local_day(kFirstTime)), kFirstTime);
}

TEST(LocalRules, GoesOnOutsideItsTable) {
  // Friday 2300-06-01 12:00 UTC, 13:00 in standard time: weekly hours, no holidays.
  EXPECT_EQ(rules().due(at("2300-06-01T12:00:00Z"), business_hours(8)), at("2300-06-04T11:00:00Z"));
  EXPECT_EQ(rules().due(at("2300-06-01T12:00:00Z"), business_days(5)), at("2300-06-08T22:59:59.999999Z"));
  // Thursday 1700-12-23 UTC. Christmas is no holiday there: Friday 24, Monday 27.
  EXPECT_EQ(rules("sweden", "UTC").due(at("1700-12-23T12:00:00Z"), business_days(2)),
            at("1700-12-27T23:59:59.999999Z"));
}

// Opening time by looking at every minute's wall clock.
std::int64_t slow_business_us(const Zone& zone, const Calendar& calendar, Timestamp from, Timestamp to) {
  std::int64_t sum = 0;
  for (Timestamp t = from; t < to; t.us += kMicrosPerMinute) {
    const std::int64_t local = t.us + zone.offset_us(t);
    const Date date{static_cast<std::int32_t>(local / kMicrosPerDay)};
    const std::int64_t minute = local % kMicrosPerDay / kMicrosPerMinute;
    for (const model::OpenInterval& open : calendar.hours(date)) {
      if (minute >= open.from_minute && minute < open.to_minute) sum += kMicrosPerMinute;
    }
  }
  return sum;
}

TEST(LocalRules, AgreesWithCountingMinutes) {
  std::mt19937_64 random(20261121);
  const auto sweden = make_sweden();
  for (const char* name : {"Europe/Stockholm", "America/New_York", "Asia/Kathmandu"}) {
    const Zone zone = std::move(Zone::open(name)).value();
    const model::TimeRules& fast = rules("sweden", name);
    for (int i = 0; i < 200; ++i) {
      const std::int64_t minute =
          static_cast<std::int64_t>(random() % 60'000'000) + 1;  // since 1970, to 2084
      const Timestamp from{minute * kMicrosPerMinute};
      const Timestamp to{from.us + static_cast<std::int64_t>(random() % 20'000) * kMicrosPerMinute};
      ASSERT_EQ(fast.business_us(from, to), slow_business_us(zone, *sweden, from, to))
          << format_rfc3339(from);
    }
  }
}

struct Case {
  const char* calendar;
  const char* zone;
};

class LocalRulesProperty : public testing::TestWithParam<Case> {
 protected:
  // Mostly near our time; sometimes anywhere; often at an edge of a day or of opening hours.
  Timestamp instant() {
    const bool is_anywhere = random_() % 8 == 0;
    const std::int64_t from = is_anywhere ? kFirstTime.us : 0;
    const std::int64_t to = is_anywhere ? kLastTime.us : 4'100'000'000 * kMicrosPerSecond;
    const std::int64_t us = std::uniform_int_distribution<std::int64_t>(from, to)(random_);
    const model::TimeRules& here = rules(GetParam().calendar, GetParam().zone);
    switch (random_() % 4) {
      case 0:
        return here.start_of_day(here.local_day({us}));
      case 1:
        return here.end_of_day(here.local_day({us}));
      case 2:
        return {us - us % (1800 * kMicrosPerSecond)};
      default:
        return {us};
    }
  }
  Duration duration() {
    static constexpr std::int64_t kCounts[] = {0, 1, 2, 3, 5, 8, 9, 10, 24, 40, 365, 2'000, 36'525};
    const auto unit = static_cast<DurationUnit>(random_() % 6);
    return {kCounts[random_() % std::size(kCounts)], unit};
  }
  std::mt19937_64 random_{42};
};

TEST_P(LocalRulesProperty, WarningIsExact) {
  const model::TimeRules& here = rules(GetParam().calendar, GetParam().zone);
  for (int i = 0; i < 20'000; ++i) {
    const Timestamp target = instant();
    const Duration d = duration();
    const Timestamp w = here.earliest_within(target, d);
    ASSERT_GE(here.due(w, d), target) << format_rfc3339(target) << " " << d.count << " " << int(d.unit);
    if (w == kFirstTime) continue;
    ASSERT_LT(here.due({w.us - 1}, d), target)
        << format_rfc3339(target) << " " << d.count << " " << int(d.unit);
  }
}

TEST_P(LocalRulesProperty, DueNeverFallsAndNeverLiesBeforeItsStart) {
  const model::TimeRules& here = rules(GetParam().calendar, GetParam().zone);
  for (int i = 0; i < 20'000; ++i) {
    Timestamp a = instant(), b = random_() % 2 == 0 ? instant() : Timestamp{a.us + 1};
    if (b < a) std::swap(a, b);
    const Duration d = duration();
    ASSERT_LE(here.due(a, d), here.due(b, d)) << format_rfc3339(a) << " " << format_rfc3339(b);
    ASSERT_GE(here.due(a, d), a);
    ASSERT_LE(here.local_day(a), here.local_day(b));
    ASSERT_GE(here.business_us(a, b), 0);
  }
}

TEST_P(LocalRulesProperty, BusinessHoursElapseExactlyAtDue) {
  const model::TimeRules& here = rules(GetParam().calendar, GetParam().zone);
  for (int i = 0; i < 20'000; ++i) {
    const Timestamp from = instant();
    const Duration d{1 + static_cast<std::int64_t>(random_() % 200), DurationUnit::BusinessHours};
    const Timestamp due = here.due(from, d);
    if (due == kLastTime) continue;
    const std::int64_t wanted = d.count * kMicrosPerHour;
    ASSERT_EQ(here.business_us(from, due), wanted) << format_rfc3339(from) << " " << d.count;
    ASSERT_EQ(here.business_us(from, {due.us - 1}), wanted - 1);
  }
}

INSTANTIATE_TEST_SUITE_P(CalendarsAndZones, LocalRulesProperty,
                         testing::Values(Case{"sweden", "Europe/Stockholm"}, Case{"sweden", "UTC"},
                                         Case{"sweden", "America/New_York"},
                                         Case{"always", "Europe/Stockholm"},
                                         Case{"nights", "America/St_Johns"}, Case{"nights", "Asia/Beirut"},
                                         Case{"split", "Pacific/Apia"}, Case{"seldom", "Australia/Lord_Howe"},
                                         Case{"closing", "Europe/Stockholm"}),
                         [](const testing::TestParamInfo<Case>& tested) {
                           std::string name = std::string(tested.param.calendar) + "_" + tested.param.zone;
                           for (char& c : name) c = c == '/' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace handslag::calendar
