// SPDX-License-Identifier: Apache-2.0
#include "app/access/throttle.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

constexpr Timestamp at(std::int64_t seconds) {
  return {seconds * kMicrosPerSecond};
}

TEST(Throttle, DoublesTheWaitAfterTheFreeFailures) {
  Throttle throttle({.free = 2, .first_s = 1, .most_s = 10});
  EXPECT_EQ(throttle.wait_s("anna", at(0)), 0);
  const std::int64_t kWaits[] = {0, 0, 1, 2, 4, 8, 10, 10};
  std::int64_t now = 0;
  for (const std::int64_t wait : kWaits) {
    throttle.fail("anna", at(now));
    EXPECT_EQ(throttle.wait_s("anna", at(now)), wait);
    now += wait;
    EXPECT_EQ(throttle.wait_s("anna", at(now)), 0);
  }
  EXPECT_EQ(throttle.wait_s("bo", at(now)), 0);
}

TEST(Throttle, RoundsTheWaitUp) {
  Throttle throttle({.free = 0, .first_s = 4});
  throttle.fail("anna", at(0));
  EXPECT_EQ(throttle.wait_s("anna", {1}), 4);
  EXPECT_EQ(throttle.wait_s("anna", {3 * kMicrosPerSecond + 1}), 1);
  EXPECT_EQ(throttle.wait_s("anna", {4 * kMicrosPerSecond - 1}), 1);
  EXPECT_EQ(throttle.wait_s("anna", at(4)), 0);
}

TEST(Throttle, ForgivesAndForgets) {
  Throttle throttle({.free = 1, .first_s = 8, .forget_s = 100});
  throttle.fail("anna", at(0));
  throttle.fail("anna", at(0));
  EXPECT_EQ(throttle.wait_s("anna", at(0)), 8);
  throttle.forgive("anna");
  EXPECT_EQ(throttle.wait_s("anna", at(0)), 0);
  throttle.fail("anna", at(0));
  throttle.forget("anna");
  throttle.fail("anna", at(0));
  EXPECT_EQ(throttle.wait_s("anna", at(0)), 0);
  throttle.fail("anna", at(0));
  EXPECT_EQ(throttle.wait_s("anna", at(0)), 8);
  throttle.fail("anna", at(101));  // the first in a long time
  EXPECT_EQ(throttle.wait_s("anna", at(101)), 0);
}

TEST(Throttle, NeverWaitsLongerThanTheMost) {
  Throttle throttle({.free = 0, .first_s = 1, .most_s = 900});
  for (int i = 0; i < 200; ++i) throttle.fail("anna", at(1000));
  EXPECT_EQ(throttle.wait_s("anna", at(1000)), 900);
  EXPECT_EQ(throttle.wait_s("anna", at(0)), 900);  // the clock was set back
}

TEST(Throttle, StaysSmall) {
  Throttle throttle({.free = 0, .first_s = 500, .most_names = 3});
  for (int i = 0; i < 10; ++i) throttle.fail(std::to_string(i), at(i));
  EXPECT_EQ(throttle.wait_s("6", at(9)), 0);
  for (const char* name : {"7", "8", "9"}) EXPECT_GT(throttle.wait_s(name, at(9)), 0);
}

}  // namespace
}  // namespace handslag::app
