// SPDX-License-Identifier: Apache-2.0
// What a well-formed promise may still have wrong; and that sensible ones earn no word.
#include "pure/promise/parse_for_test.h"

namespace handslag::promise {
namespace {

TEST(PromiseCheck, KnowsWhichEventsANameCanMean) {
  EXPECT_EQ(diagnosed(with_rule("when A as a then B where x.v = 1 within 1 day")),
            Lines{"2:26 unknown-binding"});
  EXPECT_EQ(diagnosed(with_rule("when A where b.v = 1 then B as b within 1 day")),
            Lines{"2:14 later-binding"});
  EXPECT_EQ(diagnosed(with_rule("when A where v = b.v then B as b within 1 day")),
            Lines{"2:14 later-binding"});
  EXPECT_EQ(diagnosed(with_rule("when A as x then B as x within 1 day")), Lines{"2:18 duplicate-binding"});
  EXPECT_EQ(diagnosed(with_rule(
                "when A as x where x.v = 1 then B where v > x.v within 1 day unless C where v = x.v")),
            Lines{});
  EXPECT_EQ(diagnosed(with_rule("when A as x then B within 1 day for customers where x.v = 1")),
            Lines{"2:53 binding-of-customer"});
  EXPECT_EQ(diagnosed(with_rule("B as b only to customers where segment = b.segment")), Lines{});
}

TEST(PromiseCheck, FindsTheSameIdTwice) {
  const std::string text = "promise a \"A\" kept by u never B\npromise a \"A\" kept by u never C";
  const Parsed parsed = parse(text);
  EXPECT_EQ(places(parsed, text), Lines{"2:9 duplicate-id"});
  EXPECT_EQ(message(parsed.diagnostics[0], Language::Swedish),
            "löftet a finns redan på rad 1: ett id betecknar ett löfte");
  EXPECT_EQ(parsed.promises.size(), 1U);
}

TEST(PromiseCheck, ComparesTimes) {
  EXPECT_EQ(diagnosed(with_rule("never B valid from 2026-02-01 valid to 2026-01-31")),
            Lines{"2:40 validity-order"});
  EXPECT_EQ(diagnosed(with_rule("never B valid from 2026-02-01 valid to 2026-02-01")), Lines{});
  EXPECT_EQ(diagnosed(with_rule("when A then B within 3 days then C within 1 day total 2 days")),
            Lines{"2:49 total-too-short"});
  EXPECT_EQ(diagnosed(with_rule("when A then B within 3 min then C within 1 h total 2 h")), Lines{});
  EXPECT_EQ(diagnosed(with_rule("when A then B within 3 business days total 3 days")), Lines{});
}

TEST(PromiseCheck, KnowsWhereAWarningHelps) {
  EXPECT_EQ(diagnosed(with_rule("when A then B within 3 days warn 1 day before")), Lines{});
  EXPECT_EQ(diagnosed(with_rule("when A then B within 3 days warn 3 days before")),
            Lines{"2:34 warn-too-early"});
  EXPECT_EQ(diagnosed(with_rule("when A then B within 1 h warn 60 min before")),
            Lines{"2:31 warn-too-early"});
  EXPECT_EQ(diagnosed(with_rule("when A then B within 3 days warn 80 h before")), Lines{});
  EXPECT_EQ(diagnosed(with_rule("when A then B before E warn 1 h before")), Lines{"2:29 warn-without-due"});
  EXPECT_EQ(diagnosed(with_rule("never B warn 1 h before")), Lines{"2:14 warn-without-due"});
  EXPECT_EQ(diagnosed(with_rule("at least 1 B within 9 h warn 1 h before")), Lines{});
}

TEST(PromiseCheck, KnowsTargetsThatCannotMove) {
  EXPECT_EQ(diagnosed(with_rule("at most 3 B target 90%")), Lines{"2:1 target-without-close"});
  EXPECT_EQ(diagnosed(with_rule("at most 3 B until E target 90%")), Lines{});
  EXPECT_EQ(diagnosed(with_rule("never B target 90% by start")), Lines{"2:20 by-start-without-period"});
  EXPECT_EQ(diagnosed(with_rule("never B target 90% per channel, agent")), Lines{"2:33 target-per-agent"});
  EXPECT_EQ(diagnosed(with_rule("never B target 90% each week by start")), Lines{});
}

TEST(PromiseCheck, FindsGuardsThatAreNeverTrue) {
  const auto guard = [](const std::string& text) { return diagnosed(with_rule("never B where " + text)); };
  const Lines never{"2:15 guard-never-true"};
  for (const char* text :
       {"x = 1 and x = 2", "x = 1 and y = 1 and x != 1", "x > 5 and x < 3", "x >= 5 and x < 5",
        "x = 4 and x > 5", "x in (1, 2) and x = 3", "x in (1, 2) and x in (3, 4)", "x is missing and x = 1",
        "x is present and x is missing", "x = 1 and x = \"1\"", "x contains 5", "x < true",
        "x = \"abc\" and x contains \"z\"", "x = 2026-01-01 and x = 2026-01-02", "x = 1 and x = 2 and y = 1",
        "x = 1 and x = 2 or y = 1 and y = 2"}) {
    EXPECT_EQ(guard(text), never) << text;
  }
  for (const char* text :
       {"x = 1 or x = 2", "x >= 5 and x <= 5", "x != 1 and x != 2", "x > 3 and x < 5", "x = 1 and y = 2",
        "x in (1, 2) and x = 2", "x in (1, 2) and x != 1", "not (x = 1 and y = 1)", "x = a and x = b",
        "x = \"abc\" and x contains \"b\"", "x = 1 or x = \"1\"", "x is missing or x = 1",
        "x = 2026-01-01 and x > 2026-01-01T08:00:00Z", "x contains \"a\" and x contains \"b\""}) {
    EXPECT_EQ(guard(text), Lines{}) << text;
  }
  EXPECT_EQ(guard("y = 1 or (x = 1 and x = 2)"), Lines{"2:25 guard-never-true"});
}

TEST(PromiseCheck, FindsListsThatMeanSomethingElse) {
  EXPECT_EQ(diagnosed(with_rule("never B where x in (1, \"a\")")), Lines{"2:15 unlike-kinds"});
  EXPECT_EQ(diagnosed(with_rule("never B where x in (open, closed)")), Lines{"2:15 text-without-quotes"});
  EXPECT_EQ(diagnosed(with_rule("never B where x in (\"open\", \"closed\")")), Lines{});
}

TEST(PromiseCheck, FindsPromisesThatContradictEachOther) {
  const auto both = [](const std::string& first, const std::string& second) {
    return diagnosed("promise a \"A\" kept by u\n" + first + "\npromise b \"B\" kept by u\n" + second);
  };
  const Lines found{"4:13 contradiction"};
  EXPECT_EQ(both("never B", "when A then B within 2 days"), found);
  EXPECT_EQ(both("never B.*", "when A then B.x within 2 days"), found);
  EXPECT_EQ(both("when A then B within 2 days", "never B"), Lines{"4:7 contradiction"});
  EXPECT_EQ(both("after A never B within 2 days", "when A then B within 2 days"), found);
  for (const auto& [first, second] :
       {std::pair{"never B where x = 1", "when A then B within 2 days"},
        std::pair{"never C", "when A then (B or C) within 2 days"},
        std::pair{"never B for customers where vip = true", "when A then B within 2 days"},
        std::pair{"after A never B within 1 day", "when A then B within 2 days"},
        std::pair{"after A never B within 2 days unless C", "when A then B within 2 days"},
        std::pair{"never B valid to 2025-12-31", "when A then B within 2 days valid from 2026-01-01"},
        std::pair{"never B", "C only after B"}}) {
    EXPECT_EQ(both(first, second), Lines{}) << first << " / " << second;
  }
}

TEST(PromiseCheck, NamesCalendarsAndZonesThatAreNotThere) {
  const TimeNames names{{"shop", "sweden"}, {"Europe/Stockholm", "UTC"}, [](std::string_view zone) {
                          return zone == "Europe/Stockholm" || zone == "Pacific/Niue";
                        }};
  const std::string text =
      "promise a \"A\"\n"
      "  kept by u\n"
      "  never B\n"
      "  calendar swedn   zone \"Europe/Stokholm\"\n"
      "  weight x\n"
      "promise b \"B\" kept by u never B calendar default zone \"Pacific/Niue\"\n";
  const Parsed parsed = parse(text, &names);
  EXPECT_EQ(places(parsed, text),
            (std::vector<std::string>{"4:12 unknown-calendar", "4:25 unknown-zone", "5:10 expected"}));
  ASSERT_EQ(parsed.diagnostics.size(), 3U);
  EXPECT_EQ(
      render(parsed.diagnostics[0], "f", text, Language::English),
      "f:4:12: error: no calendar here is called \"swedn\": expected \"shop\" or \"sweden\"; others come "
      "in with `handslag settings put calendars.toml`\n"
      "  4 |   calendar swedn   zone \"Europe/Stokholm\"\n"
      "    |            ^~~~~\n"
      "    = did you mean `sweden`?\n");
  EXPECT_EQ(message(parsed.diagnostics[1], Language::Swedish),
            "ingen tidszon heter \"Europe/Stokholm\": väntade ett namn ur tidszonsdatabasen, till exempel "
            "\"Europe/Stockholm\" eller \"UTC\"");
  EXPECT_EQ(parsed.diagnostics[1].suggestion, "Europe/Stockholm");
  ASSERT_EQ(parsed.promises.size(), 1U);
  EXPECT_EQ(parsed.promises[0].id, "b");
  EXPECT_EQ(parse(text).diagnostics.size(), 1U);
}

}  // namespace
}  // namespace handslag::promise
