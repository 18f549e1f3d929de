// SPDX-License-Identifier: Apache-2.0
#include "pure/stats/percentile.h"

#include <gtest/gtest.h>

#include <vector>

namespace handslag::stats {
namespace {

std::int64_t at(std::vector<std::int64_t> values, std::int64_t percent) {
  return percentile(values, percent).value();
}

TEST(Percentile, TakesTheNearestRank) {
  const std::vector<std::int64_t> five{35, 20, 15, 50,
                                       40};  // ranks 1 (5 %), 2 (30 %, 40 %), 3 (50 %), 5 (100 %)
  EXPECT_EQ(at(five, 5), 15);
  EXPECT_EQ(at(five, 30), 20);
  EXPECT_EQ(at(five, 40), 20);
  EXPECT_EQ(at(five, 50), 35);
  EXPECT_EQ(at(five, 90), 50);
  EXPECT_EQ(at(five, 100), 50);
}

TEST(Percentile, TakesTheLowerMiddleOfAnEvenNumber) {
  EXPECT_EQ(at({4, 1, 3, 2}, 50), 2);
  EXPECT_EQ(at({10, 20}, 90), 20);
}

TEST(Percentile, IsTheValueItselfWhereThereIsOne) {
  EXPECT_EQ(at({7}, 1), 7);
  EXPECT_EQ(at({7}, 100), 7);
}

TEST(Percentile, SaysNothingOfNothing) {
  std::vector<std::int64_t> none;
  EXPECT_FALSE(percentile(none, 50).has_value());
}

}  // namespace
}  // namespace handslag::stats
