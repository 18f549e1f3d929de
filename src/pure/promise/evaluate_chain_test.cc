// SPDX-License-Identifier: Apache-2.0
// R10: chains of steps.
#include <gtest/gtest.h>

#include "pure/promise/evaluate_for_test.h"

namespace handslag::promise {
namespace {

constexpr const char* kChain = "when A then b within 10 s, same k then c within 5 s unless x";

TEST(Chain, RunsEachBoundFromTheStepBefore) {  // R10, D-13
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8 k=1; c@13 k=1"), "A@0 kept due 13 by b@8 c@13");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8 k=1; b@9 k=1; c@14 k=1"),
            "A@0 late due 13 slack -1 step 1 by b@8 c@14");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; c@1 k=1; b@8 k=1"), "A@0 broken due 13 step 1 by b@8");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8; b@9 k=2"), "A@0 broken due 10 step 0");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; A@1 k=1; b@8 k=1; c@8 k=1"),
            "A@0 kept due 13 slack 5 by b@8 c@8; A@1 kept due 13 slack 5 by b@8 c@8");
}

TEST(Chain, AStepThatComesLateFailsByItsAbsence) {  // D-27
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@11 k=1; c@12 k=1"), "A@0 broken due 10 step 0");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@11 k=1; c@12 k=1", {.complete_through = 9, .now = 12}),
            "A@0 overdue? due 10");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8 k=1", {.complete_through = 9}), "A@0 pending? due 13 by b@8");
}

TEST(Chain, IsDueByTheLesserOfStepAndTotal) {  // D-27
  const char* rule = "when A then b within 10 s then c within 10 s total 15 s";
  EXPECT_EQ(outcome(rule, "A@0; b@8; c@15"), "A@0 kept due 15 by b@8 c@15");
  EXPECT_EQ(outcome(rule, "A@0; b@8; c@16"), "A@0 broken due 15 step 1 by b@8");
  EXPECT_EQ(outcome(rule, "A@0; b@1; c@12"), "A@0 late due 11 slack -1 step 1 by b@1 c@12");
  EXPECT_EQ(outcome(rule, "A@0; b@1; c@16"), "A@0 broken due 11 step 1 by b@1");
}

TEST(Chain, IsVoidWhenCalledOffBeforeItIsDecided) {  // D-4, D-27, D-32
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8 k=1; x@9; c@10 k=1"), "A@0 void due 13 by b@8 x@9");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8 k=1; x@9; c@9 k=1"), "A@0 kept due 13 slack 4 by b@8 c@9");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; x@8; b@8 k=1; c@9 k=1"), "A@0 void due 10 by x@8");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; x@8; b@8 k=1; c@8 k=1"), "A@0 kept due 13 slack 5 by b@8 c@8");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; x@10"), "A@0 void due 10 by x@10");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; x@11"), "A@0 broken due 10 step 0");
}

TEST(Chain, StepsOfSeveralParts) {  // R11, D-13, D-24
  EXPECT_EQ(outcome("when A then (b and c) within 10 s then (d or e) within 5 s", "A@0; c@1; b@4; e@9; d@9"),
            "A@0 kept due 9 by c@1 b@4 e@9");
  EXPECT_EQ(outcome("when A then (b and c) within 10 s then d within 5 s", "A@0; c@1"),
            "A@0 broken due 10 step 0");
}

TEST(Chain, NeedsTheKeysOfAllSteps) {  // D-20
  const char* rule = "when A then b within 10 s, same k then c within 5 s, same l";
  EXPECT_EQ(outcome(rule, "A@0 k=1; b@1 k=1; c@2 l=1"), "A@0 unknown(key) due 10");
  EXPECT_EQ(outcome(rule, "A@0 k=1 l=1; b@1 k=1; c@2 k=1; c@3 l=1"), "A@0 kept due 6 slack 3 by b@1 c@3");
}

TEST(Chain, GuardsMayNameEarlierMatches) {  // D-30
  const char* rule = "when A then b as y within 10 s then c where n = y.n within 10 s";
  EXPECT_EQ(outcome(rule, "A@0; b@1 .n=2; c@2 .n=1; c@3 .n=2"), "A@0 kept due 11 slack 8 by b@1 c@3");
}

TEST(Chain, OnlyTheLastStepRescues) {  // D-14
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8 k=1 .rescued=true; c@13 k=1"), "A@0 kept due 13 by b@8 c@13");
  EXPECT_EQ(outcome(kChain, "A@0 k=1; b@8 k=1; c@13 k=1 .rescued=true"),
            "A@0 kept due 13 rescued by b@8 c@13");
}

TEST(Chain, TellsBusinessSlackWhereTheBoundThatMadeTheDueIsBusinessTime) {  // D-15
  // Thursday 08:00; the step's two business hours end at 10:00, the total's three hours at 11:00.
  EXPECT_EQ(outcome("when A then b within 2 business hours total 3 h", "A@28800; b@32400",
                    {.complete_through = 1e6}),
            "A@28800 kept due 36000 slack 3600 business 3600 by b@32400");
  EXPECT_EQ(outcome("when A then b within 2 business hours total 1 h", "A@28800; b@30600",
                    {.complete_through = 1e6}),
            "A@28800 kept due 32400 slack 1800 by b@30600");
}

}  // namespace
}  // namespace handslag::promise
