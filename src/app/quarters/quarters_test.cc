// SPDX-License-Identifier: Apache-2.0
#include "app/quarters/quarters.h"

#include <gtest/gtest.h>

#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

// Three customers' events, each by its `customer`.
struct AsTold {
  model::CustomerIndex customer;
  model::Event event;
};

class Quarters : public testing::Test {
 protected:
  QuarterMap count(std::vector<AsTold> told) {
    std::vector<model::CustomerIndex> customers;
    for (AsTold& it : told) {
      it.event.subject = {{"email", std::to_string(it.customer) + "@example.se"}};
      events_.push_back(it.event);
      customers.push_back(it.customer);
    }
    timeline::BuildOptions options;
    options.needs.names = quarter_names();
    columns_ = timeline::build(events_, customers, options);
    Timestamp last = kFirstTime;
    for (const Timestamp time : columns_.time) last = std::max(last, time);
    QuarterCount counting(*calendars_->find("", ""), std::min(last, now_));
    // Why backwards: the order of customers does not tell.
    for (auto c = static_cast<model::CustomerIndex>(columns_.customers()); c-- > 1;)
      counting.add(columns_, c);
    return counting.quarters();
  }
  static AsTold contact(model::CustomerIndex customer, const std::string& time, const std::string& matter) {
    return {customer, happened("contact.started", time, {{"matter", matter}, {"contact", time}},
                               {{"reason", "delivery"}})};
  }

  Timestamp now_ = at("2027-01-01T00:00:00Z");
  std::unique_ptr<calendar::Calendars> calendars_ = std::move(calendar::Calendars::create({})).value();
  std::vector<model::Event> events_;
  model::Columns columns_;
};

TEST(QuarterName, GoesBothWays) {
  EXPECT_EQ(quarter_name(2026 * 4 + 2), "2026-Q3");
  EXPECT_EQ(quarter_number("2026-Q3"), 2026 * 4 + 2);
  for (const char* wrong : {"", "2026-Q5", "2026-Q0", "2026Q3", "202x-Q3", "2026-Q33"})
    EXPECT_FALSE(quarter_number(wrong)) << wrong;
}

TEST_F(Quarters, TheFourthContactCountsWhereItCame) {
  // Three in the first quarter, the fourth in the second; another customer's four are of two matters.
  auto quarters = count({contact(1, "2026-01-10T10:00:00Z", "a"), contact(1, "2026-02-10T10:00:00Z", "a"),
                         contact(1, "2026-03-10T10:00:00Z", "a"), contact(1, "2026-04-10T10:00:00Z", "a"),
                         contact(2, "2026-01-10T10:00:00Z", "b"), contact(2, "2026-01-11T10:00:00Z", "b"),
                         contact(2, "2026-01-12T10:00:00Z", "c"), contact(2, "2026-01-13T10:00:00Z", "c")});
  EXPECT_EQ(quarters[*quarter_number("2026-Q1")].fourth_contact, 0);
  EXPECT_EQ(quarters[*quarter_number("2026-Q2")].fourth_contact, 1);
  const Quarter& second = quarters[*quarter_number("2026-Q2")];
  ASSERT_EQ(second.story.size(), 4U);
  EXPECT_EQ(second.story[0].contact, "2026-01-10T10:00:00Z");
  EXPECT_EQ(second.story_reason, "delivery");
  EXPECT_EQ(second.from, at("2026-03-31T22:00:00Z"));  // midnight in Stockholm, in summer time
  EXPECT_EQ(second.to, at("2026-06-30T22:00:00Z"));
}

TEST_F(Quarters, WithoutAMatterAReasonEndsAfterThirtyQuietDays) {
  auto quarters = count({contact(1, "2026-01-01T10:00:00Z", ""), contact(1, "2026-01-20T10:00:00Z", ""),
                         contact(1, "2026-02-10T10:00:00Z", ""), contact(1, "2026-03-20T10:00:00Z", "")});
  EXPECT_EQ(quarters[*quarter_number("2026-Q1")].fourth_contact, 0);
  EXPECT_EQ(quarters[*quarter_number("2026-Q1")].story.size(), 3U);
}

TEST_F(Quarters, AProtectedCustomerIsCountedButIsNoStory) {
  std::vector<AsTold> told{
      {1, happened("customer.updated", "2026-01-01T10:00:00Z", {}, {{"protected", true}})}};
  for (const char* day : {"05", "06", "07", "08"})
    told.push_back(contact(1, std::string("2026-01-") + day + "T10:00:00Z", "a"));
  auto quarters = count(told);
  EXPECT_EQ(quarters[*quarter_number("2026-Q1")].fourth_contact, 1);
  EXPECT_TRUE(quarters[*quarter_number("2026-Q1")].story.empty());
}

TEST_F(Quarters, MinutesToAHumanAreTheMedianAndWhoGaveUpWaitedLongest) {
  const auto call = [](const std::string& type, const std::string& time, const std::string& number) {
    return AsTold{1, happened(type, "2026-01-10T" + time + ":00Z", {{"call", number}})};
  };
  // 2, 5 and 9 minutes and one never: the lower of the two in the middle is 5.
  std::vector<AsTold> told{call("call.received", "10:00", "1"),  call("call.queued", "10:01", "1"),
                           call("call.answered", "10:02", "1"),  call("call.queued", "11:00", "2"),
                           call("call.answered", "11:05", "2"),  call("call.queued", "12:00", "3"),
                           call("call.answered", "12:09", "3"),  call("call.queued", "13:00", "4"),
                           call("call.abandoned", "13:04", "4"), call("call.answered", "14:00", "5")};
  EXPECT_DOUBLE_EQ(*count(told)[*quarter_number("2026-Q1")].minutes_to_human, 5);
}

