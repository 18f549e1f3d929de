// SPDX-License-Identifier: Apache-2.0
#include "pure/stats/survival.h"

#include <gtest/gtest.h>

namespace handslag::stats {
namespace {

// Remission in weeks of 21 children given 6-mercaptopurine: E. J. Freireich et al., Blood 21 (1963) 699–716.
// The estimates and standard errors are those that textbooks print (D. Collett, "Modelling Survival Data in
// Medical Research", and others).
std::vector<Wait> freireich() {
  std::vector<Wait> waits;
  for (const std::int64_t week : {6, 6, 6, 7, 10, 13, 16, 22, 23}) waits.push_back({week, true});
  for (const std::int64_t week : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})
    waits.push_back({week, false});
  return waits;
}

TEST(Survival, IsThatOfTheTextbooks) {
  const Survival survival(freireich());
  EXPECT_EQ(survival.size(), 21U);
  EXPECT_EQ(survival.come(), 9U);
  const std::pair<std::int64_t, double> still_waiting[] = {
      {5, 1.0},     {6, 0.8571},  {7, 0.8067},  {9, 0.8067},  {10, 0.7529}, {13, 0.6902},
      {16, 0.6275}, {22, 0.5378}, {23, 0.4482}, {35, 0.4482}, {99, 0.4482}};
  for (const auto& [week, waiting] : still_waiting)
    EXPECT_NEAR(1 - *survival.share_by(week), waiting, 0.00005) << week;
  EXPECT_EQ(survival.time_of(0.5), 23);
  EXPECT_EQ(survival.time_of(0.1), 6);
  EXPECT_FALSE(survival.time_of(0.9));  // so many never came
}

TEST(Survival, ItsIntervalIsWilsonsWhereNobodyHasBeenGivenUp) {
  // Until week 6 all 21 were watched: 3 of 21.
  const auto interval = *Survival(freireich()).interval_by(6);
  const auto plain = *wilson_95(3, 21);
  EXPECT_NEAR(interval.low, plain.low, 1e-12);
  EXPECT_NEAR(interval.high, plain.high, 1e-12);
}

TEST(Survival, ItsIntervalIsWiderForThoseGivenUp) {
  // Week 23: share 0.5518, standard error 0.1346, so as many as 0.5518 × 0.4482 / 0.1346² = 13.65 trials.
  // Wilson with n = 13.65, z = 1.96, z² = 3.8415: centre (0.5518 + 0.14071) / 1.28143 = 0.54042, half
  // 1.96 × √(0.018119 + 0.0051543) / 1.28143 = 0.23334.
  const auto interval = *Survival(freireich()).interval_by(23);
  EXPECT_NEAR(interval.low, 0.3071, 0.002);
  EXPECT_NEAR(interval.high, 0.7738, 0.002);
}

TEST(Survival, OfOneThatHasWaitedOnlyThoseThatWaitedAsLongTell) {
  // After 16 weeks, of 0.6275 there is 0.4482 left at week 23: 1 − 0.4482 / 0.6275 = 0.2857 = 1 − 6/7 × 5/6.
  const Survival longer(freireich(), 16);
  EXPECT_EQ(longer.size(), 10U);
  EXPECT_NEAR(*longer.share_by(23), 1 - 6.0 / 7 * 5 / 6, 1e-12);
  EXPECT_DOUBLE_EQ(*longer.share_by(16), 0);
}

TEST(Survival, WhoHasNotComeCountsAgainst) {
  // Two came on day 1 and 2, two have waited three days: half, not all.
  const Survival survival(std::vector<Wait>{{1, true}, {2, true}, {3, false}, {3, false}});
  EXPECT_DOUBLE_EQ(*survival.share_by(2), 0.5);
  // One had waited half a day only: it tells nothing of day 1, when 1 of 3 comes.
  const Survival early(std::vector<Wait>{{10, false}, {20, true}, {40, false}, {40, false}});
  EXPECT_DOUBLE_EQ(*early.share_by(20), 1.0 / 3);
}

TEST(Survival, AtTheEdgesTheIntervalIsOfThoseWatchedSoLong) {
  const std::vector<Wait> waits{{1, false}, {5, false}, {5, false}, {7, true}};
  EXPECT_EQ(*Survival(waits).interval_by(3), *wilson_95(0, 3));  // the first was not watched for three
  EXPECT_EQ(*Survival(waits).interval_by(7), *wilson_95(1, 1));
  const std::vector<Wait> none_long{{1, false}};
  EXPECT_EQ(*Survival(none_long).interval_by(9), (Interval{0, 1}));  // nothing is known
}

TEST(Survival, OfNoneThereIsNothing) {
  const Survival survival({});
  EXPECT_FALSE(survival.share_by(1));
  EXPECT_FALSE(survival.interval_by(1));
  EXPECT_FALSE(survival.time_of(0.5));
}

}  // namespace
}  // namespace handslag::stats
