// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/zone.h"
#include "pure/calendar/days_for_test.h"

#include <gtest/gtest.h>

namespace handslag::calendar {
namespace {

using model::LocalOutcome;

Zone zone(std::string_view name) {
  Result<Zone> opened = Zone::open(name);
  EXPECT_TRUE(opened.ok());
  return std::move(opened).value();
}

// The wall clock's time as if it were UTC.
std::int64_t wall(std::string_view text) {
  return at(std::string(text) + "Z").us;
}

TEST(Zone, UsesTheOffsetInForceAtTheInstant) {
  const Zone stockholm = zone("Europe/Stockholm");
  EXPECT_EQ(stockholm.offset_us(at("2026-01-15T12:00:00Z")), kMicrosPerHour);
  EXPECT_EQ(stockholm.offset_us(at("2026-07-15T12:00:00Z")), 2 * kMicrosPerHour);
  EXPECT_EQ(stockholm.offset_us(at("1975-07-15T12:00:00Z")),
            kMicrosPerHour);  // no daylight saving between 1916 and 1980
  EXPECT_EQ(stockholm.offset_us(at("2026-03-29T00:59:59.999999Z")), kMicrosPerHour);
  EXPECT_EQ(stockholm.offset_us(at("2026-03-29T01:00:00Z")), 2 * kMicrosPerHour);
}

TEST(Zone, KnowsDaylightSavingAfter2037) {
  const Zone stockholm = zone("Europe/Stockholm");
  EXPECT_EQ(stockholm.offset_us(at("2050-07-15T12:00:00Z")), 7200 * kMicrosPerSecond);
  EXPECT_EQ(stockholm.offset_us(at("2099-12-15T12:00:00Z")), kMicrosPerHour);
}

TEST(Zone, KeepsStandardTimeFrom2200On) {
  EXPECT_EQ(zone("Europe/Stockholm").offset_us(at("2300-07-15T12:00:00Z")), kMicrosPerHour);
  // Summer in Sydney lies over the turn of the year.
  EXPECT_EQ(zone("Australia/Sydney").offset_us(at("2200-01-15T12:00:00Z")), 10 * kMicrosPerHour);
  EXPECT_EQ(zone("Australia/Sydney").offset_us(at("2199-01-15T12:00:00Z")), 11 * kMicrosPerHour);
}

TEST(Zone, TakesTheFirstOfTwoLocalTimes) {
  const model::LocalInstant found = zone("Europe/Stockholm").to_instant(wall("2026-10-25T02:30:00"));
  EXPECT_EQ(found.outcome, LocalOutcome::DoubledFirstTaken);
  EXPECT_EQ(found.time, at("2026-10-25T00:30:00Z"));
}

TEST(Zone, DoublesExactlyOneHour) {
  const Zone stockholm = zone("Europe/Stockholm");
  EXPECT_EQ(stockholm.to_instant(wall("2026-10-25T01:59:59.999999")).outcome, LocalOutcome::Unique);
  EXPECT_EQ(stockholm.to_instant(wall("2026-10-25T02:00:00")).outcome, LocalOutcome::DoubledFirstTaken);
  EXPECT_EQ(stockholm.to_instant(wall("2026-10-25T02:59:59.999999")).outcome,
            LocalOutcome::DoubledFirstTaken);
  const model::LocalInstant after = stockholm.to_instant(wall("2026-10-25T03:00:00"));
  EXPECT_EQ(after.outcome, LocalOutcome::Unique);
  EXPECT_EQ(after.time, at("2026-10-25T02:00:00Z"));
}

TEST(Zone, SaysThatALocalTimeIsSkipped) {
  const Zone stockholm = zone("Europe/Stockholm");
  EXPECT_EQ(stockholm.to_instant(wall("2026-03-29T01:59:59.999999")).outcome, LocalOutcome::Unique);
  const model::LocalInstant skipped = stockholm.to_instant(wall("2026-03-29T02:00:00"));
  EXPECT_EQ(skipped.outcome, LocalOutcome::Skipped);
  EXPECT_EQ(skipped.time, at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(stockholm.to_instant(wall("2026-03-29T02:59:59.999999")).outcome, LocalOutcome::Skipped);
  const model::LocalInstant after = stockholm.to_instant(wall("2026-03-29T03:00:00"));
  EXPECT_EQ(after.outcome, LocalOutcome::Unique);
  EXPECT_EQ(after.time, at("2026-03-29T01:00:00Z"));
}

TEST(Zone, ConvertsTheFirstAndTheLastTimes) {
  const Zone utc = zone("UTC");
  EXPECT_EQ(utc.to_instant(kFirstTime.us).time, kFirstTime);
  EXPECT_EQ(utc.to_instant(kLastTime.us).time, kLastTime);
  EXPECT_EQ(zone("Europe/Stockholm").to_instant(wall("9999-12-31T23:00:00")).time,
            at("9999-12-31T22:00:00Z"));
}

TEST(Zone, BeginsADayAtItsLocalMidnight) {
  const Zone stockholm = zone("Europe/Stockholm");
  EXPECT_EQ(stockholm.start_of_day(day("2026-07-01")), at("2026-06-30T22:00:00Z"));
  EXPECT_EQ(stockholm.local_day(at("2026-06-30T21:59:59.999999Z")), day("2026-06-30"));
  EXPECT_EQ(stockholm.local_day(at("2026-06-30T22:00:00Z")), day("2026-07-01"));
}

TEST(Zone, BeginsADayAfterASkippedMidnight) {
  // Beirut went from 00:00 to 01:00 on 2022-03-27.
  const Zone beirut = zone("Asia/Beirut");
  EXPECT_EQ(beirut.start_of_day(day("2022-03-27")), at("2022-03-26T22:00:00Z"));
  EXPECT_EQ(beirut.local_day(at("2022-03-26T21:59:59.999999Z")), day("2022-03-26"));
}

TEST(Zone, DoesNotGoBackADayWhereTheClockGoesBackOverMidnight) {
  // St. John's went from 00:01 on 2010-11-07 (offset −02:30) back to 23:01 on the 6th.
  const Zone st_johns = zone("America/St_Johns");
  EXPECT_EQ(st_johns.start_of_day(day("2010-11-07")), at("2010-11-07T02:30:00Z"));
  EXPECT_EQ(st_johns.local_day(at("2010-11-07T02:45:00Z")), day("2010-11-07"));
}

TEST(Zone, HasNoInstantInADayThatAZoneLeftOut) {
  const Zone apia = zone("Pacific/Apia");  // 2011-12-30 did not happen there
  EXPECT_EQ(apia.start_of_day(day("2011-12-30")), apia.start_of_day(day("2011-12-31")));
  EXPECT_EQ(apia.local_day(at("2011-12-30T09:59:59.999999Z")), day("2011-12-29"));
  EXPECT_EQ(apia.local_day(at("2011-12-30T10:00:00Z")), day("2011-12-31"));
}

TEST(Zone, RejectsNamesThatAreNoZones) {
  for (const char* name :
       {"", "Europe/Stockholmm", "../../etc/passwd", "/etc/localtime", "right/Europe/Stockholm",
        "Fixed/UTC+01:00:00", "localtime", "Europe/Stock\nholm"}) {
    const Result<Zone> opened = Zone::open(name);
    ASSERT_FALSE(opened.ok()) << name;
    EXPECT_EQ(opened.error().code, ErrorCode::NotFound) << name;
  }
}

}  // namespace
}  // namespace handslag::calendar
