// SPDX-License-Identifier: Apache-2.0
#include "pure/matter/derive.h"

#include <gtest/gtest.h>

#include <cmath>

namespace handslag::matter {
namespace {

Timestamp day(std::int64_t days) {
  return {1'780'000'000 * kMicrosPerSecond + days * kMicrosPerDay};
}

Contact contact(std::int64_t on, const std::string& key, const std::string& reason = "") {
  return {day(on), key, {}, {}, reason, words_of(reason, {}), {}};
}
Contact about_order(Contact it, const std::string& order) {
  it.names = {{"order", order}};
  return it;
}
Thing order(const std::string& number, std::int64_t on, std::optional<std::int64_t> delivered = {}) {
  Thing thing{"order", number, {day(on)}, {}};
  if (delivered) {
    thing.heard.push_back(day(*delivered));
    thing.closed = day(*delivered);
  }
  return thing;
}

std::vector<std::string> names(const Derived& derived) {
  std::vector<std::string> told;
  for (const Placement& it : derived.of) told.push_back(derived.matters[it.matter].name);
  return told;
}
using Names = std::vector<std::string>;

TEST(Derive, AContactGoesToWhatSheHasOpen) {
  const Lessons nothing;
  const Derived derived = derive(std::vector{order("A", 0)}, std::vector{contact(10, "k1")}, nothing);
  EXPECT_EQ(names(derived), Names{"order/A"});
  EXPECT_EQ(derived.of[0].source, Source::Derived);
  // Open 1.5, ten days ago 2 − 1 = 1, against 1 for one of its own: e^2.5 / (e^2.5 + e).
  EXPECT_NEAR(derived.of[0].confidence, 1 / (1 + std::exp(-1.5)), 1e-12);
  EXPECT_EQ(derived.of[0].because, (std::vector<std::string_view>{"open", "near"}));
}

TEST(Derive, TheSameReasonGoesOnWhileItIsNear) {
  const Derived derived = derive({},
                                 std::vector{contact(0, "k1", "wifi"), contact(20, "k2", "wifi"),
                                             contact(60, "k3", "wifi"), contact(60, "k4", "moving")},
                                 Lessons());
  // Twenty days: nearness 0 and the reason 2 against 1. Forty days: −2 + 2 against 1: another time.
  EXPECT_EQ(names(derived), (Names{"contact/k1", "contact/k1", "contact/k3", "contact/k4"}));
  EXPECT_NEAR(derived.of[1].confidence, 1 / (1 + std::exp(-1.0)), 1e-12);
}

TEST(Derive, TwoOrdersStayTwoWhereTheContactsNameThem) {
  const Derived derived =
      derive(std::vector{order("A", 0), order("B", 1)},
             std::vector{about_order(contact(5, "k1", "delivery"), "A"),
                         about_order(contact(5, "k2", "delivery"), "B"), contact(6, "k3", "delivery"),
                         about_order(contact(9, "k4", "delivery"), "A")},
             Lessons::first());
  EXPECT_EQ(names(derived)[0], "order/A");
  EXPECT_EQ(names(derived)[1], "order/B");
  EXPECT_EQ(names(derived)[3], "order/A");
  EXPECT_LT(derived.of[2].confidence, 0.6);  // either, and it says so
  EXPECT_GT(derived.of[3].confidence, 0.99);
}

TEST(Derive, AnotherReasonIsAnotherMatter) {
  const Derived derived = derive(
      std::vector{order("A", 0)},
      std::vector{contact(3, "k1", "delivery"), contact(3, "k2", "invoice"), contact(4, "k3", "delivery")},
      Lessons::first());
  EXPECT_EQ(names(derived), (Names{"order/A", "contact/k2", "order/A"}));
}

TEST(Derive, WhatIsClosedFadesAndWhatHasNotBegunIsNotThere) {
  // Closed for two weeks: −1 − 2 = −3, near 2 − 1.4, so −2.4 against 1. The other is placed a day later.
  const Derived derived =
      derive(std::vector{order("A", 0, 6), order("B", 21)}, std::vector{contact(20, "k1")}, Lessons());
  EXPECT_EQ(names(derived), Names{"contact/k1"});
}

TEST(Derive, WhatASourceSaysHoldsAndLaterOnesJoinIt) {
  Contact given = about_order(contact(3, "k1", "delivery"), "A");
  given.given = "matter-7";
  const Derived derived =
      derive(std::vector{order("A", 0)}, std::vector{given, contact(10, "k2", "delivery")}, Lessons::first());
  EXPECT_EQ(names(derived), (Names{"matter-7", "matter-7"}));
  EXPECT_EQ(derived.of[0].source, Source::Given);
  EXPECT_EQ(derived.of[1].source, Source::Derived);
  EXPECT_EQ(derived.matters[0].kind, "order");
}

TEST(Derive, WhatSomebodyDecidedHolds) {
  Contact moved = contact(4, "k2", "delivery");
  moved.corrected = "contact/k2";
  moved.given = "matter-1";
  Contact onto = contact(5, "k3", "invoice");
  onto.corrected = "order/A";
  const Derived derived = derive(std::vector{order("A", 0)},
                                 std::vector{contact(3, "k1", "delivery"), moved, onto}, Lessons::first());
  EXPECT_EQ(names(derived), (Names{"order/A", "contact/k2", "order/A"}));
  EXPECT_EQ(derived.of[1].source, Source::Corrected);
  EXPECT_EQ(derived.of[2].source, Source::Corrected);
  EXPECT_EQ(derived.of[2].confidence, 1);
}

TEST(Derive, LessonsTurnTheScale) {
  const std::vector<Thing> things{order("A", 0), {"invoice", "F", {day(0)}, {}}};
  const std::vector<Contact> contacts{contact(1, "k1", "kortet")};
  Lessons lessons;
  EXPECT_EQ(names(derive(things, contacts, lessons)), Names{"order/A"});  // alike: the first
  for (int i = 0; i < 3; ++i) lessons.learn("invoice", {"kortet"});
  const Derived learnt = derive(things, contacts, lessons);
  EXPECT_EQ(names(learnt), Names{"invoice/F"});
  EXPECT_EQ(learnt.of[0].because.back(), "learnt");
}

TEST(Derive, ThatItWasSomethingElseSpeaksForNoOtherMatter) {
  Contact given = contact(1, "k0");
  given.given = "matter-1";
  Lessons lessons;
  lessons.learn("other", {"kortet"});
  // One lesson against an order: q = 1/7, ln((1/7) / (1 + 6/7)) − ln((1/7) / (6/7)) = ln(1/13) − ln(1/6) =
  // −0.77. The order: 1.5 + 1.9 − 0.77; matter-1: 2 − 0.1.
  EXPECT_EQ(
      names(derive(std::vector{order("A", 1)}, std::vector{given, contact(2, "k1", "kortet")}, lessons)),
      (Names{"matter-1", "order/A"}));
}

TEST(Derive, WhatWasForgottenIsNotWeighedUnlessItIsNamed) {
  const std::vector<Thing> things{order("A", 0)};
  EXPECT_EQ(names(derive(things, std::vector{contact(121, "k1")}, Lessons())), Names{"contact/k1"});
  EXPECT_EQ(names(derive(things, std::vector{about_order(contact(121, "k1"), "A")}, Lessons())),
            Names{"order/A"});
}

}  // namespace
}  // namespace handslag::matter
