// SPDX-License-Identifier: Apache-2.0
// R8, R9, `for customers where`, guards, horizons of several sources, several promises at once.
#include <gtest/gtest.h>

#include "pure/promise/evaluate_for_test.h"

namespace handslag::promise {
namespace {

TEST(Never, IsKeptWhereItsGuardIsFalse) {  // R8, D-7
  EXPECT_EQ(outcome("never b where n > 3", "b@0 .n=3; b@1 .n=4; b@2"),
            "b@0 kept due 0; b@1 broken due 1 by b@1; b@2 kept due 2");
  EXPECT_EQ(outcome("never b", "b@5", {.complete_through = 4}), "b@5 broken? due 5 by b@5");
}

TEST(Guards, MakeComparisonsWithMissingOrUnlikeValuesFalse) {  // the text on guards; D-2
  const auto broken = [](const std::string& guard, const std::string& attributes) {
    return outcome("never b where " + guard, "b@0 " + attributes) != "b@0 kept due 0";
  };
  EXPECT_TRUE(broken("not (x = 1)", ".y=1"));
  EXPECT_FALSE(broken("x != 1", ".y=1"));
  EXPECT_FALSE(broken("x != 1", ".x=one"));
  EXPECT_TRUE(broken("x != \"absent from the data\"", ".x=one"));
  EXPECT_FALSE(broken("x = \"absent from the data\"", ".x=one"));
  EXPECT_TRUE(broken("x < \"p\" and x > \"absent\"", ".x=one"));
  EXPECT_TRUE(broken("x contains \"n\"", ".x=one"));
  EXPECT_FALSE(broken("x contains \"z\"", ".x=one"));
  EXPECT_TRUE(broken("x in (1, \"one\")", ".x=one"));
  EXPECT_TRUE(broken("x is missing or y is present", ".y=1"));
  EXPECT_TRUE(broken("x = y", ".x=2 .y=2"));
  EXPECT_TRUE(broken("x = true", ".x=true"));
  EXPECT_TRUE(broken("x = 1 or x = 2 and y = 9", ".x=1"));  // `and` binds before `or`
  EXPECT_FALSE(broken("(x = 1 or x = 2) and y = 9", ".x=1"));
  EXPECT_FALSE(broken("not (x = 1 or not x = 2)", ".x=1"));
  EXPECT_TRUE(broken("not (x = 1 or not x = 2)", ".x=2"));
}

TEST(Guards, CompareADateWithTheLocalDayOfAnInstant) {  // D-2, P-21
  const std::string rule = "never b where x = 1970-01-02";
  EXPECT_EQ(outcome(rule, "b@0 .x=t:86399"), "b@0 kept due 0");
  EXPECT_EQ(outcome(rule, "b@0 .x=t:86400"), "b@0 broken due 0 by b@0");
  EXPECT_EQ(outcome(rule, "b@0 .x=t:82800", {.clauses = "zone \"east\""}), "b@0 broken due 0 by b@0");
  EXPECT_EQ(outcome(rule, "b@0 .x=1970-01-02"), "b@0 broken due 0 by b@0");
  EXPECT_EQ(outcome("never b where x = y", "b@0 .x=t:86400 .y=1970-01-02"), "b@0 kept due 0");
}

TEST(Guards, NamesMeanFixedFieldsKeysAndAttributes) {
  EXPECT_EQ(outcome("never b where type = \"b\" and k = \"7\"", "b@0 k=7"), "b@0 broken due 0 by b@0");
}

TEST(OnlyTo, AsksWhatWasKnownThenAndWhatIsKnownNow) {  // R9, P-17, D-16
  const char* rule = "b only to customers where vip = true";
  EXPECT_EQ(outcome(rule, "customer.updated@0 .vip=true; b@5"), "b@5 kept due 5 now");
  EXPECT_EQ(outcome(rule, "customer.updated@0 .vip=true ~6; b@5"), "b@5 broken due 5 now by b@5");
  EXPECT_EQ(outcome(rule, "customer.updated@0 .vip=true; customer.updated@1 .vip=false ~6; b@5"),
            "b@5 kept due 5");
  EXPECT_EQ(outcome(rule, "b@5; customer.updated@5 .vip=true"), "b@5 broken due 5 by b@5");
  EXPECT_EQ(outcome(rule, "customer.updated@0 .vip=true; customer.updated@1 .age=3; b@5"),
            "b@5 kept due 5 now");
  EXPECT_EQ(outcome(rule, "*b@5", {.customer = 0}), "");  // D-28
}

TEST(ForCustomers, IsJudgedAtTheActivation) {  // P-14, D-18, D-19
  const Setting setting = {.clauses = "for customers where vip = true"};
  EXPECT_EQ(
      outcome("when A then b within 10 s, one for one",
              "A@0; customer.updated@1 .vip=true; A@2; customer.updated@3 .vip=false; A@4; b@5", setting),
      "A@2 kept due 12 slack 7 by b@5");
  Setting organisation = setting;
  organisation.customer = 0;
  EXPECT_EQ(outcome("when A then b within 10 s", "*customer.updated@0 .vip=true; *A@1", organisation), "");
}

TEST(Patterns, APrefixMatchesEveryTypeThatBeginsSo) {
  EXPECT_EQ(outcome("never order.*", "order.a@0; order@1; orders.a@2; order.b@3"),
            "order.a@0 broken due 0 by order.a@0; order.b@3 broken due 3 by order.b@3");
}

TEST(Horizons, AreTheLeastOverTheSourcesThatSendAnyTypeOfTheRule) {  // P-5, P-6, D-5, D-25
  const Promise promise = promise_for_test("b only after A within 10 s");
  const ColumnsForTest columns(events_for_test("A@0; b@5; z@6"));  // types 0, 1, 2
  const HandCalendars calendars;
  model::Horizons horizons;
  horizons.sources = {{"x", at_second(1), at_second(50), true, {0}},
                      {"y", at_second(9), at_second(40), true, {1}},
                      {"z", at_second(99), at_second(10), false, {2}}};
  horizons.wall = at_second(1000);
  const auto horizon = [&] {
    return horizon_of(*compile({{&promise}}, columns.columns(), horizons, calendars).program, 0);
  };
  EXPECT_EQ(horizon().complete_through, at_second(40));
  EXPECT_EQ(horizon().history_start, at_second(1));  // of a's senders alone
  EXPECT_EQ(horizon().clock, at_second(40));         // all are files
  horizons.sources[0].is_file = false;
  EXPECT_EQ(horizon().clock, at_second(1000));
  horizons.now = at_second(30);
  EXPECT_EQ(horizon().clock, at_second(30));
  EXPECT_EQ(horizon().complete_through, at_second(30));
  horizons.sources = {horizons.sources[1]};
  EXPECT_EQ(horizon().history_start, kNoTime);
  horizons.sources = {};
  EXPECT_EQ(horizon().complete_through, kNoTime);
}

TEST(Evaluator, ListsInstancesByPromiseThenActivation) {  // D-17
  const Promise first = promise_for_test("when A then b within 10 s");
  const Promise second = promise_for_test("never b");
  const ColumnsForTest columns(events_for_test("b@0; A@1; A@2; b@3"));
  const HandCalendars calendars;
  const CompileResult compiled =
      compile({{&first}, {&second}}, columns.columns(), horizons_for_test(columns, {}), calendars);
  Evaluator evaluator(*compiled.program, columns.columns());
  model::Verdicts verdicts;
  evaluator.customer(0, verdicts);
  evaluator.customer(1, verdicts);
  std::string text;
  for (const auto& it : verdicts.instances)
    text += std::to_string(it.promise) + event_text(columns, it.activation) + " ";
  EXPECT_EQ(text, "0A@1 0A@2 1b@0 1b@3 ");
}

TEST(Evaluator, AnswersForManyPromisesLikeForEachAlone) {  // more than are picked one by one
  const std::vector<std::string> rules = {"when A then b within 10 s, same k", "after A never b within 5 s",
                                          "b only after A, same k", "at most 1 b within any 10 s", "never n"};
  const ColumnsForTest columns(events_for_test("A@0 k=1; b@3 k=1; n@4; A@5; b@6 k=2; b@9 k=1"));
  const HandCalendars calendars;
  std::vector<Promise> promises;
  for (int i = 0; i < 70; ++i)
    promises.push_back(promise_for_test(rules[static_cast<std::size_t>(i) % rules.size()]));
  std::vector<Version> versions;
  for (const Promise& promise : promises) versions.push_back({&promise});
  const auto together = compile(versions, columns.columns(), horizons_for_test(columns, {}), calendars);
  Evaluator evaluator(*together.program, columns.columns());
  model::Verdicts verdicts;
  evaluator.customer(1, verdicts);
  std::vector<std::string> texts(versions.size());
  for (const auto& it : verdicts.instances) texts[it.promise] += instance_text(columns, verdicts, it) + "; ";
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(texts[i],
              outcome(rules[i % rules.size()], "A@0 k=1; b@3 k=1; n@4; A@5; b@6 k=2; b@9 k=1") + "; ");
  }
}

TEST(Compile, NamesThePromiseAndWhatIsUnknown) {
  EXPECT_EQ(outcome("never b", "b@0", {.clauses = "zone \"Nowhere\""}).substr(0, 49),
            "problem: promise p: no time zone is called \"Nowhe");
  EXPECT_EQ(outcome("never b", "b@0", {.clauses = "calendar moon"}).substr(0, 46),
            "problem: promise p: no calendar is called \"moo");
}

TEST(Compile, RefusesMoreVersionsThanItsLimit) {
  const Promise promise = promise_for_test("never b");
  const ColumnsForTest columns(events_for_test("b@0"));
  const std::vector<Version> versions(10'001, Version{&promise});
  const CompileResult compiled =
      compile(versions, columns.columns(), horizons_for_test(columns, {}), HandCalendars());
  ASSERT_EQ(compiled.problems.size(), 1U);
  EXPECT_EQ(compiled.problems[0].version, 10'000U);
  EXPECT_EQ(compiled.problems[0].error.code, ErrorCode::Limit);
}

TEST(ColumnNeeds, AreExactlyWhatTheRulesLookAt) {
  const auto needs = [](std::string_view rule, std::string_view clauses) {
    const Promise promise = promise_for_test(rule, clauses);
    const model::ColumnNeeds found = column_needs({{&promise}}, {"channel"});
    std::string text = "keys";
    for (const auto& name : found.keys) text += " " + name;
    text += " names";
    for (const auto& name : found.names) text += " " + name;
    text += " attributes";
    for (const auto& name : found.attributes) text += " " + name;
    return text + (found.known ? " known" : "");
  };
  EXPECT_EQ(needs("when A as y where p = 1 then b where q = y.r no later than t, same k, l unless c where w "
                  "is missing, same m",
                  "for customers where u = 1 target 90% per v"),
            "keys k l m names channel p q r v w attributes rescued t u");
  EXPECT_EQ(needs("never b where p in (q, 1)", ""), "keys names channel p q attributes");
  EXPECT_EQ(needs("b only to customers where p = 1", ""), "keys names channel attributes p known");
}

}  // namespace
}  // namespace handslag::promise
