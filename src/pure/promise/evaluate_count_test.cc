// SPDX-License-Identifier: Apache-2.0
// R5, R6, R7: how many, how often, how regularly.
#include <gtest/gtest.h>

#include "pure/promise/evaluate_for_test.h"

namespace handslag::promise {
namespace {

TEST(Count, AtMostIsBrokenByOneMoreAndKeptAtTheClose) {  // R5, D-4
  const char* rule = "at most 2 b within 10 s, same k";
  EXPECT_EQ(outcome(rule, "b@0 k=1; b@5 k=1; b@10 k=1"), "b@0 broken due 10 by b@10");
  EXPECT_EQ(outcome(rule, "b@0 k=1; b@5 k=1; b@10.000001 k=1"),
            "b@0 kept due 10; b@10.000001 kept due 20.000001");
  EXPECT_EQ(outcome(rule, "b@0 k=1; b@1 k=2; b@2 k=2; b@3"),
            "b@0 kept due 10; b@1 kept due 11; b@3 unknown(key) due 13");
  EXPECT_EQ(outcome(rule, "b@0 k=1", {.complete_through = 9}), "b@0 pending? due 10");
  EXPECT_EQ(outcome(rule, "b@0 k=1", {.complete_through = 9, .now = 11}), "b@0 overdue? due 10");
}

TEST(Count, WithoutCloseAtMostStaysPendingAndDueIsTheDecidingEvent) {  // P-16, D-11
  EXPECT_EQ(outcome("at most 1 b, same k", "b@0 k=1; b@1 k=2; b@2 k=2"),
            "b@0 pending?; b@1 broken due 2 by b@2");
  EXPECT_EQ(outcome("at least 2 b", "b@0; b@1; b@2"), "b@0 kept due 1 by b@1");
  EXPECT_EQ(outcome("exactly 1 b", "b@0"), "b@0 pending?");
}

TEST(Count, StaysOpenUntilItClosesThoughDecided) {  // D-11
  EXPECT_EQ(outcome("at most 1 b until e", "b@0; b@1; b@2; e@3; b@4"),
            "b@0 broken due 3 by b@1; b@4 pending?");
}

TEST(Count, ClosesAtItsEndAndWaitsForTheHorizon) {  // D-11
  const char* rule = "exactly 2 b, same k from S until e";
  EXPECT_EQ(outcome(rule, "S@0 k=1; b@1 k=1; b@2 k=1; e@3"), "S@0 kept due 3 by e@3");
  EXPECT_EQ(outcome(rule, "S@0 k=1; b@1 k=1; e@3 k=1"), "S@0 broken due 3 by e@3");
  EXPECT_EQ(outcome(rule, "S@0 k=1; b@1 k=1; e@3 k=1", {.complete_through = 2, .now = 4}),
            "S@0 overdue? due 3");
  EXPECT_EQ(outcome(rule, "S@0 k=1; b@1 k=1; b@2 k=1; b@3 k=1; e@4"), "S@0 broken due 4 by b@3");
  EXPECT_EQ(outcome(rule, "b@1 k=1; S@2; S@3 k=1; S@4 k=1; e@5 k=2"), "S@2 unknown(key); S@3 pending?");
  EXPECT_EQ(outcome("at least 1 b from S until e", "S@0; e@1; b@2; S@3; b@4"),
            "S@0 broken due 1 by e@1; S@3 kept due 4 by b@4");
}

TEST(Count, TheEarlierOfEndAndDurationCloses) {  // D-11, D-33
  const char* rule = "at most 1 b within 10 s until e";
  EXPECT_EQ(outcome(rule, "b@0; e@5"), "b@0 kept due 5 by e@5");
  EXPECT_EQ(outcome(rule, "b@0; e@10; b@10"), "b@0 kept due 10 by e@10; b@10 kept due 20");
  EXPECT_EQ(outcome(rule, "b@0; e@11"), "b@0 kept due 10");
}

TEST(Count, OneEventClosesThenCountsThenOpens) {  // D-3
  EXPECT_EQ(outcome("at most 1 x.* until x.e", "x.b@0; x.e@1"), "x.b@0 kept due 1 by x.e@1; x.e@1 pending?");
  EXPECT_EQ(outcome("at most 0 x.* from x.s", "x.s@0"), "x.s@0 pending?");
  EXPECT_EQ(outcome("at most 0 x.* from x.s", "x.s@0; x.s@1"), "x.s@0 broken due 1 by x.s@1");
}

TEST(Count, AConditionWithItsOwnKeysComparesThemAlone) {  // D-20
  EXPECT_EQ(outcome("at most 1 b, same k until e, same l", "b@0 k=1 l=7; e@1 l=8; e@2 k=9 l=7"),
            "b@0 kept due 2 by e@2");
  EXPECT_EQ(outcome("at most 1 b, same k from S, same l", "S@0 k=1; S@1 k=1 l=1; b@2 k=1; b@3 k=1"),
            "S@0 unknown(key); S@1 broken due 3 by b@3");
}

TEST(Count, OnlyAtLeastCanBeRescued) {  // D-14, D-26
  EXPECT_EQ(outcome("at least 2 b", "b@0 .rescued=true; b@1"), "b@0 kept due 1 by b@1");
  EXPECT_EQ(outcome("at least 2 b", "b@0; b@1 .rescued=true"), "b@0 kept due 1 rescued by b@1");
}

TEST(Count, OpensWithTheFirstInScope) {  // D-19
  EXPECT_EQ(outcome("at most 1 b", "b@0; b@5; b@6", {.from = at_second(5)}), "b@5 broken due 6 by b@6");
}

TEST(Rate, IsBrokenByTheOneTooManyWithAllAsWitnesses) {  // R6, D-4
  const char* rule = "at most 2 b within any 10 s, same k";
  EXPECT_EQ(outcome(rule, "b@0 k=1; b@5 k=1; b@10 k=1; b@20 k=1"),
            "b@0 kept due 0; b@5 kept due 5; b@10 broken due 10 by b@0 b@5 b@10; b@20 kept due 20");
  EXPECT_EQ(outcome(rule, "b@0 k=1; b@5 k=1; b@10.000001 k=1"),
            "b@0 kept due 0; b@5 kept due 5; b@10.000001 kept due 10.000001");
  EXPECT_EQ(outcome(rule, "b@0 k=1; b@1 k=2; b@2 k=1; b@3 k=2; b@4; b@5 k=1"),
            "b@0 kept due 0; b@1 kept due 1; b@2 kept due 2; b@3 kept due 3; b@4 unknown(key) due 4; "
            "b@5 broken due 5 by b@0 b@2 b@5");
  EXPECT_EQ(outcome("at most 1 b within any 10 s", "b@0; b@0; b@0"),
            "b@0 kept due 0; b@0 broken due 0 by b@0 b@0; b@0 broken due 0 by b@0 b@0");
}

TEST(Rate, WantOfEventsWaitsForTheHorizonAndNeedsHistory) {  // D-7
  const char* rule = "at most 1 b within any 10 s";
  EXPECT_EQ(outcome(rule, "b@5", {.complete_through = 4}), "b@5 pending? due 5");
  EXPECT_EQ(outcome(rule, "b@5; b@6; b@17", {.history_start = 0}),
            "b@5 unknown(history) due 5; b@6 broken due 6 by b@5 b@6; b@17 kept due 17");
}

TEST(Rate, EarlierVersionsEventsCountAsOthers) {  // D-19
  EXPECT_EQ(outcome("at most 1 b within any 10 s", "b@0; b@5", {.from = at_second(5)}),
            "b@5 broken due 5 by b@0 b@5");
}

constexpr const char* kRecurrence = "every 10 s a b from S until e, same k";

TEST(Recurrence, JudgesEachGapByItself) {  // R7, D-12
  EXPECT_EQ(outcome(kRecurrence, "S@0 k=1; b@10 k=1; b@25 k=1; e@30"),
            "S@0 kept due 10 by b@10; b@10 late due 20 slack -5 by b@25; b@25 kept due 35 slack 5 by e@30");
  EXPECT_EQ(outcome(kRecurrence, "S@0 k=1; S@5 k=1; b@6 k=2; e@20 k=1; b@21 k=1"),
            "S@0 late due 10 slack -10 by e@20");
  EXPECT_EQ(outcome(kRecurrence, "S@0 k=1"), "S@0 broken due 10");
  EXPECT_EQ(outcome(kRecurrence, "S@0 k=1", {.complete_through = 9}), "S@0 pending? due 10");
  EXPECT_EQ(outcome(kRecurrence, "S@0; b@1"), "S@0 unknown(key) due 10");
}

TEST(Recurrence, AnEndThatIsAlsoAStartOpensAnew) {  // D-17
  EXPECT_EQ(outcome("every 10 s a b from x.* until x.e", "x.s@0; x.e@4"),
            "x.s@0 kept due 10 slack 6 by x.e@4; x.e@4 broken due 14");
}

TEST(Recurrence, ShowsTheGapsOfItsVersion) {  // D-19
  EXPECT_EQ(
      outcome(kRecurrence, "S@0 k=1; b@5 k=1; b@9 k=1; e@10", {.from = at_second(5), .to = at_second(9)}),
      "b@5 kept due 15 slack 6 by b@9");
}

TEST(Recurrence, TheEventThatEndsAGapMayRescueIt) {  // D-26
  EXPECT_EQ(outcome("every 10 s a b from S until e", "S@0; e@5 .rescued=true"),
            "S@0 kept due 10 slack 5 rescued by e@5");
}

TEST(Recurrence, TheOrganisationMayEndItButNotStartIt) {  // D-18
  EXPECT_EQ(outcome(kRecurrence, "S@0 k=1; *e@5"), "S@0 kept due 10 slack 5 by e@5");
  EXPECT_EQ(outcome(kRecurrence, "*S@0 k=1; b@5 k=1"), "");
}

}  // namespace
}  // namespace handslag::promise
