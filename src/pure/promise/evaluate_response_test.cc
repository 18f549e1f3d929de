// SPDX-License-Identifier: Apache-2.0
// R1 with its bounds and options, R11 in R1. Every expected text is worked out from contract/promises.md by
// hand.
#include <gtest/gtest.h>

#include "pure/promise/evaluate_for_test.h"

namespace handslag::promise {
namespace {

constexpr const char* kPlain = "when A then b within 10 s, same k";

TEST(Response, IsKeptUpToAndAtItsDueTime) {  // P-4, P-8
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@5 k=1"), "A@0 kept due 10 slack 5 by b@5");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@10 k=1"), "A@0 kept due 10 by b@10");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@10.000001 k=1"), "A@0 late due 10 slack -1e-06 by b@10.000001");
}

TEST(Response, FollowsTheOrderAtOneInstant) {  // P-2, D-3
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@0 k=1"), "A@0 kept due 10 slack 10 by b@0");
  EXPECT_EQ(outcome(kPlain, "b@0 k=1; A@0 k=1"), "A@0 broken due 10");
  EXPECT_EQ(outcome("when A then A within 10 s", "A@0; A@5"),
            "A@0 kept due 10 slack 5 by A@5; A@5 broken due 15");
}

TEST(Response, IsBrokenOnlyWhenTheHorizonHasPassed) {  // P-7, P-8, D-6
  EXPECT_EQ(outcome(kPlain, "A@0 k=1", {.complete_through = 10}), "A@0 broken due 10");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1", {.complete_through = 9}), "A@0 pending? due 10");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1", {.complete_through = 9, .now = 10}), "A@0 pending? due 10");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1", {.complete_through = 9, .now = 10.000001}), "A@0 overdue? due 10");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1", {.complete_through = 9, .is_file = false}), "A@0 overdue? due 10");
}

TEST(Response, CountsTheHorizonAsAtMostTheClock) {  // P-6; and the row dated 2099 that makes everything final
  EXPECT_EQ(outcome(kPlain, "A@0 k=1", {.complete_through = 4e9, .now = 9}), "A@0 pending? due 10");
}

TEST(Response, ShowsAPresenceAtOnceAndFinalWhenTheHorizonPassesIt) {  // P-7, D-5, D-8
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@5 k=1", {.complete_through = 4}), "A@0 kept? due 10 slack 5 by b@5");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@15 k=1", {.complete_through = 12}),
            "A@0 late? due 10 slack -5 by b@15");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@15 k=1", {.complete_through = 15}),
            "A@0 late due 10 slack -5 by b@15");
}

TEST(Response, MakesEveryActivationAnInstanceThatOneTargetServes) {  // P-9, P-13
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; A@2 k=1; A@3 k=2; b@11 k=1"),
            "A@0 late due 10 slack -1 by b@11; A@2 kept due 12 slack 1 by b@11; A@3 broken due 13");
  EXPECT_EQ(outcome(kPlain, ""), "");
  EXPECT_EQ(outcome(kPlain, "b@11 k=1"), "");  // P-10
}

TEST(Response, IsUnknownWithoutKeyAndATargetWithoutKeyMatchesNothing) {  // P-3, D-21
  EXPECT_EQ(outcome(kPlain, "A@0; b@5 k=1; A@6 k=1; b@7"), "A@0 unknown(key) due 10; A@6 broken due 16");
  EXPECT_EQ(outcome(kPlain, "A@0; b@5", {.complete_through = -1}), "A@0 unknown(key)? due 10");
  EXPECT_EQ(outcome("when A then b within 10 s, same k, l", "A@0 k=1 l=1; b@1 k=1; b@2 k=1 l=2; b@3 k=1 l=1"),
            "A@0 kept due 10 slack 7 by b@3");
}

TEST(Response, TakesTheTextNaForAValue) {  // a case id that reads NA is not missing
  EXPECT_EQ(outcome(kPlain, "A@0 k=NA; b@5 k=NA"), "A@0 kept due 10 slack 5 by b@5");
}

