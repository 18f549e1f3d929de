// SPDX-License-Identifier: Apache-2.0
#include "app/causes/caused.h"

#include <gtest/gtest.h>

#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

const std::string kPromises =
    "promise delivered \"Delivered\" kept by logistics made by webshop touchpoint parcel weight 5 when "
    "placed "
    "then sent within 48 h, same order\n"
    "promise no-ads \"No ads\" kept by marketing after placed never ad within 10 days\n";

model::Event of(model::Event event, const std::string& unit) {
  event.unit = unit;
  return event;
}

model::Event answered(const std::string& time, double score) {
  return happened("survey.answered", time, {}, {{"measure", "nps"}, {"score", score}});
}

// A never comes (due on the 3rd), B comes two days late (due on the 4th), and an ad breaks both peaces.
std::vector<model::Event> annas() {
  return {
      happened("placed", "2026-03-01T10:00:00Z", {{"order", "A"}}),
      happened("placed", "2026-03-02T10:00:00Z", {{"order", "B"}}),
      of(happened("ad", "2026-03-05T10:00:00Z"), "sales"),
      happened("sent", "2026-03-06T10:00:00Z", {{"order", "B"}}),
      of(happened("contact.started", "2026-03-06T12:00:00Z", {{"contact", "1"}, {"order", "A"}}), "service"),
      answered("2026-03-07T10:00:00Z", 3),
      of(happened("contact.started", "2026-03-20T12:00:00Z", {{"contact", "2"}, {"order", "A"}}), "shop")};
}

// What she is in touch about comes in time.
std::vector<model::Event> bos() {
  return {
      happened("placed", "2026-03-10T10:00:00Z", {{"order", "C"}}),
      of(happened("contact.started", "2026-03-10T20:00:00Z", {{"contact", "3"}, {"order", "C"}}), "service"),
      happened("sent", "2026-03-11T10:00:00Z", {{"order", "C"}}), answered("2026-03-12T10:00:00Z", 9)};
}

std::vector<model::Event> cillas() {
  return {happened("placed", "2026-03-05T10:00:00Z", {{"order", "D"}})};
}

class CausedTest : public testing::Test {
 protected:
  CausedTold told(const std::string& from, const std::string& to) const {
    Caused caused({at(from), at(to)}, anna_.versions(), lessons_);
    caused.add({anna_.columns(), 1, anna_.verdicts()}, "c1");
    caused.add({bo_.columns(), 1, bo_.verdicts()}, "c2");
    caused.add({cilla_.columns(), 1, cilla_.verdicts()}, "c3");
    return caused.told();
  }

  const matter::Lessons lessons_ = matter::Lessons::first();
  const Timestamp now_ = at("2026-03-31T12:00:00Z");
  const Judged anna_{annas(), kPromises, now_}, bo_{bos(), kPromises, now_},
      cilla_{cillas(), kPromises, now_};
};

TEST_F(CausedTest, CountsWhomWeLetDownWhereAndWhatItCostThem) {
  const CausedTold all = told("2026-03-01T00:00:00Z", "2026-03-31T12:00:00Z");
  ASSERT_EQ(all.places.size(), 2U);
  const LetDownAt& parcel = all.places[0];  // it cost contacts
  EXPECT_EQ(parcel.unit + "/" + parcel.touchpoint, "logistics/parcel");
  EXPECT_EQ(parcel.times, 3U);      // A, B, D
  EXPECT_EQ(parcel.customers, 2U);  // Anna, Cilla
  EXPECT_EQ(parcel.again, 1U);      // Anna
  EXPECT_EQ(parcel.contacts, 2U);   // both of Anna's; Bo's order was not late
  EXPECT_EQ(parcel.met_elsewhere, 2U);
  EXPECT_EQ(all.places[1].unit, "marketing");
  EXPECT_EQ(all.places[1].times, 2U);
  EXPECT_EQ(all.places[1].contacts, 0U);
}

TEST_F(CausedTest, TellsWhoseActBrokeItAndWhoMetTheContacts) {
  const CausedTold all = told("2026-03-01T00:00:00Z", "2026-03-31T12:00:00Z");
  ASSERT_EQ(all.broken.size(), 2U);
  EXPECT_EQ(all.broken[0].promise, "delivered");
  EXPECT_EQ(all.broken[0].made_by, "webshop");
  EXPECT_EQ(all.broken[0].broken_by, "");  // nothing came
  EXPECT_EQ(all.broken[0].times, 3U);
  EXPECT_EQ(all.broken[0].customers, 2U);
  EXPECT_EQ(all.broken[1].promise, "no-ads");
  EXPECT_EQ(all.broken[1].broken_by, "sales");
  EXPECT_EQ(all.broken[1].customers, 1U);
  ASSERT_EQ(all.met.size(), 2U);
  EXPECT_EQ(all.met[0].promise + " " + all.met[0].unit + " " + all.met[0].met_by,
            "delivered logistics service");
  EXPECT_EQ(all.met[0].contacts, 1U);
  EXPECT_EQ(all.met[1].met_by, "shop");
}

TEST_F(CausedTest, AChainGoesOnUntilItIsQuietOrWhatItIsAboutHasCome) {
  const CausedTold all = told("2026-03-01T00:00:00Z", "2026-03-31T12:00:00Z");
  EXPECT_EQ(all.chains_going_on, 1U);
  ASSERT_EQ(all.longest.size(), 1U);
  EXPECT_EQ(all.longest[0].customer, "c1");
  EXPECT_EQ(all.longest[0].contacts, 2U);
  EXPECT_EQ(format_rfc3339(all.longest[0].last), "2026-03-20T12:00:00Z");
  EXPECT_EQ(all.longest[0].met_by, (std::vector<std::string>{"service", "shop"}));
  EXPECT_EQ(all.longest[0].promise, "delivered");
  EXPECT_EQ(told("2026-03-01T00:00:00Z", "2026-04-03T12:00:01Z").chains_going_on,
            0U);  // 14 days and a second
  EXPECT_EQ(told("2026-03-01T00:00:00Z", "2026-03-19T00:00:00Z").chains_going_on, 0U);  // one contact so far
}

TEST_F(CausedTest, FeltIsToldApartByWhetherSheWasLetDown) {
  const CausedTold all = told("2026-03-01T00:00:00Z", "2026-03-31T12:00:00Z");
  EXPECT_EQ(all.felt_let_down.unhappy, 1U);
  EXPECT_EQ(all.felt_let_down.happy, 0U);
  EXPECT_EQ(all.felt_others.happy, 1U);
}

TEST_F(CausedTest, CountsThePeriodAlone) {
  const CausedTold later = told("2026-03-04T00:00:00Z", "2026-03-15T00:00:00Z");
  EXPECT_EQ(later.places[0].times, 2U);  // B's, on the 4th, and D's, on the 7th
  EXPECT_EQ(later.places[0].again, 0U);
  EXPECT_EQ(later.places[0].contacts, 1U);  // of the 6th, about A, which failed before
}

}  // namespace
}  // namespace handslag::app
