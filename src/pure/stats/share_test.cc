// SPDX-License-Identifier: Apache-2.0
#include "pure/stats/share.h"

#include <gtest/gtest.h>

namespace handslag::stats {
namespace {

TEST(Wilson, HasThePublishedValues) {
  // Newcombe (1998), table I, method 3.
  struct Row {
    std::int64_t successes, trials;
    double low, high;
  };
  for (const Row row : {Row{81, 263, 0.2553, 0.3662}, Row{15, 148, 0.0624, 0.1605}, Row{0, 20, 0.0, 0.1611},
                        Row{1, 29, 0.0061, 0.1718}}) {
    const Interval found = wilson_95(row.successes, row.trials).value();
    EXPECT_NEAR(found.low, row.low, 0.00005);
    EXPECT_NEAR(found.high, row.high, 0.00005);
  }
}

TEST(Wilson, EndsAtOneWhenAllSucceed) {
  const Interval found = wilson_95(20, 20).value();
  EXPECT_EQ(found.high, 1.0);
  EXPECT_NEAR(found.low, 1 - 0.1611, 0.00005);  // the mirror of 0 of 20
}

TEST(Wilson, HoldsTheShareForLargeNumbers) {
  const Interval found = wilson_95(9'500'000, 10'000'000).value();
  EXPECT_LT(found.low, 0.95);
  EXPECT_GT(found.high, 0.95);
  EXPECT_NEAR(found.high - found.low, 2 * 1.959964 * 0.0000689202, 1e-8);  // 2 z √(0.95 × 0.05 / n)
}

TEST(Wilson, SaysNothingOfNothing) {
  EXPECT_FALSE(wilson_95(0, 0).has_value());
}

}  // namespace
}  // namespace handslag::stats
