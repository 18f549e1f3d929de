// SPDX-License-Identifier: Apache-2.0
#include "app/demo/days.h"

#include <gtest/gtest.h>

#include "pure/calendar/calendars.h"

namespace handslag::demo {
namespace {

class DemoDays : public testing::Test {
 protected:
  DemoDays() : calendars_(std::move(calendar::Calendars::create({})).value()) {}
  Days year() const { return {Date{20'393}, 12, *calendars_->find("", "")}; }  // from 2025-11-01

  std::unique_ptr<calendar::Calendars> calendars_;
};

TEST_F(DemoDays, CountsWholeMonthsFromTheFirst) {
  const Days days = year();
  EXPECT_EQ(days.count(), 365);
  EXPECT_EQ(days.first_of_month(0), 0);
  EXPECT_EQ(days.first_of_month(1), 30);
  EXPECT_EQ(days.first_of_month(12), 365);
  EXPECT_EQ(format_date(days.date(364)), "2026-10-31");
  EXPECT_EQ(days.month_of_year(0), 11);
  EXPECT_EQ(days.month_of_year(364), 10);
}

TEST_F(DemoDays, KnowsWeekdaysAndSwedishHolidays) {
  const Days days = year();
  EXPECT_EQ(days.weekday(0), 5);  // a Saturday, and Alla helgons dag
  EXPECT_FALSE(days.is_working(0));
  EXPECT_TRUE(days.is_working(2));          // Monday the 3rd
  EXPECT_FALSE(days.is_working(53));        // julafton, a Wednesday
  EXPECT_EQ(days.plus_working(52, 1), 58);  // from the 23rd of December to Monday the 29th
  EXPECT_EQ(days.working_on_or_before(56), 52);
}

TEST_F(DemoDays, GivesInstantsOnBothSidesOfDaylightSaving) {
  const Days days = year();
  EXPECT_EQ(format_rfc3339(days.instant({0, 0})), "2025-10-31T23:00:00Z");
  EXPECT_EQ(format_rfc3339(days.instant({148, at_hour(1)})), "2026-03-29T00:00:00Z");
  EXPECT_EQ(format_rfc3339(days.instant({148, at_hour(12)})), "2026-03-29T10:00:00Z");
  EXPECT_EQ(format_rfc3339(days.instant({358, at_hour(12)})), "2026-10-25T11:00:00Z");
}

TEST_F(DemoDays, MovesMomentsOverMidnightBothWays) {
  const Moment late{3, at_hour(23, 59)};
  EXPECT_EQ(late.plus_minutes(2), (Moment{4, 60}));
  EXPECT_EQ((Moment{4, 60}).plus_minutes(-2), late);
  EXPECT_EQ((Moment{4, 0}).plus_seconds(-86'400), (Moment{3, 0}));
}

}  // namespace
}  // namespace handslag::demo
