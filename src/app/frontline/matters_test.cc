// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/matters.h"

#include <gtest/gtest.h>

#include <random>

#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

const std::string kMatterPromises =
    "promise sent \"Sent\" kept by logistics when order.placed then order.delivered within 2 days, same "
    "order\n"
    "promise right \"Right\" kept by billing after invoice.issued never invoice.corrected within 45 days, "
    "same "
    "invoice\n";

model::Event contact_about(const std::string& time, const std::string& number, const std::string& reason,
                           const std::string& words = "") {
  std::vector<model::Attribute> data{{"reason", reason}};
  if (!words.empty()) data.push_back({"words", words});
  return happened("contact.started", time, {{"contact", number}}, data);
}

class MattersTest : public testing::Test {
 protected:
  const Matters& of(std::vector<model::Event> events) {
    judged_ = std::make_unique<Judged>(std::move(events), kMatterPromises, at("2026-04-01T12:00:00Z"));
    found_ = matters_of(Reading(judged_->columns(), 1), matter::Lessons::first());
    return found_;
  }
  std::string name(const std::string& contact) const { return found_.matter_of(*found_.find(contact)).name; }

  std::unique_ptr<Judged> judged_;
  Matters found_;
};

TEST_F(MattersTest, TwoMattersOfOneCustomerStayTwo) {
  of({happened("order.placed", "2026-03-01T10:00:00Z", {{"order", "A"}}),
      happened("invoice.issued", "2026-03-02T10:00:00Z", {{"invoice", "F7"}}),
      contact_about("2026-03-05T10:00:00Z", "k1", "delivery"),
      contact_about("2026-03-05T11:00:00Z", "k2", "invoice"),
      contact_about("2026-03-08T10:00:00Z", "k3", "delivery"),
      contact_about("2026-03-09T10:00:00Z", "k4", "invoice"),
      contact_about("2026-03-09T12:00:00Z", "k5", "", "det är fel på fakturan")});
  EXPECT_EQ(name("k1"), "order/A");
  EXPECT_EQ(name("k3"), "order/A");
  EXPECT_EQ(name("k2"), "invoice/F7");
  EXPECT_EQ(name("k4"), "invoice/F7");
  EXPECT_EQ(name("k5"), "invoice/F7");
  EXPECT_EQ(judged_->card().matters.size(), 2U);
}

TEST_F(MattersTest, FindsTheContactThatAnEventBegan) {
  std::mt19937 random(9);
  const std::vector<std::string> types{"contact.started", "contact.ended", "selfservice.started"};
  for (int round = 0; round < 50; ++round) {
    std::vector<model::Event> events;
    for (std::size_t i = 0, many = 1 + random() % 10; i < many; ++i)
      events.push_back(happened(types[random() % 3], "2026-03-05T10:00:00Z"));
    const Matters& found = of(std::move(events));
    const Reading reading(judged_->columns(), 1);
    for (model::EventIndex e = 0; e < reading.end() + 2; ++e) {
      std::optional<std::size_t> slowly;
      for (std::size_t i = 0; i < found.events.size(); ++i)
        if (found.events[i] == e) slowly = i;
      EXPECT_EQ(found.place_of(e), slowly) << round << " " << e;
    }
  }
}

TEST_F(MattersTest, WhatIsDecidedHoldsUntilItIsTakenBack) {
  std::vector<model::Event> events{
      happened("order.placed", "2026-03-01T10:00:00Z", {{"order", "A"}}),
      contact_about("2026-03-05T10:00:00Z", "k1", "delivery"),
      contact_about("2026-03-06T10:00:00Z", "k2", "delivery"),
      happened("matter.corrected", "2026-03-07T10:00:00Z", {{"contact", "k2"}, {"matter", "contact/k2"}})};
  of(events);
  EXPECT_EQ(name("k1"), "order/A");
  EXPECT_EQ(name("k2"), "contact/k2");
  EXPECT_EQ(found_.derived.of[*found_.find("k2")].source, matter::Source::Corrected);
  events.push_back(happened("matter.restored", "2026-03-08T10:00:00Z", {{"contact", "k2"}}));
  of(events);
  EXPECT_EQ(name("k2"), "order/A");
  EXPECT_EQ(found_.derived.of[*found_.find("k2")].source, matter::Source::Derived);
}

TEST_F(MattersTest, OfVeryManyContactsTheNewestAreDerived) {
  std::vector<model::Event> events{happened("order.placed", "2026-03-01T10:00:00Z", {{"order", "A"}})};
  for (int i = 0; i < 220; ++i) {
    model::Event it = contact_about("2026-03-05T10:00:00Z", "k" + std::to_string(i), "delivery");
    it.time.us += i * kMicrosPerSecond;
    events.push_back(std::move(it));
  }
  of(std::move(events));
  EXPECT_EQ(name("k0"), "contact/k0");
  EXPECT_EQ(name("k20"), "order/A");
  EXPECT_EQ(name("k219"), "order/A");
}

}  // namespace
}  // namespace handslag::app
