// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/calendar.h"
#include "pure/calendar/days_for_test.h"

#include <gtest/gtest.h>

namespace handslag::calendar {
namespace {

using model::CalendarDefinition;
using model::CalendarVersion;
using model::DayHours;

const DayHours kClosed;
const DayHours kOffice{{480, 1020}};

// Open 10–14 on Saturdays beside Sweden's hours, closed on klämdagen, short before Christmas.
CalendarDefinition shop() {
  CalendarVersion version;
  version.extends = "sweden";
  version.weekly[5] = DayHours{{600, 840}};
  version.holidays = {
      {day("2026-05-15"), "klämdag"}, {model::MonthDay{12, 23}, ""}, {model::EasterOffset{-3}, ""}};
  version.exceptions = {{day("2026-12-23"), {{480, 720}}, "short"},
                        {day("2026-06-20"), {{600, 660}}, "midsummer"}};
  return {"shop", {version}};
}

CalendarSet made(const std::vector<CalendarDefinition>& definitions) {
  Result<CalendarSet> calendars = make_calendars(definitions);
  EXPECT_TRUE(calendars.ok()) << (calendars.ok() ? "" : calendars.error().message);
  return std::move(calendars).value();
}

Error refused(const std::vector<CalendarDefinition>& definitions) {
  const Result<CalendarSet> calendars = make_calendars(definitions);
  EXPECT_FALSE(calendars.ok());
  return calendars.error();
}

TEST(Calendar, SwedenIsOpenEightToFiveOnWorkingDays) {
  const auto sweden = make_sweden();
  EXPECT_EQ(sweden->hours(day("2026-11-20")), kOffice);  // Friday
  EXPECT_EQ(sweden->hours(day("2026-11-21")), kClosed);
  EXPECT_EQ(sweden->hours(day("2026-11-22")), kClosed);
  EXPECT_EQ(sweden->hours(day("2026-12-24")), kClosed);  // Thursday
  EXPECT_EQ(sweden->hours(day("2026-04-02")), kOffice);  // skärtorsdagen is a working day
}

TEST(Calendar, ExtendsAnother) {
  const CalendarSet calendars = made({shop()});
  const Calendar& calendar = *calendars.at("shop");
  EXPECT_EQ(calendar.hours(day("2026-11-20")), kOffice);                 // Sweden's week
  EXPECT_EQ(calendar.hours(day("2026-11-21")), (DayHours{{600, 840}}));  // its own Saturday
  EXPECT_EQ(calendar.hours(day("2026-10-31")), kClosed);  // a Saturday that is Sweden's holiday
  EXPECT_EQ(calendar.hours(day("2026-06-20")),
            (DayHours{{600, 660}}));  // its exception opens a holiday of Sweden's
}

TEST(Calendar, ClosesOnItsHolidays) {
  const CalendarSet calendars = made({shop()});
  const Calendar& calendar = *calendars.at("shop");
  EXPECT_EQ(calendar.hours(day("2026-05-15")), kClosed);
  EXPECT_EQ(calendar.hours(day("2027-12-23")), kClosed);
  EXPECT_EQ(calendar.hours(day("2026-12-23")),
            (DayHours{{480, 720}}));                      // the exception beats the yearly holiday
  EXPECT_EQ(calendar.hours(day("2026-04-02")), kClosed);  // three days before Easter
}

TEST(Calendar, ChangesVersionOnItsDay) {
  CalendarDefinition definition = shop();
  CalendarVersion later;
  later.valid_from = day("2027-01-01");
  later.weekly[4] = DayHours{{0, 1440}};
  definition.versions.push_back(later);
  const CalendarSet calendars = made({definition});
  const Calendar& calendar = *calendars.at("shop");
  EXPECT_EQ(calendar.hours(day("2026-12-30")), kOffice);
  EXPECT_EQ(calendar.hours(day("2027-01-01")),
            (DayHours{{0, 1440}}));  // a Friday; it extends nothing any more
  EXPECT_EQ(calendar.hours(day("2027-01-04")), kClosed);
}

TEST(Calendar, FindsWhatItExtendsWhateverTheOrder) {
  CalendarDefinition night = shop();
  night.name = "night";
  night.versions[0].extends = "shop";
  night.versions[0].exceptions.clear();
  const CalendarSet calendars = made({night, shop()});
  EXPECT_EQ(calendars.at("night")->hours(day("2026-06-20")), (DayHours{{600, 660}}));
}

TEST(CalendarCheck, NamesCalendarFieldAndRemedy) {
  CalendarDefinition wrong = shop();
  wrong.versions[0].weekly[0] = DayHours{{600, 540}};
  const Error error = refused({wrong});
  EXPECT_EQ(error.code, ErrorCode::Invalid);
  EXPECT_EQ(error.message,
            "calendar \"shop\": hours.monday: opening hours go from an earlier to a later time of one day, "
            "00:00 to "
            "24:00; split them at midnight");
}

TEST(CalendarCheck, RefusesWhatCannotBeMeant) {
  const auto changed = [](auto change) {
    CalendarDefinition definition = shop();
    change(definition);
    return refused({definition}).code;
  };
  using D = CalendarDefinition;
  EXPECT_EQ(changed([](D& d) { d.name = "Öppet"; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.name = "sweden"; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions.clear(); }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].extends = "swedne"; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].extends = "shop"; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0] = {}; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].valid_from = Date{0}; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions.push_back(d.versions[0]); }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].weekly[1] = DayHours{{0, 1441}}; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].weekly[1] = DayHours{{0, 60}, {60, 90}}; }), ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) {
              d.versions[0].holidays[1].when = model::MonthDay{2, 30};
            }),
            ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].holidays[2].when = model::EasterOffset{400}; }),
            ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].exceptions[1].day = d.versions[0].exceptions[0].day; }),
            ErrorCode::Invalid);
  EXPECT_EQ(changed([](D& d) { d.versions[0].exceptions.resize(kMaxDaysAVersion + 1); }), ErrorCode::Limit);
  EXPECT_EQ(refused({shop(), shop()}).code, ErrorCode::Invalid);
}

TEST(CalendarCheck, SuggestsTheCalendarThatWasMeant) {
  CalendarDefinition wrong = shop();
  wrong.versions[0].extends = "swedne";
  EXPECT_NE(refused({wrong}).message.find("did you mean \"sweden\"?"), std::string::npos);
}

TEST(CalendarCheck, NamesThoseThatExtendEachOther) {
  CalendarDefinition a = shop(), b = shop();
  a.name = "a";
  a.versions[0].extends = "b";
  b.name = "b";
  b.versions[0].extends = "a";
  EXPECT_NE(refused({a, shop(), b}).message.find("calendars a, b: extends"), std::string::npos);
}

}  // namespace
}  // namespace handslag::calendar
