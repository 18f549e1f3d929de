// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/sweden.h"
#include "pure/calendar/days_for_test.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace handslag::calendar {
namespace {

TEST(Sweden, FindsEaster) {
  // The earliest and the latest possible, and dates from printed almanacs.
  for (const char* easter :
       {"1818-03-22", "1943-04-25", "1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23", "2024-03-31",
        "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18", "2076-04-19"}) {
    const Date expected = day(easter);
    EXPECT_EQ(easter_sunday(civil_from_date(expected).year), expected) << easter;
  }
}

TEST(Sweden, HasTheDaysOffOf2026) {
  const std::vector<std::string> expected{"2026-01-01 nyårsdagen",
                                          "2026-01-06 trettondedag jul",
                                          "2026-04-03 långfredagen",
                                          "2026-04-05 påskdagen",
                                          "2026-04-06 annandag påsk",
                                          "2026-05-01 första maj",
                                          "2026-05-14 Kristi himmelsfärdsdag",
                                          "2026-05-24 pingstdagen",
                                          "2026-06-06 nationaldagen",
                                          "2026-06-19 midsommarafton",
                                          "2026-06-20 midsommardagen",
                                          "2026-10-31 alla helgons dag",
                                          "2026-12-24 julafton",
                                          "2026-12-25 juldagen",
                                          "2026-12-26 annandag jul",
                                          "2026-12-31 nyårsafton"};
  std::vector<std::string> found;
  for (Date d = day("2026-01-01"); d <= day("2026-12-31"); ++d.days) {
    const std::string_view name = swedish_day_off(d);
    if (!name.empty()) found.push_back(format_date(d) + " " + std::string(name));
  }
  EXPECT_EQ(found, expected);
}

TEST(Sweden, ExchangedAnnandagPingstForTheNationalDayIn2005) {
  EXPECT_EQ(swedish_day_off(day("2004-05-31")), "annandag pingst");
  EXPECT_EQ(swedish_day_off(day("2004-06-06")), "");
  EXPECT_EQ(swedish_day_off(day("2005-05-16")), "");
  EXPECT_EQ(swedish_day_off(day("2005-06-06")), "nationaldagen");
}

TEST(Sweden, KeepsTheEdgesOfMovingDays) {
  EXPECT_EQ(swedish_day_off(day("2020-06-19")), "midsommarafton");  // the earliest
  EXPECT_EQ(swedish_day_off(day("2021-06-26")), "midsommardagen");  // the latest
  EXPECT_EQ(swedish_day_off(day("2020-10-31")), "alla helgons dag");
  EXPECT_EQ(swedish_day_off(day("2021-11-06")), "alla helgons dag");
}

TEST(Sweden, NamesOneOfTwoHolidaysOnOneDay) {
  // Kristi himmelsfärdsdag fell on första maj in 2008.
  EXPECT_EQ(swedish_day_off(day("2008-05-01")), "första maj");
}

}  // namespace
}  // namespace handslag::calendar
