// SPDX-License-Identifier: Apache-2.0
#include "app/language/numbers.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

TEST(CountText, GroupsThousandsAsTheLanguageDoes) {
  EXPECT_EQ(count_text(0, Language::English), "0");
  EXPECT_EQ(count_text(999, Language::English), "999");
  EXPECT_EQ(count_text(4750, Language::English), "4,750");
  EXPECT_EQ(count_text(1234567, Language::Swedish), "1\u00a0234\u00a0567");
}

TEST(ShareText, NeverRoundsToAllOrNothing) {
  EXPECT_EQ(share_text(0.6666, Language::English), "66.7 %");
  EXPECT_EQ(share_text(0.6666, Language::Swedish), "66,7 %");
  EXPECT_EQ(share_text(1.0, Language::English), "100 %");
  EXPECT_EQ(share_text(0.99999, Language::English), "99.9 %");
  EXPECT_EQ(share_text(0.00001, Language::English), "0.1 %");
  EXPECT_EQ(share_text(0.0, Language::English), "0 %");
  EXPECT_EQ(share_text(std::nullopt, Language::English), "–");
}

TEST(DurationText, GivesTheTwoLargestUnits) {
  EXPECT_EQ(duration_text(45, Language::English), "45 s");
  EXPECT_EQ(duration_text(3 * 3600 + 20 * 60 + 5, Language::English), "3 h 20 min");
  EXPECT_EQ(duration_text(86'400 + 9 * 3600, Language::Swedish), "1 dygn 9 h");
  EXPECT_EQ(duration_text(86'400 + 5, Language::English), "1 d");
  EXPECT_EQ(duration_text(-7200, Language::English), "2 h");
  EXPECT_EQ(duration_text(0.2, Language::English), "< 1 s");
}

TEST(VerdictWord, IsThatOfTheTableOfWords) {
  EXPECT_EQ(verdict_word(model::Verdict::Kept, Language::English), "kept");
  EXPECT_EQ(verdict_word(model::Verdict::Kept, Language::Swedish), "hållet");
  EXPECT_EQ(verdict_word(model::Verdict::Void, Language::Swedish), "upphävt");
}

}  // namespace
}  // namespace handslag::app
