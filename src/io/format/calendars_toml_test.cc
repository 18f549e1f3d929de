// SPDX-License-Identifier: Apache-2.0
#include "io/format/calendars_toml.h"

#include <gtest/gtest.h>

#include <string>

namespace handslag::format {
namespace {

Date day(std::string_view text) {
  return parse_date(text).value();
}

Error refused(std::string_view text) {
  const auto read = read_calendars(text, "calendars.toml");
  EXPECT_FALSE(read.ok()) << text;
  return read.ok() ? Error{} : read.error();
}

TEST(CalendarsToml, ReadsTheWholeForm) {
  const auto read = read_calendars(R"(
[calendars.support]
extends = "sweden"
holidays = [{ date = 2026-05-15, name = "klämdag" }, { date = "12-23" }, { easter = -3 }]

[calendars.support.hours]
monday = ["08:00-12:00", "13:00-20:00"]
sunday = []

[[calendars.support.exceptions]]
date = 2026-12-23
hours = ["08:00-24:00"]
name = "late"

[[calendars.support.versions]]
valid_from = 2027-01-01
hours.saturday = ["10:00-14:30"]
)",
                                   "calendars.toml");
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->size(), 1U);
  const model::CalendarDefinition& support = read->front();
  EXPECT_EQ(support.name, "support");
  ASSERT_EQ(support.versions.size(), 2U);
  const model::CalendarVersion& first = support.versions[0];
  EXPECT_FALSE(first.valid_from.has_value());
  EXPECT_EQ(first.extends, "sweden");
  EXPECT_EQ(first.weekly[0], (model::DayHours{{480, 720}, {780, 1200}}));
  EXPECT_FALSE(first.weekly[1].has_value());
  EXPECT_EQ(first.weekly[6], model::DayHours{});
  ASSERT_EQ(first.holidays.size(), 3U);
  EXPECT_EQ(std::get<Date>(first.holidays[0].when), day("2026-05-15"));
  EXPECT_EQ(first.holidays[0].name, "klämdag");
  EXPECT_EQ(std::get<model::MonthDay>(first.holidays[1].when).day, 23);
  EXPECT_EQ(std::get<model::EasterOffset>(first.holidays[2].when).days, -3);
  ASSERT_EQ(first.exceptions.size(), 1U);
  EXPECT_EQ(first.exceptions[0].day, day("2026-12-23"));
  EXPECT_EQ(first.exceptions[0].hours, (model::DayHours{{480, 1440}}));
  EXPECT_EQ(support.versions[1].valid_from, day("2027-01-01"));
  EXPECT_EQ(support.versions[1].weekly[5], (model::DayHours{{600, 870}}));
  EXPECT_EQ(support.versions[1].extends, "");
}

TEST(CalendarsToml, ReadsNothingFromAnEmptyFile) {
  const auto read = read_calendars("# none yet\n", "calendars.toml");
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->empty());
}

TEST(CalendarsToml, NamesFileLineFieldAndRemedy) {
  EXPECT_EQ(
      refused("[calendars.a.hours]\nmonday = [\"8-17\"]\n").message,
      "calendars.toml:2: calendars.a.hours.monday: write hours as [\"08:00-12:00\", \"13:00-17:00\"], [] for "
      "closed");
  EXPECT_EQ(refused("[calendars.a]\nextend = \"sweden\"\n").message,
            "calendars.toml:2: calendars.a: unknown key \"extend\"; did you mean \"extends\"?");
}

TEST(CalendarsToml, RefusesWhatItCannotRead) {
  for (const char* text :
       {"[calendars.a", "calendars = 3", "[calendars]\na = 3", "[calendar.a]", "[calendars.a]\nextends = 3",
        "[calendars.a]\nhours = 3", "[calendars.a.hours]\nmåndag = []",
        "[calendars.a.hours]\nmonday = [\"25:00-26:00\"]",
        "[calendars.a.hours]\nmonday = [\"08:00-12:00-13:00\"]", "[calendars.a.hours]\nmonday = [8]",
        "[calendars.a]\nholidays = [{}]", "[calendars.a]\nholidays = [{ date = \"12-24\", easter = 1 }]",
        "[calendars.a]\nholidays = [{ date = \"2026-02-30\" }]",
        "[calendars.a]\nholidays = [{ easter = 1.5 }]", "[calendars.a]\nexceptions = [{ date = 2026-12-23 }]",
        "[calendars.a]\nexceptions = [{ hours = [] }]", "[calendars.a]\nvalid_from = 2026-01-01",
        "[[calendars.a.versions]]\nextends = \"sweden\"",
        "[calendars.a]\nholidays = [{ date = 2026-12-23, name = 3 }]"}) {
    EXPECT_EQ(refused(text).code, ErrorCode::Invalid) << text;
  }
}

TEST(CalendarsToml, LimitsSizeAndDepth) {
  EXPECT_EQ(refused(std::string(kMaxCalendarsBytes + 1, '#')).code, ErrorCode::Limit);
  EXPECT_EQ(refused("a = " + std::string(1'000, '[')).code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace handslag::format