TEST(Response, ReadsTheDueTimeFromTheActivation) {  // P-20, D-22
  const char* rule = "when A then b no later than x";
  EXPECT_EQ(outcome(rule, "A@0 .x=t:20; b@20"), "A@0 kept due 20 by b@20");
  EXPECT_EQ(outcome(rule, "A@0 .x=1970-01-01; b@86399.999999", {.complete_through = 1e6}),
            "A@0 kept due 86399.999999 by b@86399.999999");
  EXPECT_EQ(outcome(rule, "A@0 .x=1970-01-01; b@86400"),
            "A@0 late? due 86399.999999 slack -1e-06 by b@86400");
  EXPECT_EQ(outcome(rule, "A@0 .x=soon; b@1; A@2"), "A@0 unknown(due); A@2 unknown(due)");
  EXPECT_EQ(
      outcome(rule, "A@0 .x=1970-01-01", {.complete_through = 82799.999999, .clauses = "zone \"east\""}),
      "A@0 broken due 82799.999999");
  EXPECT_EQ(outcome("when A then b no later than x, same k", "A@0 .x=t:20"),
            "A@0 unknown(key) due 20");  // D-31
}

TEST(Response, WithoutAnyDueTimeAnywhereIsUnknown) {
  EXPECT_EQ(outcome("when A then b no later than x", "A@0; b@1"), "A@0 unknown(due)");
}

TEST(Response, CountsCalendarAndBusinessDaysByTheLocalDay) {  // P-18, P-19, D-15; the epoch is a Thursday
  EXPECT_EQ(outcome("when A then b within 1 day", "A@3600; b@7200", {.complete_through = 1e6}),
            "A@3600 kept due 172799.999999 slack 165599.999999 by b@7200");
  // Two business days after Thursday: Monday. Late on Tuesday at 09:00, one opening hour after.
  EXPECT_EQ(outcome("when A then b within 2 business days", "A@3600; b@464400", {.complete_through = 1e6}),
            "A@3600 late due 431999.999999 slack -32400.000001 business -3600 by b@464400");
  EXPECT_EQ(outcome("when A then b within 2 business hours", "A@54000; b@57600", {.complete_through = 1e6}),
            "A@54000 kept due 61200 slack 3600 business 3600 by b@57600");
}

TEST(Response, BeforeAnEventIsDecidedByThatEvent) {  // P-4, D-9
  const char* rule = "when A then b before e, same k";
  EXPECT_EQ(outcome(rule, "A@0 k=1; b@4 k=1; e@9 k=1"), "A@0 kept due 9 slack 5 by b@4");
  EXPECT_EQ(outcome(rule, "A@0 k=1; b@4 k=1"), "A@0 kept by b@4");
  EXPECT_EQ(outcome(rule, "A@0 k=1; e@9 k=1; b@9 k=1"), "A@0 broken due 9 by e@9");
  EXPECT_EQ(outcome(rule, "A@0 k=1; b@9 k=1; e@9 k=1"), "A@0 kept due 9 by b@9");
  EXPECT_EQ(outcome(rule, "A@0 k=1"), "A@0 pending?");
  EXPECT_EQ(outcome(rule, "A@0 k=1; e@9", {.complete_through = 8}), "A@0 pending? due 9");
  EXPECT_EQ(outcome(rule, "A@0 k=1; e@9; b@20 k=1", {.complete_through = 8, .now = 10}),
            "A@0 overdue? due 9");
}

