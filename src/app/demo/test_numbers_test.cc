// SPDX-License-Identifier: Apache-2.0
#include "app/demo/test_numbers.h"

#include <gtest/gtest.h>

#include <set>

#include "base/time.h"

namespace handslag::demo {
namespace {

/// All ten digits, the check digit too, weigh to a multiple of ten.
bool passes_luhn(const std::string& twelve) {
  int sum = 0;
  for (std::size_t i = 2; i < 12; ++i) {
    const int twice = (twelve[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 == 0;
}

TEST(TestNumbers, AreDistinctValidNumbersOfAdults) {
  ASSERT_EQ(test_number_count(), 25'248U);
  std::set<std::string> seen;
  for (std::uint32_t i = 0; i < test_number_count(); ++i) {
    const std::string number = test_number(i);
    ASSERT_EQ(number.size(), 12U);
    ASSERT_TRUE(passes_luhn(number)) << number;
    const std::string day = number.substr(0, 4) + "-" + number.substr(4, 2) + "-" + number.substr(6, 2);
    ASSERT_TRUE(parse_date(day)) << number;
    ASSERT_TRUE(day >= "1930" && day < "2008") << number;
    ASSERT_TRUE(seen.insert(number).second) << number;
  }
}

TEST(TestNumbers, KnowTheirOwn) {
  EXPECT_TRUE(is_test_number("196808199266"));   // from the published list
  EXPECT_FALSE(is_test_number("196808199267"));  // another check digit
  EXPECT_FALSE(is_test_number("196808199258"));  // passes Luhn, not in the list
  EXPECT_FALSE(is_test_number("6808199266"));
}

}  // namespace
}  // namespace handslag::demo
