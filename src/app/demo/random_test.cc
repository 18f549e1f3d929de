// SPDX-License-Identifier: Apache-2.0
#include "app/demo/random.h"

#include <gtest/gtest.h>

namespace handslag::demo {
namespace {

TEST(DemoRandom, GivesTheSameStreamForTheSameSeedAndPart) {
  Random one(7, 3), same(7, 3), other_part(7, 4), other_seed(8, 3);
  const std::uint64_t first = one.next();
  EXPECT_EQ(first, same.next());
  EXPECT_NE(first, other_part.next());
  EXPECT_NE(first, other_seed.next());
}

TEST(DemoRandom, StaysInsideItsBoundsAndReachesThem) {
  Random random(1, 1);
  bool has_low = false, has_high = false;
  for (int i = 0; i < 1000; ++i) {
    const std::int32_t drawn = random.between(-2, 3);
    ASSERT_GE(drawn, -2);
    ASSERT_LE(drawn, 3);
    has_low = has_low || drawn == -2;
    has_high = has_high || drawn == 3;
  }
  EXPECT_TRUE(has_low && has_high);
}

TEST(DemoRandom, MeetsTheShareAskedFor) {
  Random random(1, 2);
  int hits = 0;
  for (int i = 0; i < 100'000; ++i) hits += random.chance(250) ? 1 : 0;
  EXPECT_NEAR(hits, 25'000, 600);  // more than four standard deviations
  EXPECT_FALSE(random.chance(0));
  EXPECT_TRUE(random.chance(1000));
}

TEST(DemoRandom, DrawsExponentialWaits) {
  // Of an exponential distribution with mean 1000: 1/e lie above the mean, 1/e² above twice the mean.
  Random random(1, 3);
  std::int64_t sum = 0;
  int above_mean = 0, above_twice = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::int64_t drawn = random.exponential(1000);
    ASSERT_GE(drawn, 0);
    sum += drawn;
    above_mean += drawn > 1000 ? 1 : 0;
    above_twice += drawn > 2000 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(sum) / 100'000, 1000, 15);
  EXPECT_NEAR(above_mean, 36'788, 800);
  EXPECT_NEAR(above_twice, 13'534, 600);
}

}  // namespace
}  // namespace handslag::demo