TEST(Response, IsVoidWhenCalledOffBeforeTheTargetAndNotAfterDue) {  // D-10
  const char* rule = "when A then b within 10 s, same k unless c, same k";
  EXPECT_EQ(outcome(rule, "A@0 k=1; c@10 k=1; b@11 k=1"), "A@0 void due 10 by c@10");
  EXPECT_EQ(outcome(rule, "A@0 k=1; c@11 k=1; b@12 k=1"), "A@0 late due 10 slack -2 by b@12");
  EXPECT_EQ(outcome(rule, "A@0 k=1; b@3 k=1; c@4 k=1"), "A@0 kept due 10 slack 7 by b@3");
  EXPECT_EQ(outcome(rule, "A@0 k=1; c@4 k=1; b@4 k=1"), "A@0 kept due 10 slack 6 by b@4");
  EXPECT_EQ(outcome(rule, "A@0 k=1; c@4 k=2; c@5"), "A@0 broken due 10");
  EXPECT_EQ(outcome(rule, "c@0 k=1; A@0 k=1"), "A@0 broken due 10");
}

TEST(Response, ConditionsWithoutOwnKeysAgreeAsFarAsTheyCarryThem) {  // P-3
  const char* rule = "when A then b within 10 s, same k unless c";
  EXPECT_EQ(outcome(rule, "A@0 k=1; c@5"), "A@0 void due 10 by c@5");
  EXPECT_EQ(outcome(rule, "A@0 k=1; c@5 k=2"), "A@0 broken due 10");
  EXPECT_EQ(outcome("when A then b within 10 s, same k unless c, same l", "A@0 k=1; c@5 l=1"),
            "A@0 broken due 10");
  EXPECT_EQ(outcome("when A then b within 10 s, same k unless c, same l", "A@0 k=1 l=1; c@5 l=1 k=9"),
            "A@0 void due 10 by c@5");
}

TEST(Response, OneEventThatIsTargetAndConditionFulfils) {  // D-3
  EXPECT_EQ(outcome("when A then x.* within 10 s unless x.c", "A@0; x.c@5"),
            "A@0 kept due 10 slack 5 by x.c@5");
}

TEST(Response, OneForOneServesTheOldest) {  // P-13
  EXPECT_EQ(outcome("when A then b within 10 s, same k, one for one", "A@0 k=1; A@1 k=1; b@2 k=1; b@30 k=1"),
            "A@0 kept due 10 slack 8 by b@2; A@1 late due 11 slack -19 by b@30");
  EXPECT_EQ(outcome("when A then (b and c) within 10 s, one for one", "A@0; A@1; b@2; b@3; c@4"),
            "A@0 kept due 10 slack 6 by b@2 c@4; A@1 broken due 11");
}

TEST(Response, RestartVoidsTheEarlierUpToItsDueTime) {  // P-13, D-4
  const char* rule = "when A then b within 10 s, same k, restart";
  EXPECT_EQ(outcome(rule, "A@0 k=1; A@10 k=1; b@15 k=1"),
            "A@0 void due 10 by A@10; A@10 kept due 20 slack 5 by b@15");
  EXPECT_EQ(outcome(rule, "A@0 k=1; A@11 k=1; b@15 k=1"),
            "A@0 late due 10 slack -5 by b@15; A@11 kept due 21 slack 6 by b@15");
  EXPECT_EQ(outcome("when A then b no later than x, restart", "A@0 .x=t:9; A@1"),
            "A@0 void due 9 by A@1; A@1 unknown(due)");  // D-21
  EXPECT_EQ(outcome("when A then b before e, restart", "A@0; A@1; b@2; e@5"),
            "A@0 void due 5 by A@1; A@1 kept due 5 slack 3 by b@2");
}

TEST(Response, FirstOnlyMakesNoneWhileOneStands) {  // P-13, D-32
  const char* rule = "when A then b within 10 s, first only unless c";
  EXPECT_EQ(outcome(rule, "A@0; A@10; A@11; b@12"),
            "A@0 late due 10 slack -2 by b@12; A@11 kept due 21 slack 9 by b@12");
  EXPECT_EQ(outcome(rule, "A@0; b@1; A@2"), "A@0 kept due 10 slack 9 by b@1; A@2 broken due 12");
  EXPECT_EQ(outcome(rule, "A@0; c@5; A@5"), "A@0 void due 10 by c@5; A@5 broken due 15");
  EXPECT_EQ(outcome(rule, "A@0; c@5; A@5; b@5"), "A@0 kept due 10 slack 5 by b@5");
}

