// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/period.h"

#include <gtest/gtest.h>

#include <string>

namespace handslag::gap {
namespace {

Date day(std::string_view text) {
  return parse_date(text).value();
}

// The first days of the period that a day lies in and of the one after it.
std::string around(Period period, std::string_view text) {
  const std::int32_t number = period_number(period, day(text));
  return format_date(first_day(period, number)) + " " + format_date(first_day(period, number + 1));
}

TEST(Period, BeginsWeeksOnMonday) {
  EXPECT_EQ(around(Period::Week, "2026-11-21"), "2026-11-16 2026-11-23");
  EXPECT_EQ(around(Period::Week, "2026-11-16"), "2026-11-16 2026-11-23");
  EXPECT_EQ(around(Period::Week, "2026-01-01"), "2025-12-29 2026-01-05");
  EXPECT_EQ(around(Period::Week, "1969-12-28"), "1969-12-22 1969-12-29");
}

TEST(Period, CoversDaysMonthsQuartersAndYears) {
  EXPECT_EQ(around(Period::Day, "2026-12-31"), "2026-12-31 2027-01-01");
  EXPECT_EQ(around(Period::Month, "2026-12-31"), "2026-12-01 2027-01-01");
  EXPECT_EQ(around(Period::Month, "2024-02-29"), "2024-02-01 2024-03-01");
  EXPECT_EQ(around(Period::Quarter, "2026-11-21"), "2026-10-01 2027-01-01");
  EXPECT_EQ(around(Period::Quarter, "2026-03-31"), "2026-01-01 2026-04-01");
  EXPECT_EQ(around(Period::Year, "1969-07-20"), "1969-01-01 1970-01-01");
}

}  // namespace
}  // namespace handslag::gap
