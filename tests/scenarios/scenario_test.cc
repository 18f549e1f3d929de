// SPDX-License-Identifier: Apache-2.0
// The reader of scenarios is strict: a scenario that says nothing, or what nobody reads, must not pass.
#include "tests/scenarios/scenario.h"

#include <gtest/gtest.h>

namespace handslag::scenario {
namespace {

const std::string kStart =
    "promise\n"
    "  promise p \"P\" kept by u never x\n"
    "events\n"
    "  2026-03-02 10:00  x  order=1 {n=5}\n";

std::string error_of(const std::string& text) {
  const auto stages = read_scenario(text);
  return stages.ok() ? "none" : stages.error().message;
}

TEST(ScenarioReader, RefusesAFileWithoutVerdicts) {
  EXPECT_EQ(error_of(kStart), "a scenario without a verdicts section");
  EXPECT_EQ(error_of(kStart + "verdicts\n"),
            "line 5: verdicts without a verdict; write none where there are none");
}

TEST(ScenarioReader, TakesNoneAsAVerdict) {
  EXPECT_EQ(error_of(kStart + "verdicts\n  none\n"), "none");
}

TEST(ScenarioReader, NamesTheLineOfWhatItDoesNotKnow) {
  EXPECT_TRUE(error_of(kStart + "horizon 2026-03-02 10:00\n").starts_with("line 5: unknown line"));
  EXPECT_TRUE(
      error_of(kStart + "  2026-03-02 10:00  x  colour red\n").starts_with("line 5: unknown word colour"));
  EXPECT_TRUE(error_of(kStart + "verdicts\n  x 2026-03-02 10:00 → kept, dew never\n")
                  .starts_with("line 6: unknown word dew"));
  EXPECT_EQ(error_of(kStart + "verdicts\n  x 2026-03-02 10:00 → fulfilled\n"),
            "line 6: fulfilled is no verdict");
  EXPECT_EQ(error_of(kStart + "now 2026-03-02 10:00 sharp\n"), "line 5: did not expect sharp");
}

TEST(ScenarioReader, RefusesATimeThatTheClockSkips) {
  EXPECT_EQ(error_of(kStart + "now 2026-03-29 02:30\n"),
            "line 5: the clock skips that time; write it in UTC");
}

TEST(ScenarioReader, KeepsWhatWasSaidBeforeForTheNextVerdicts) {
  const auto stages = read_scenario(kStart + "verdicts\n  x 2026-03-02 10:00 → broken, late by 1 h 30 min\n" +
                                    "events\n  2026-03-02 11:00  x\nverdicts of p\n  none\n");
  ASSERT_TRUE(stages.ok()) << stages.error().message;
  ASSERT_EQ(stages->size(), 2U);
  EXPECT_EQ(stages->at(0).events.size(), 1U);
  EXPECT_EQ(stages->at(0).expected.at(0).slack_us, -5400 * kMicrosPerSecond);
  EXPECT_EQ(stages->at(1).events.size(), 2U);
  EXPECT_EQ(stages->at(1).of, "p");
  EXPECT_TRUE(stages->at(1).expected.empty());
}

}  // namespace
}  // namespace handslag::scenario
