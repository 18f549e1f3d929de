// SPDX-License-Identifier: Apache-2.0
// R2, R3, R4: what must not come, and what must have come before.
#include <gtest/gtest.h>

#include "pure/promise/evaluate_for_test.h"

namespace handslag::promise {
namespace {

constexpr const char* kAbsence = "after A never b within 10 s, same k unless c";

TEST(Absence, IsBrokenAtOnceByTheFirstTarget) {  // P-7, D-8
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1; b@10 k=1; b@10 k=1"), "A@0 broken due 10 by b@10");
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1; b@5 k=1", {.complete_through = 4}), "A@0 broken? due 10 by b@5");
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1; b@10.000001 k=1; b@3 k=2; b@4"), "A@0 kept due 10");
}

TEST(Absence,
     IsKeptByTheHorizonAloneWithoutAnotherEvent) {  // the absence that fires only when another event comes
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1", {.complete_through = 10}), "A@0 kept due 10");
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1", {.complete_through = 9.999999}), "A@0 pending? due 10");
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1", {.complete_through = 9, .now = 11}), "A@0 overdue? due 10");
}

TEST(Absence, IsVoidWhenCalledOffButATargetAtThatInstantBreaks) {  // D-10
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1; c@5; b@6 k=1"), "A@0 void due 10 by c@5");
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1; c@5 k=1; b@5 k=1"), "A@0 broken due 10 by b@5");
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1; c@10"), "A@0 void due 10 by c@10");
  EXPECT_EQ(outcome(kAbsence, "A@0 k=1; c@11; b@12 k=1"), "A@0 kept due 10");
  EXPECT_EQ(outcome(kAbsence, "A@0; c@1; b@2"), "A@0 unknown(key) due 10");
}

TEST(Absence, EveryActivationIsBrokenByOneTarget) {  // P-9
  EXPECT_EQ(outcome("after A never A within 10 s", "A@0; A@5; A@20"),
            "A@0 broken due 10 by A@5; A@5 kept due 15; A@20 kept due 30");
}

constexpr const char* kOnlyAfter = "b only after A within 10 s, same k unless n since";

TEST(OnlyAfter, IsKeptByTheLastActivationInReach) {  // R3, P-18, D-4
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=1; A@2 k=1; b@5 k=1"), "b@5 kept due 5 by A@2");
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=1; b@10 k=1"), "b@10 kept due 10 by A@0");
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=1; b@10.000001 k=1"), "b@10.000001 broken due 10.000001");
  EXPECT_EQ(outcome(kOnlyAfter, "b@5 k=1; A@5 k=1"), "b@5 broken due 5");
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=2; A@1; b@5 k=1; b@6"), "b@5 broken due 5; b@6 unknown(key) due 6");
}

TEST(OnlyAfter, IsTakenBackByAnEventSince) {  // D-3, D-29
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=1; n@1; b@5 k=1"), "b@5 broken due 5");
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=1; n@1 k=2; b@5 k=1"), "b@5 kept due 5 by A@0");
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=1; n@1; A@2 k=1; b@5 k=1"), "b@5 kept due 5 by A@2");
  EXPECT_EQ(outcome("b.x only after A unless b.* since", "A@0; b.x@5"), "b.x@5 broken due 5");
  EXPECT_EQ(outcome("b only after a.* unless a.n since", "a.n@0; b@5"), "b@5 kept due 5 by a.n@0");
}

TEST(OnlyAfter, AWantOfEventsWaitsForTheHorizon) {  // D-7
  EXPECT_EQ(outcome(kOnlyAfter, "b@5 k=1", {.complete_through = 4}), "b@5 pending? due 5");
  EXPECT_EQ(outcome(kOnlyAfter, "b@5 k=1", {.complete_through = 4, .now = 6}), "b@5 overdue? due 5");
  EXPECT_EQ(outcome(kOnlyAfter, "A@1 k=1; b@5 k=1", {.complete_through = 4}), "b@5 kept? due 5 by A@1");
}

TEST(OnlyAfter,
     IsUnknownWhenItLooksBeyondHistoryWhateverWasFound) {  // P-18: an A one µs before the start would do
  EXPECT_EQ(outcome(kOnlyAfter, "A@0 k=1; b@9.999999 k=1; b@10 k=1", {.history_start = 0}),
            "b@9.999999 unknown(history) due 9.999999; b@10 kept due 10 by A@0");
  EXPECT_EQ(outcome("b only after A", "b@5", {.history_start = 0}), "b@5 broken due 5");  // P-16
  EXPECT_EQ(outcome(kOnlyAfter, "b@5", {.history_start = 0}), "b@5 unknown(key) due 5");  // D-21
}

TEST(OnlyAfter, SeesTheOrganisationsEvents) {  // P-1
  const char* rule = "b only after A, same k unless n since";
  EXPECT_EQ(outcome(rule, "*A@0 k=1; b@5 k=1; *n@6 k=1; b@7 k=1"), "b@5 kept due 5 by A@0; b@7 broken due 7");
  EXPECT_EQ(outcome(rule, "b@5 k=1; *A@5 k=1"), "b@5 broken due 5");
  EXPECT_EQ(outcome(rule, "*A@5 k=1; b@5 k=1"), "b@5 kept due 5 by A@5");
  EXPECT_EQ(outcome(rule, "*b@5 k=1"), "");
}

TEST(OnlyAfter, GuardsMayNameTheActivation) {  // D-30
  EXPECT_EQ(outcome("b as x only after A where n = x.n", "A@0 .n=1; A@1 .n=2; b@2 .n=1; b@3 .n=3"),
            "b@2 kept due 2 by A@0; b@3 broken due 3");
}

constexpr const char* kAlready = "never b when already A within 10 s, same k unless n since";

TEST(NeverWhenAlready, IsBrokenAtOnceWithBothAsWitnesses) {  // R4, D-4, D-7
  EXPECT_EQ(outcome(kAlready, "A@0 k=1; A@1 k=1; b@10 k=1", {.complete_through = 5}),
            "b@10 broken? due 10 by A@1 b@10");
  EXPECT_EQ(outcome(kAlready, "A@0 k=1; b@10.000001 k=1"), "b@10.000001 kept due 10.000001");
  EXPECT_EQ(outcome(kAlready, "b@5 k=1", {.complete_through = 4}), "b@5 pending? due 5");
}

TEST(NeverWhenAlready, IsKeptAtOnceByAnEventSinceTheLastActivation) {  // D-7
  EXPECT_EQ(outcome(kAlready, "A@0 k=1; n@1; b@5 k=1", {.complete_through = 4}), "b@5 kept? due 5");
  EXPECT_EQ(outcome(kAlready, "A@0 k=1; n@1; A@2 k=1; b@5 k=1"), "b@5 broken due 5 by A@2 b@5");
  EXPECT_EQ(outcome("never b when already b, same k", "b@0 k=1; b@1 k=1"),
            "b@0 kept due 0; b@1 broken due 1 by b@0 b@1");
}

TEST(NeverWhenAlready, IsUnknownWhenItLooksBeyondHistory) {
  EXPECT_EQ(outcome(kAlready, "A@1 k=1; b@5 k=1", {.history_start = 0}), "b@5 unknown(history) due 5");
}

}  // namespace
}  // namespace handslag::promise
