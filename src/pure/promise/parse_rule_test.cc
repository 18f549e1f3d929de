// SPDX-License-Identifier: Apache-2.0
// Every rule form and option, in both spellings, against trees made by hand.
#include "pure/promise/parse_for_test.h"

namespace handslag::promise {
namespace {

using model::Duration;
using model::DurationUnit;

constexpr Language kSwedish = Language::Swedish;

EventPattern event(std::string type) {
  EventPattern pattern;
  pattern.type.text = std::move(type);
  return pattern;
}

Same same(std::vector<std::string> keys) {
  Same same;
  for (std::string& key : keys) same.keys.push_back({std::move(key), {}});
  return same;
}

Step step(std::string type, Bound bound, Same keys = {}) {
  return {Combine::One, {event(std::move(type))}, std::move(bound), std::move(keys)};
}

Within within(std::int64_t count, DurationUnit unit) {
  return {{count, unit}};
}

TEST(RuleParser, ReadsResponseWithEachBound) {
  Response expected{event("A"), step("B", within(2, DurationUnit::Days), same({"k", "l"})), {}, {}};
  EXPECT_EQ(rule_as<Response>("when A then B within 2 days, same k, l"), expected);
  EXPECT_EQ(rule_as<Response>("när A så B inom 2 dagar, samma k, l", kSwedish), expected);
  expected.then = step("B", NoLaterThan{{"due", {}}});
  EXPECT_EQ(rule_as<Response>("when A then B no later than due"), expected);
  EXPECT_EQ(rule_as<Response>("när A så B senast due", kSwedish), expected);
  expected.then = step("B", Before{event("E")}, same({"k"}));
  EXPECT_EQ(rule_as<Response>("when A then B before E, same k"), expected);
  EXPECT_EQ(rule_as<Response>("när A så B före E, samma k", kSwedish), expected);
}

TEST(RuleParser, ReadsResponseWithEachOption) {
  struct Written {
    std::string english, swedish;
    ResponseOption option;
  };
  for (const Written& c : {Written{"one for one", "en mot en", ResponseOption::OneForOne},
                           Written{"restart", "börja om", ResponseOption::Restart},
                           Written{"first only", "endast första", ResponseOption::FirstOnly}}) {
    const Response expected{event("A"), step("B", within(1, DurationUnit::Days), same({"k"})), c.option,
                            Condition{event("C"), same({"l"})}};
    EXPECT_EQ(rule_as<Response>("when A then B within 1 day, same k, " + c.english + " unless C, same l"),
              expected);
    EXPECT_EQ(
        rule_as<Response>("när A så B inom 1 dag, samma k, " + c.swedish + " om inte C, samma l", kSwedish),
        expected);
    // Generous where nothing else can be meant: without `same`, or before it.
    EXPECT_EQ(rule_as<Response>("when A then B within 1 day, " + c.english).option, c.option);
    EXPECT_EQ(rule_as<Response>("when A then B within 1 day, " + c.english + ", same k unless C, same l"),
              expected);
  }
}

TEST(RuleParser, ReadsSeveralEventsInOneStep) {
  Response any = rule_as<Response>("when A then (B or C where (x = 1) or \"D e\") within 3 min, same k");
  EXPECT_EQ(any.then.combine, Combine::Any);
  ASSERT_EQ(any.then.parts.size(), 3U);
  EXPECT_EQ(any.then.parts[1].where->nodes.size(), 1U);
  EXPECT_EQ(any.then.parts[2].type.text, "D e");
  EXPECT_EQ(rule_as<Response>("när A så (B eller C där (x = 1) eller \"D e\") inom 3 min, samma k", kSwedish),
            any);
  const Response all = rule_as<Response>("when A then (B and C) within 3 min");
  EXPECT_EQ(all.then.combine, Combine::All);
  EXPECT_EQ(rule_as<Response>("när A så (B och C) inom 3 min", kSwedish), all);
}

TEST(RuleParser, ReadsAbsence) {
  const Absence expected{
      event("A"), event("B"), {7, DurationUnit::BusinessDays}, same({"k"}), Condition{event("C"), {}}};
  EXPECT_EQ(rule_as<Absence>("after A never B within 7 business days, same k unless C"), expected);
  EXPECT_EQ(rule_as<Absence>("efter A aldrig B inom 7 arbetsdagar, samma k om inte C", kSwedish), expected);
}

TEST(RuleParser, ReadsOnlyAfter) {
  OnlyAfter expected{event("B"), event("A"), {}, {}, {}};
  EXPECT_EQ(rule_as<OnlyAfter>("B only after A"), expected);
  EXPECT_EQ(rule_as<OnlyAfter>("B bara efter A", kSwedish), expected);
  expected = {event("B"), event("A"), Duration{90, DurationUnit::Seconds}, same({"k"}),
              Condition{event("N"), same({"l"})}};
  EXPECT_EQ(rule_as<OnlyAfter>("B only after A within 90 s, same k unless N, same l since"), expected);
  EXPECT_EQ(rule_as<OnlyAfter>("B bara efter A inom 90 s, samma k om inte N, samma l sedan dess", kSwedish),
            expected);
}

TEST(RuleParser, ReadsNeverWhenAlready) {
  const NeverWhenAlready expected{event("B"), event("A"), Duration{365, DurationUnit::Days}, same({"k"}),
                                  Condition{event("N"), {}}};
  EXPECT_EQ(rule_as<NeverWhenAlready>("never B when already A within 365 days, same k unless N since"),
            expected);
  EXPECT_EQ(
      rule_as<NeverWhenAlready>("aldrig B om redan A inom 365 dagar, samma k om inte N sedan dess", kSwedish),
      expected);
}

TEST(RuleParser, ReadsCounts) {
  Count expected{CountKind::AtMost, 3, event("B"), {}, {}, {}, {}};
  EXPECT_EQ(rule_as<Count>("at most 3 B"), expected);
  EXPECT_EQ(rule_as<Count>("högst 3 B", kSwedish), expected);
  expected = {CountKind::AtLeast,
              1,
              event("B"),
              Duration{240, DurationUnit::Hours},
              same({"k"}),
              Condition{event("S"), same({"k", "l"})},
              Condition{event("E"), {}}};
  EXPECT_EQ(rule_as<Count>("at least 1 B within 240 h, same k from S, same k, l until E"), expected);
  EXPECT_EQ(rule_as<Count>("minst 1 B inom 240 h, samma k från S, samma k, l tills E", kSwedish), expected);
  EXPECT_EQ(rule_as<Count>("exactly 2 B until E").kind, CountKind::Exactly);
  EXPECT_EQ(rule_as<Count>("exakt 2 B tills E", kSwedish).n, 2U);
}

TEST(RuleParser, ReadsRate) {
  const Rate expected{2, event("B"), {30, DurationUnit::Days}, same({"k"})};
  EXPECT_EQ(rule_as<Rate>("at most 2 B within any 30 days, same k"), expected);
  EXPECT_EQ(rule_as<Rate>("högst 2 B inom varje 30 dagar, samma k", kSwedish), expected);
}

TEST(RuleParser, ReadsRecurrence) {
  const Recurrence expected{
      {8, DurationUnit::BusinessHours}, event("B"), event("S"), event("E"), same({"k"})};
  EXPECT_EQ(rule_as<Recurrence>("every 8 business hours a B from S until E, same k"), expected);
  EXPECT_EQ(rule_as<Recurrence>("varje 8 arbetstimmar en B från S tills E, samma k", kSwedish), expected);
}

TEST(RuleParser, ReadsNeverAndOnlyTo) {
  EXPECT_EQ(rule_as<Never>("never B"), Never{event("B")});
  EXPECT_EQ(rule_as<Never>("aldrig B", kSwedish), Never{event("B")});
  const OnlyTo only = rule_as<OnlyTo>("B only to customers where consent = true and age >= 18");
  EXPECT_EQ(only.customers.nodes.size(), 3U);
  EXPECT_EQ(rule_as<OnlyTo>("B bara till kunder där consent = true och age >= 18", kSwedish), only);
}

TEST(RuleParser, ReadsChains) {
  Chain expected{
      event("A"),
      {step("B", within(1, DurationUnit::Hours), same({"k"})), step("C", within(2, DurationUnit::Days))},
      Duration{2, DurationUnit::Days},
      Condition{event("X"), same({"k"})}};
  EXPECT_EQ(
      rule_as<Chain>("when A then B within 1 h, same k then C within 2 days total 2 days unless X, same k"),
      expected);
  EXPECT_EQ(rule_as<Chain>("när A så B inom 1 h, samma k så C inom 2 dagar totalt 2 dagar om inte X, samma k",
                           kSwedish),
            expected);
  EXPECT_EQ(rule_as<Chain>("when A then B within 1 h total 2 h").steps.size(), 1U);
}

TEST(RuleParser, TakesEveryKindOfEventType) {
  for (const auto& [written, text, is_prefix] :
       {std::tuple{"A_SUBMITTED", "A_SUBMITTED", false}, std::tuple{"order.placed", "order.placed", false},
        std::tuple{"order.*", "order.", true}, std::tuple{"\"Resolve ticket\"", "Resolve ticket", false},
        std::tuple{"\"order.*\"", "order.*", false}, std::tuple{"\"when\"", "when", false},
        std::tuple{"case:concept:name", "case:concept:name", false},
        std::tuple{"3dsecure.started", "3dsecure.started", false},
        std::tuple{"ärende.öppnat", "ärende.öppnat", false},
        std::tuple{"\"a \\\"b\\\" \\\\\"", "a \"b\" \\", false}, std::tuple{"WHEN", "WHEN", false}}) {
    const TypePattern type = rule_as<Never>(std::string("never ") + written).b.type;
    EXPECT_EQ(type.text, text) << written;
    EXPECT_EQ(type.is_prefix, is_prefix) << written;
  }
}

TEST(RuleParser, TakesEveryUnitInSingularAndPlural) {
  for (const auto& [written, unit] :
       {std::pair{"1 s", DurationUnit::Seconds}, std::pair{"1 min", DurationUnit::Minutes},
        std::pair{"1min", DurationUnit::Minutes}, std::pair{"1 h", DurationUnit::Hours},
        std::pair{"1 day", DurationUnit::Days}, std::pair{"1 days", DurationUnit::Days},
        std::pair{"1 business day", DurationUnit::BusinessDays},
        std::pair{"1 business hour", DurationUnit::BusinessHours}}) {
    EXPECT_EQ(rule_as<Rate>(std::string("at most 1 B within any ") + written).within, (Duration{1, unit}))
        << written;
  }
  for (const auto& [written, unit] :
       {std::pair{"1 dag", DurationUnit::Days}, std::pair{"1 arbetsdag", DurationUnit::BusinessDays},
        std::pair{"1 arbetstimme", DurationUnit::BusinessHours}}) {
    EXPECT_EQ(rule_as<Rate>(std::string("högst 1 B inom varje ") + written, kSwedish).within,
              (Duration{1, unit}));
  }
}

// ---- guards
// ------------------------------------------------------------------------------------------------------

Guard guard(std::string_view text) {
  return rule_as<Never>("never B where " + std::string(text)).b.where.value_or(Guard{});
}

GuardNode compare(GuardOp op, NameRef left, std::vector<Operand> operands) {
  return {op, {}, std::move(left), std::move(operands), {}};
}

GuardNode join(GuardOp op, std::vector<std::uint32_t> children) {
  return {op, std::move(children), {}, {}, {}};
}

TEST(GuardParser, BindsAndBeforeOrAndNotFirst) {
  const Literal one(1.0);
  const Guard expected{{compare(GuardOp::Equal, {"", "p"}, {one}), compare(GuardOp::Equal, {"", "q"}, {one}),
                        compare(GuardOp::Equal, {"", "r"}, {one}), join(GuardOp::Not, {2}),
                        join(GuardOp::And, {1, 3}), join(GuardOp::Or, {0, 4})}};
  EXPECT_EQ(guard("p = 1 or q = 1 and not r = 1"), expected);
  EXPECT_EQ(guard("((p = 1) or (q = 1 and not (r = 1)))"), expected);
}

TEST(GuardParser, KeepsParenthesesThatMatter) {
  const Literal one(1.0);
  const Guard expected{{compare(GuardOp::Equal, {"", "p"}, {one}), compare(GuardOp::Equal, {"", "q"}, {one}),
                        join(GuardOp::Or, {0, 1}), compare(GuardOp::Equal, {"", "r"}, {one}),
                        join(GuardOp::And, {2, 3})}};
  EXPECT_EQ(guard("(p = 1 or q = 1) and r = 1"), expected);
}

TEST(GuardParser, ReadsEveryOperatorAndOperand) {
  EXPECT_EQ(guard("p != -1.5").nodes[0], compare(GuardOp::NotEqual, {"", "p"}, {Literal(-1.5)}));
  EXPECT_EQ(guard("p < \"t\"").nodes[0], compare(GuardOp::Less, {"", "p"}, {Literal(std::string("t"))}));
  EXPECT_EQ(guard("p <= 2026-12-01").nodes[0],
            compare(GuardOp::LessEqual, {"", "p"}, {Literal(date_from_civil({2026, 12, 1}))}));
  // 2026-11-21T09:00:00Z is 1795251600 seconds after the epoch.
  EXPECT_EQ(guard("p > 2026-11-21T10:00:00+01:00").nodes[0],
            compare(GuardOp::Greater, {"", "p"}, {Literal(Timestamp{1'795'251'600'000'000})}));
  EXPECT_EQ(guard("p >= q").nodes[0], compare(GuardOp::GreaterEqual, {"", "p"}, {NameRef{"", "q"}}));
  EXPECT_EQ(guard("p = false").nodes[0], compare(GuardOp::Equal, {"", "p"}, {Literal(false)}));
  EXPECT_EQ(guard("p is missing").nodes[0], compare(GuardOp::IsMissing, {"", "p"}, {}));
  EXPECT_EQ(guard("p is present").nodes[0], compare(GuardOp::IsPresent, {"", "p"}, {}));
  EXPECT_EQ(guard("\"when\" contains \"x\"").nodes[0],
            compare(GuardOp::Contains, {"", "when"}, {Literal(std::string("x"))}));
  EXPECT_EQ(guard("p in (1, 2)").nodes[0], compare(GuardOp::In, {"", "p"}, {Literal(1.0), Literal(2.0)}));
  EXPECT_EQ(guard("\"case.id\" = 1").nodes[0].left, (NameRef{"", "case.id"}));
}

TEST(GuardParser, KnowsEventsByName) {
  const Response rule =
      rule_as<Response>("when A as o where x = 1 then B where o.amount = amount and o.b.c = 1 within 1 h");
  EXPECT_EQ(rule.a.binding, "o");
  EXPECT_EQ(rule.then.parts[0].where->nodes[0].left, (NameRef{"o", "amount"}));
  EXPECT_EQ(rule.then.parts[0].where->nodes[1].left, (NameRef{"o", "b.c"}));
}

}  // namespace
}  // namespace handslag::promise