TEST_F(Quarters, WhereHalfGiveUpThereIsNoMedian) {
  EXPECT_FALSE(count({{1, happened("call.queued", "2026-01-10T10:00:00Z",
                                   {{"call", "1"}})}})[*quarter_number("2026-Q1")]
                   .minutes_to_human);
}

TEST_F(Quarters, AskedTwiceIsAskedForWhatWasGivenAndNotChanged) {
  const auto fact = [](model::CustomerIndex c, const std::string& type, const std::string& day) {
    return AsTold{c, happened(type, "2026-01-" + day + "T10:00:00Z", {{"fact", "serial-number"}})};
  };
  auto quarters =
      count({fact(1, "fact.asked", "01"), fact(1, "fact.given", "02"), fact(1, "fact.asked", "03"),
             fact(1, "fact.asked", "04"), fact(2, "fact.given", "01"), fact(2, "fact.changed", "02"),
             fact(2, "fact.asked", "03")});
  EXPECT_EQ(quarters[*quarter_number("2026-Q1")].asked_twice, 1);
}

// One wrong year in one event must not have every customer counted up to it.
TEST_F(Quarters, ATimeToComeIsNotCountedUpTo) {
  now_ = at("2026-06-01T00:00:00Z");
  auto quarters = count({{1, happened("customer.updated", "2026-01-10T10:00:00Z", {}, {{"can_leave", true}})},
                         contact(1, "9998-01-10T10:00:00Z", "a")});
  EXPECT_TRUE(quarters[*quarter_number("2026-Q1")].cannot_leave);
  EXPECT_FALSE(quarters[*quarter_number("9998-Q1")].cannot_leave);
}

TEST_F(Quarters, WhoCannotLeaveIsCountedAsOfTheEndOfEachQuarter) {
  const auto says = [](model::CustomerIndex c, const std::string& time, bool can) {
    return AsTold{c, happened("customer.updated", time, {}, {{"can_leave", can}})};
  };
  auto quarters = count({says(1, "2026-01-10T10:00:00Z", true),
                         says(2, "2026-01-10T10:00:00Z", false),
                         says(1, "2026-05-10T10:00:00Z", false),
                         {3, happened("x", "2026-05-10T10:00:00Z")}});
  EXPECT_DOUBLE_EQ(*quarters[*quarter_number("2026-Q1")].cannot_leave, 50);
  EXPECT_DOUBLE_EQ(*quarters[*quarter_number("2026-Q2")].cannot_leave, 100);
}

TEST_F(Quarters, WhatIsFeltIsCountedByScore) {
  std::vector<AsTold> told;
  for (const double score : {0.0, 6.0, 7.0, 9.0, 10.0, 11.0})
    told.push_back(
        {1, happened("survey.answered", "2026-01-10T10:00:00Z", {}, {{"score", score}, {"measure", "nps"}})});
  told.push_back(
      {1, happened("survey.answered", "2026-01-10T10:00:00Z", {}, {{"score", 1.0}, {"measure", "x"}})});
  const Quarter quarter = count(told)[*quarter_number("2026-Q1")];
  EXPECT_EQ(quarter.unhappy, 2);
  EXPECT_EQ(quarter.neither, 1);
  EXPECT_EQ(quarter.happy, 2);
  EXPECT_FALSE(quarter.fourth_contact);
  EXPECT_FALSE(quarter.asked_twice);
}

TEST_F(Quarters, OwnWordsAreTheNewestWithFewestGapsOfEachKindAndOfNoProtectedCustomer) {
  std::vector<AsTold> told;
  const auto writes = [&](model::CustomerIndex c, const char* day, double score, const char* words) {
    told.push_back(
        {c,
         happened(
             "survey.answered", std::string("2026-01-") + day + "T10:00:00Z", {},
             {{"score", score}, {"measure", "nps"}, {"about", "delivery"}, {"words", std::string(words)}})});
  };
  writes(1, "01", 0, "det kom aldrig fram hit");
  writes(1, "02", 6, "ingen ringde tillbaka alls");
  writes(1, "03", 3, "jag fick vänta i veckor");
  writes(1, "04", 3, "jag fick vänta i dagar");
  writes(1, "05", 3, "jag frågade efter Karin i växeln");
  writes(2, "06", 10, "så ska det vara");
  writes(2, "07", 10, "så ska det vara");  // shown once
  writes(3, "08", 10, "min adress är hemlig nu");
  told.push_back({3, happened("customer.updated", "2026-01-01T10:00:00Z", {}, {{"protected", true}})});
  std::vector<std::string> shown;
  const Quarter quarter = count(told)[*quarter_number("2026-Q1")];
  for (const OwnWords& it : quarter.words) shown.push_back(it.text);
  EXPECT_EQ(shown, (std::vector<std::string>{"så ska det vara", "jag fick vänta i dagar",
                                             "jag fick vänta i veckor", "ingen ringde tillbaka alls"}));
}

}  // namespace
}  // namespace handslag::app