TEST(Response, AnyTakesTheFirstAndAllTheLast) {  // R11, D-24
  EXPECT_EQ(outcome("when A then (b or c) within 10 s", "A@0; c@4; b@5"), "A@0 kept due 10 slack 6 by c@4");
  EXPECT_EQ(outcome("when A then (b and c) within 10 s", "A@0; c@4; c@5; b@11"),
            "A@0 late due 10 slack -1 by c@4 b@11");
  EXPECT_EQ(outcome("when A then (b and c) within 10 s", "A@0; c@4"), "A@0 broken due 10");
  EXPECT_EQ(outcome("when A then (b and c) within 10 s unless d", "A@0; c@4; d@5; b@6"),
            "A@0 void due 10 by d@5");
  EXPECT_EQ(outcome("when A then (x.* and x.c) within 10 s", "A@0; x.c@4"),
            "A@0 kept due 10 slack 6 by x.c@4");
}

TEST(Response, MarksWhatWasRescued) {  // D-14, D-26
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@5 k=1 .rescued=true"), "A@0 kept due 10 slack 5 rescued by b@5");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@11 k=1 .rescued=true"), "A@0 late due 10 slack -1 rescued by b@11");
  EXPECT_EQ(outcome(kPlain, "A@0 k=1; b@5 k=1 .rescued=1"), "A@0 kept due 10 slack 5 by b@5");
  EXPECT_EQ(outcome("when A then (b and c) within 10 s", "A@0; b@1 .rescued=true; c@2"),
            "A@0 kept due 10 slack 8 rescued by b@1 c@2");
}

TEST(Response, ComparesWithTheActivationByItsName) {  // D-30
  const char* rule = "when A as x then b where n > x.n within 10 s";
  EXPECT_EQ(outcome(rule, "A@0 .n=1; A@1 .n=5; b@2 .n=3"),
            "A@0 kept due 10 slack 8 by b@2; A@1 broken due 11");
}

TEST(Response, AppliesWithinItsVersionAndValidity) {  // P-15, D-19
  EXPECT_EQ(outcome("when A then b within 10 s, one for one", "A@0; A@5; A@9; b@6",
                    {.from = at_second(5), .to = at_second(9)}),
            "A@5 kept due 15 slack 9 by b@6");
  EXPECT_EQ(outcome("when A then b within 10 s", "A@86399; A@86400; A@172799; A@172800",
                    {.complete_through = 1e6, .clauses = "valid from 1970-01-02 valid to 1970-01-02"}),
            "A@86400 broken due 86410; A@172799 broken due 172809");
}

TEST(Response, HasNoInstanceWithoutASourceThatSendsItsTypes) {  // D-5
  EXPECT_EQ(outcome("when A then b within 10 s", "z@0"), "");
}

TEST(Response, SeesTheOrganisationsEventsAsConditionsOnly) {  // P-1, D-18
  const char* rule = "when A then b within 10 s, same k unless c, same k";
  EXPECT_EQ(outcome(rule, "A@0 k=1; *c@5 k=1"), "A@0 void due 10 by c@5");
  EXPECT_EQ(outcome(rule, "A@0 k=1; *b@5 k=1; *A@6 k=1"), "A@0 broken due 10");
  EXPECT_EQ(outcome(rule, "*c@5 k=1; A@5 k=1"), "A@5 broken due 15");
  EXPECT_EQ(outcome(rule, "A@5 k=1; *c@5 k=1"), "A@5 void due 15 by c@5");
  EXPECT_EQ(outcome(rule, "*A@0 k=1; *b@3 k=1; b@1 k=1", {.customer = 0}), "A@0 kept due 10 slack 7 by b@3");
  EXPECT_EQ(outcome("when A then b before e", "A@0; *e@5; b@6"), "A@0 broken due 5 by e@5");
}

}  // namespace
}  // namespace handslag::promise
