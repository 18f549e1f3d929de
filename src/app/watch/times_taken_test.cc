// SPDX-License-Identifier: Apache-2.0
#include "app/watch/times_taken.h"

#include <gtest/gtest.h>

#include "pure/promise/parse.h"

namespace handslag::app {
namespace {

constexpr Timestamp kClock{1'780'000'000 * kMicrosPerSecond};

TEST(TimesTaken, TellsMedianNinetiethAndWhereOneStands) {
  TimesTaken times;
  for (std::int64_t us = 100; us >= 1; --us) times.add("a", us * 10);  // 10, 20 … 1000
  const auto normal = times.normal("a", kClock);
  ASSERT_TRUE(normal);
  EXPECT_EQ(normal->median_us, 500);
  EXPECT_EQ(normal->ninetieth_us, 900);
  EXPECT_EQ(normal->sample, 100U);
  EXPECT_EQ(times.longer_than("a", 1000), 99);  // the longest is not longer than itself
  EXPECT_EQ(times.longer_than("a", 1001), 100);
  EXPECT_EQ(times.longer_than("a", 10), 0);
}

TEST(TimesTaken, KnowsEachProductByItself) {
  constexpr std::uint32_t kSofa = 7, kLamp = 8;
  TimesTaken times;
  for (const std::int64_t us : {10, 20, 30}) times.add("a", us, kSofa);
  times.add("a", 1000, kLamp);
  EXPECT_EQ(times.normal("a", kClock, kSofa)->median_us, 20);
  EXPECT_EQ(times.normal("a", kClock)->seen, 4U);
  EXPECT_EQ(times.longer_than("a", 500, kSofa), 100);
  EXPECT_EQ(times.longer_than("a", 500), 75);
  EXPECT_FALSE(times.normal("a", kClock, 9));
}

TEST(TimesTaken, SaysNothingOfWhatNeverCame) {
  TimesTaken times;
  EXPECT_FALSE(times.normal("a", kClock));
  EXPECT_EQ(times.longer_than("a", 5), 0);
}

TEST(TimesTaken, IsWorkedOutOnceAMinute) {
  TimesTaken times;
  times.add("a", 10);
  EXPECT_EQ(times.normal("a", kClock)->median_us, 10);
  times.add("a", 2);
  EXPECT_EQ(times.normal("a", {kClock.us + 59 * kMicrosPerSecond})->median_us, 10);
  EXPECT_EQ(times.normal("a", {kClock.us + kMicrosPerMinute})->median_us, 2);
}

TEST(TimesTaken, KeepsABoundedFairSample) {
  TimesTaken times;
  for (std::int64_t us = 0; us < 100'000; ++us) times.add("a", us);
  const auto normal = times.normal("a", kClock);
  EXPECT_EQ(normal->sample, kMostTimes);
  EXPECT_EQ(normal->seen, 100'000U);
  // The median of a sample of n of uniform values on [0, 1] has the standard deviation 1 / (2 √n) = 0.005.
  EXPECT_NEAR(static_cast<double>(normal->median_us), 50'000, 2'500);
}

TEST(TimesTaken, CountsFromActivationToFulfilment) {
  const auto promise_of = [](const std::string& text) { return promise::parse(text).promises.front(); };
  const auto response = promise_of("promise a \"a\" kept by u when placed then sent within 2 h");
  model::Instance instance;
  instance.due = {kClock.us + 7200};
  instance.verdict = model::Verdict::Late;
  instance.slack_us = -800;  // it came 800 after it was due
  EXPECT_EQ(time_taken(response, instance, kClock), 8000);
  instance.verdict = model::Verdict::Broken;
  EXPECT_EQ(time_taken(response, instance, kClock), std::nullopt);
  instance.verdict = model::Verdict::Kept;
  const auto absence = promise_of("promise b \"b\" kept by u after placed never called within 2 h");
  EXPECT_EQ(time_taken(absence, instance, kClock), std::nullopt);
}

}  // namespace
}  // namespace handslag::app
