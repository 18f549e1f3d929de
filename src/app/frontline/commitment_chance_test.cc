// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/commitment_chance.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

constexpr std::int64_t kDay = kMicrosPerDay;

std::vector<stats::Wait> waits(std::initializer_list<std::pair<int, std::int64_t>> come,
                               std::initializer_list<std::pair<int, std::int64_t>> waiting) {
  std::vector<stats::Wait> made;
  for (const auto& [times, days] : come)
    made.insert(made.end(), static_cast<std::size_t>(times), {days * kDay, true});
  for (const auto& [times, days] : waiting)
    made.insert(made.end(), static_cast<std::size_t>(times), {days * kDay, false});
  return made;
}

TEST(CommitmentChance, IsTheShareThatCameInSuchATime) {
  // 60 within two days, 120 within five, 20 not at all in ninety.
  const CommitmentChance found = chance_among(waits({{60, 2}, {120, 5}}, {{20, 90}}), 0, 3 * kDay);
  EXPECT_EQ(found.of, 200U);
  EXPECT_EQ(found.come, 180U);
  EXPECT_DOUBLE_EQ(*found.chance, 0.3);
  EXPECT_EQ(found.median_us, 5 * kDay);
  EXPECT_EQ(found.ninetieth_us, 5 * kDay);
  EXPECT_EQ(found.usually_left_us, 5 * kDay);
  EXPECT_EQ(
      chance_sentence(found, Language::English),
      "Of the last 200 alike, half came within 5 d and nine of ten within 5 d. The chance that it holds is "
      "30% (24–37%).");  // Wilson of 60 in 200: 0.2407 to 0.3668
}

TEST(CommitmentChance, OfWhatIsWaitedForOnlyThoseThatTookLongerTell) {
  // Five days gone: the 60 say nothing more. Of 40 that took longer, 10 came on the seventh day.
  const CommitmentChance found = chance_among(waits({{60, 2}, {10, 7}}, {{30, 90}}), 5 * kDay, 8 * kDay);
  EXPECT_EQ(found.of, 100U);
  EXPECT_EQ(found.waited_so_long, 40U);
  EXPECT_DOUBLE_EQ(*found.chance, 0.25);
  EXPECT_EQ(found.median_us, 2 * kDay);
  EXPECT_FALSE(found.ninetieth_us);
  EXPECT_FALSE(found.usually_left_us);
}

TEST(CommitmentChance, SaysSoWhereItRestsOnFewOrNone) {
  const CommitmentChance few = chance_among(waits({{3, 1}}, {}), 0, kDay);
  EXPECT_DOUBLE_EQ(*few.chance, 1);
  EXPECT_NEAR(few.interval.low, 0.4385, 0.0001);  // Wilson of 3 in 3: 3 / (3 + 3.8415)
  EXPECT_TRUE(chance_sentence(few, Language::English).ends_with("That rests on few."));
  const CommitmentChance late = chance_among(waits({{3, 1}}, {}), 2 * kDay, 3 * kDay);
  EXPECT_FALSE(late.chance);
  EXPECT_TRUE(chance_sentence(late, Language::Swedish).ends_with("Ingen har väntat så länge och fått det."));
  const CommitmentChance none = chance_among({}, 0, kDay);
  EXPECT_FALSE(none.chance);
  EXPECT_EQ(chance_json(none, Language::English)["chance"], nullptr);
  EXPECT_EQ(chance_sentence(none, Language::Swedish),
            "Inget liknande har hänt förut; lova det du själv vet.");
}

}  // namespace
}  // namespace handslag::app
