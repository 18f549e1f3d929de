// SPDX-License-Identifier: Apache-2.0
#include "pure/matter/lessons.h"

#include <gtest/gtest.h>

#include <cmath>

namespace handslag::matter {
namespace {

TEST(Lessons, AWordSpeaksForWhatItWentWith) {
  Lessons lessons;
  for (int i = 0; i < 3; ++i) lessons.learn("order", {"modul"});
  lessons.learn("invoice", {"faktura"});
  // Four lessons, six kinds: an order is as likely as (3 + 1) / (4 + 6) = 0.4, an invoice 0.2.
  // "modul" three times with an order and never without: ln(3.4 / 0.6) − ln(0.4 / 0.6) = ln 8.5.
  EXPECT_NEAR(lessons.weight("modul", "order"), std::log(8.5), 1e-12);
  // Never with an invoice, three times without: ln(0.2 / 3.8) − ln(0.2 / 0.8) = ln(4 / 19).
  EXPECT_NEAR(lessons.weight("modul", "invoice"), std::log(4.0 / 19), 1e-12);
  EXPECT_EQ(lessons.weight("hej", "order"), 0);
}

TEST(Lessons, WhatIsTakenBackWasNeverSaid) {
  Lessons lessons;
  lessons.learn("order", {"modul", "box"});
  lessons.learn("fault", {"modul"});
  lessons.unlearn("fault", {"modul"});
  Lessons once;
  once.learn("order", {"modul", "box"});
  EXPECT_EQ(lessons.weight("modul", "order"), once.weight("modul", "order"));
  EXPECT_EQ(lessons.weight("modul", "fault"), once.weight("modul", "fault"));
}

TEST(Lessons, ManyWordsSayNoMoreThanTheMost) {
  const Lessons lessons = Lessons::first();
  EXPECT_EQ(lessons.weight({"delivery", "leverans", "paket"}, "order"), Lessons::kMostSaid);
  EXPECT_GT(lessons.weight("faktura", "invoice"), 1);
  EXPECT_LT(lessons.weight("faktura", "order"), -1);
}

TEST(WordsOf, AreLettersInLowerCaseEachOnce) {
  EXPECT_EQ(words_of("Delivery", "När kommer min CA-modul? Modul ÅÄÖ 0701234567 box7 är"),
            (std::vector<std::string>{"delivery", "kommer", "min", "modul", "när", "åäö"}));
  EXPECT_EQ(words_of("bill payment", ""), (std::vector<std::string>{"bill payment"}));
  EXPECT_TRUE(words_of("", "").empty());
  std::string many;
  for (char a = 'a'; a <= 'z'; ++a) many += std::string(3, a) + " ";
  EXPECT_EQ(words_of("", many).size(), kMostWords);
}

}  // namespace
}  // namespace handslag::matter
