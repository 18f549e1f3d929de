// SPDX-License-Identifier: Apache-2.0
#include "pure/calendar/calendars.h"

#include <gtest/gtest.h>

#include <thread>

namespace handslag::calendar {
namespace {

std::unique_ptr<Calendars> sweden_alone() {
  return std::move(Calendars::create({})).value();
}

TEST(Calendars, FindsTheDefaultsByTheirNames) {
  const auto calendars = sweden_alone();
  const model::TimeRules* rules = calendars->find(model::kDefaultCalendar, model::kDefaultZone);
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(calendars->find("default", "Europe/Stockholm"), rules);
  EXPECT_EQ(calendars->find("", ""), rules);
  EXPECT_NE(calendars->find("sweden", "UTC"), rules);
}

TEST(Calendars, HasNothingForUnknownNames) {
  const auto calendars = sweden_alone();
  EXPECT_EQ(calendars->find("norway", "Europe/Stockholm"), nullptr);
  EXPECT_EQ(calendars->find("sweden", "Europe/Uppsala"), nullptr);
  EXPECT_EQ(calendars->zone("Europe/Uppsala").error().code, ErrorCode::NotFound);
}

TEST(Calendars, RefusesWrongDefinitions) {
  EXPECT_EQ(Calendars::create({{"empty", {}}}).error().code, ErrorCode::Invalid);
}

TEST(Calendars, GivesAllThreadsTheSameRules) {
  const auto calendars = sweden_alone();
  std::vector<const model::TimeRules*> found(4);
  std::vector<std::thread> threads;
  for (auto& one : found) threads.emplace_back([&] { one = calendars->find("sweden", "Europe/London"); });
  for (auto& thread : threads) thread.join();
  for (const auto* one : found) EXPECT_EQ(one, found[0]);
  EXPECT_NE(found[0], nullptr);
}

TEST(Calendars, NamesWhatThereIs) {
  model::CalendarVersion version;
  version.extends = "sweden";
  const auto calendars = std::move(Calendars::create({{"shop", {version}}})).value();
  EXPECT_EQ(calendars->names(), (std::vector<std::string_view>{"shop", "sweden"}));
}

}  // namespace
}  // namespace handslag::calendar
