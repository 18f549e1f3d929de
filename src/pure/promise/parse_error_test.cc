// SPDX-License-Identifier: Apache-2.0
// Each diagnostic of the text with its exact place; recovery; limits. with_rule() puts the rule on line 2.
#include "pure/promise/parse_for_test.h"

namespace handslag::promise {
namespace {

struct Case {
  std::string rule, expected;
};

void expect_each(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(diagnosed(with_rule(c.rule)), Lines{c.expected}) << c.rule;
}

TEST(PromiseDiagnostics, PointAtCharacters) {
  expect_each({{"never \xFF", "2:7 bad-utf8"},
               {"never B ;", "2:9 bad-character"},
               {"never “B c”", "2:7 curly-quote"},
               {"never \"B", "2:7 open-quote"},
               {"never \"a\\q\"", "2:7 bad-escape"},
               {"never " + std::string(300, 'x'), "2:7 too-long"},
               {"never \"" + std::string(5000, 'x') + "\"", "2:7 too-long"},
               {"never B where x = 1.2.3", "2:19 bad-number"},
               {"never B where x = 1234567890123456", "2:19 bad-number"},
               {"never B where x = 2026-02-30", "2:19 bad-date"},
               {"never B where x = 2026-02-03T10:00:00", "2:19 bad-instant"},
               {"never B where x == 1", "2:17 wrong-operator"},
               {"never B where x ≤ 1", "2:17 wrong-operator"}});
}

TEST(PromiseDiagnostics, PointAtTheShape) {
  expect_each({{"when A thn B within 1 day", "2:8 expected"},
               {"when A then B witihn 1 day", "2:15 expected"},
               {"when A then B", "2:14 missing-bound"},
               {"when A then B within 1 day same k", "2:28 missing-comma"},
               {"when A then B within 1 day, same", "2:33 expected"},
               {"when A then B within 1 day, same k, total", "2:37 expected"},
               {"when A then B within 1 fortnight", "2:24 unknown-unit"},
               {"when A then B within 2 hours", "2:24 unknown-unit"},
               {"when A then B within 1.5 h", "2:22 not-whole"},
               {"when A then B within 99999 days", "2:22 duration-too-long"},
               {"when A then B within 0 h", "2:22 zero-duration"},
               {"when A then B within 1 day then C before E", "2:33 wrong-bound"},
               {"when A then B within 1 day, restart then C within 1 day", "2:29 wrong-option"},
               {"when A then B within 1 day, restart, first only", "2:38 second-option"},
               {"after A never B within 1 day, restart", "2:31 wrong-option"},
               {"when A then (B or C and D) within 1 day", "2:21 mixed-and-or"},
               {"when A then (B where x = 1 or C) within 1 day", "2:22 guard-needs-parentheses"},
               {"when A then (B or C within 1 day", "2:21 expected"},
               {"never B where 5 < x", "2:15 name-on-left"},
               {"never B where x 5", "2:17 expected"},
               {"never B where (x = 1", "2:21 expected"},
               {"never B where x in ()", "2:21 expected"},
               {"never B where target = 1", "2:15 reserved-word"},
               {"never target", "2:7 reserved-word"},
               {"never \"\"", "2:7 expected"},
               {"at most 1.5 B", "2:9 not-whole"},
               {"at most 2000000 B", "2:9 count-out-of-range"},
               {"at least 0 B", "2:10 count-zero"},
               {"at least 3 B within any 2 days", "2:14 rate-needs-at-most"},
               {"every 7 days B from S until E", "2:14 expected"},
               {"every 7 days a B until E", "2:18 expected"},
               {"B onlyafter A", "2:3 expected"},
               {"B only afetr A", "2:3 expected"},
               {"never B when alredy A", "2:9 expected"},
               {"never B within 2 days", "2:9 misplaced-word"},
               {"never B unless C", "2:9 misplaced-word"},
               {"never B fast", "2:9 unknown-word"},
               {"never B när redan", "2:9 mixed-spelling"}});
}

TEST(PromiseDiagnostics, PointAtClauses) {
  const std::string rule = "never B ";
  expect_each({{rule + "target 95", "2:18 expected"},
               {rule + "target 101%", "2:16 percent-out-of-range"},
               {rule + "target 95% each decade", "2:25 expected"},
               {rule + "target 95% every month", "2:20 expected"},
               {rule + "target 95% at least 5 instances", "2:20 missing-comma"},
               {rule + "target 95%, at least 0 instances", "2:30 count-out-of-range"},
               {rule + "weight -1", "2:16 weight-out-of-range"},
               {rule + "expectation hihg", "2:21 expected"},
               {rule + "warn 2 days", "2:20 expected"},
               {rule + "kept by x", "2:9 double-clause"},
               {rule + "never C", "2:9 double-clause"},
               {rule + "zone Europe/Stockholm", "2:20 bad-character"},
               {rule + "valid from 1 may", "2:20 expected"},
               {rule + "claim hello", "2:15 expected"},
               {rule + "taget 95%", "2:9 unknown-word"},
               {rule + "mål 95%", "2:9 mixed-spelling"}});
  EXPECT_EQ(diagnosed("promise p \"P\" never B"), Lines{"1:9 missing-kept-by"});
  EXPECT_EQ(diagnosed("promise p \"P\" kept by u"), Lines{"1:9 missing-rule"});
  EXPECT_EQ(diagnosed("promise \"P\" kept by u never B"), Lines{"1:9 expected"});
  EXPECT_EQ(diagnosed("promise p kept by u never B"), Lines{"1:11 expected"});
  EXPECT_EQ(diagnosed("hello\npromise p \"P\" kept by u never B"), Lines{"1:1 expected"});
}

TEST(PromiseDiagnostics, SuggestTheNearestWord) {
  const auto suggestion = [](const std::string& rule) {
    return parse(with_rule(rule)).diagnostics.at(0).suggestion;
  };
  EXPECT_EQ(suggestion("whne A then B within 1 day"), "when");
  EXPECT_EQ(suggestion("when A then B wihtin 1 day"), "within");
  EXPECT_EQ(suggestion("When A then B within 1 day"), "when");
  EXPECT_EQ(suggestion("when A then B within 1 day unles C"), "unless");
  EXPECT_EQ(suggestion("when A then B within 2 hours"), "h");
  EXPECT_EQ(suggestion("when A then B within 2 busines days"), "business days");
  EXPECT_EQ(suggestion("when A then B no latre than due"), "no later than");
  EXPECT_EQ(suggestion("when A så B within 2 days"), "then");
}

TEST(PromiseDiagnostics, NameBothSpellingsOfAMixture) {
  const Parsed parsed = parse("löfte a \"A\"\n  kept by x\n  aldrig B");
  ASSERT_EQ(parsed.diagnostics.size(), 1U);
  EXPECT_EQ(parsed.spelling, Language::Swedish);
  EXPECT_EQ(message(parsed.diagnostics[0], Language::English),
            "`kept by` is the other language's spelling of `hålls av`: a file keeps to one");
  // An event or a key may bear a word of the other language.
  EXPECT_EQ(diagnosed("löfte a \"A\" hålls av claim när promise så when inom 1 dag, samma target"), Lines{});
  // A promise in the other language says it once.
  EXPECT_EQ(diagnosed("promise a \"A\" kept by x never B\nlöfte b \"B\" hålls av y när A så B inom 2 dagar"),
            Lines{"2:1 mixed-spelling"});
}

TEST(PromiseDiagnostics, KnowSwedishInDecomposedLetters) {
  const Promise promise =
      the_promise("lo\u0308fte a \"A\" ha\u030Alls av x na\u0308r A sa\u030A B inom 2 dagar");
  EXPECT_TRUE(std::holds_alternative<Response>(promise.rule));
}

TEST(PromiseRecovery, ReportsEveryErrorInOnePass) {
  const std::string text =
      "promise a \"A\"\n"
      "  kept by u\n"
      "  when A then B whithin 2 days same k\n"
      "  target 105% each month\n"
      "promise b \"B\"\n"
      "  kept by u\n"
      "  when then B within 2 days\n"
      "  weight heavy\n"
      "  warn 1 days before\n"
      "promise c \"C\"\n"
      "  kept by u\n"
      "  never B\n";
  const Parsed parsed = parse(text);
  EXPECT_EQ(places(parsed, text), (Lines{"3:17 expected", "3:32 missing-comma", "4:10 percent-out-of-range",
                                         "7:8 expected", "8:10 expected"}));
  ASSERT_EQ(parsed.promises.size(), 1U);
  EXPECT_EQ(parsed.promises[0].id, "c");
  EXPECT_FALSE(parsed.ok());
}

TEST(PromiseRecovery, ReportsAMisspeltClauseBehindAnError) {
  const std::string text =
      "promise two \"T\"\n"
      "  kept by lager weight heavy\n"
      "  wen order.placed then order.sent within 2 days\n"
      "  targt 95%\n";
  EXPECT_EQ(diagnosed(text), (Lines{"2:24 expected", "3:3 unknown-word", "4:3 unknown-word"}));
  EXPECT_EQ(diagnosed("promise a \"A\"\n  weight x\n  B onlyafter A\n  kep by u"),
            (Lines{"2:10 expected", "3:5 expected", "4:3 unknown-word"}));
  // Behind a broken rule its next line is the rule's, whatever it resembles; a clause of another kind is not.
  EXPECT_EQ(diagnosed("promise a \"A\" kept by u\n  when A then B wihtin\n  nevr C\n  targt 95%"),
            (Lines{"2:17 expected", "3:3 expected", "4:3 unknown-word"}));
}

TEST(PromiseRecovery, ReportsAnUnknownWordBehindAnError) {
  EXPECT_EQ(
      diagnosed("promise a \"A\"\n  kept by u\n  when A and B\n  responsible logistics\n  importance 5"),
      (Lines{"3:10 expected", "4:3 unknown-word", "5:3 unknown-word"}));
  // Where the first error is at the word itself, it is said once.
  EXPECT_EQ(
      diagnosed(
          "promise a \"A\"\n  kept by u\n  when A then B wihtin\n  responsible logistics\n  importance 5"),
      (Lines{"3:17 expected", "4:3 expected", "5:3 unknown-word"}));
  // What may be the rest of the rule is not taken for more.
  EXPECT_EQ(diagnosed("promise a \"A\"\n  kept by u\n  when A then B 2 days\n  order.sent\n  x = 1"),
            Lines{"3:17 missing-bound"});
}

TEST(PromiseRecovery, KnowsSwedishWordsWithoutTheirDots) {
  const Parsed parsed = parse(
      "löfte tva \"T\"\n"
      "  hålls av lager   förväntan hogg\n"
      "  nar order.lagd sa order.skickad inom 2 dagar\n"
      "  mal 95%\n");
  std::vector<std::string> suggestions;
  for (const Diagnostic& it : parsed.diagnostics) suggestions.push_back(it.suggestion);
  EXPECT_EQ(suggestions, (Lines{"hög", "när", "så", "mål"}));
  EXPECT_EQ(parse("lofte a \"A\" hålls av u aldrig B").diagnostics.at(0).suggestion, "löfte");
}

TEST(PromiseDiagnostics, NamePeriodsInTheSingular) {
  const auto said = [](const std::string& period) {
    const Parsed parsed = parse(with_rule("never B target 95% each " + period));
    return parsed.diagnostics.empty()
               ? ""
               : message(parsed.diagnostics[0], Language::English) + "; " + parsed.diagnostics[0].suggestion;
  };
  const std::string all = "expected `day`, `week`, `month`, `quarter` or `year`, found ";
  EXPECT_EQ(said("day"), "");
  EXPECT_EQ(said("fortnight"), all + "`fortnight`; ");
  EXPECT_EQ(said("days"), all + "`days`; day");
  EXPECT_EQ(said("months"), all + "`months`; month");
}

TEST(PromiseRecovery, SaysNothingOfWhatAFailedClauseHides) {
  // The rule is there, if broken: it is not missing too.
  EXPECT_EQ(diagnosed("promise a \"A\"\n  kept by u\n  when A and B\n  target 95%"), Lines{"3:10 expected"});
  // A rule of which the next clause is broken still counts.
  EXPECT_EQ(diagnosed("promise a \"A\"\n  weight x\n  kept by u\n  B only after A"), Lines{"2:10 expected"});
  // What is left of a broken clause is skipped, keywords and all.
  EXPECT_EQ(diagnosed("promise a \"A\"\n  kept by u\n  target x each month, at least 3 instances\n  never B"),
            Lines{"3:10 expected"});
  EXPECT_EQ(diagnosed("promise a \"A\"\n  kep to u\n  never B"), Lines{"2:3 unknown-word"});
}

TEST(PromiseRecovery, LeavesOutOnlyWhatIsWrong) {
  const Parsed parsed = parse("promise a \"A\" kept by u never \"x\ny\npromise b \"B\" kept by u never C");
  ASSERT_EQ(parsed.promises.size(), 1U);
  EXPECT_EQ(parsed.promises[0].id, "b");
}

// ---- limits
// ------------------------------------------------------------------------------------------------------

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(PromiseLimits, AreErrorsWithAPlace) {
  const auto nested = [](std::size_t depth) {
    return "never B where " + std::string(depth, '(') + "x = 1" + std::string(depth, ')');
  };
  EXPECT_EQ(diagnosed(with_rule(nested(kMaxGuardDepth))), Lines{});
  EXPECT_EQ(diagnosed(with_rule(nested(kMaxGuardDepth + 1))), Lines{"2:47 guard-too-deep"});
  EXPECT_EQ(diagnosed(with_rule("never B where (x = 1)" + repeated(" or (not (x = 1))", 100))), Lines{});
  EXPECT_EQ(diagnosed(with_rule(nested(1000))), Lines{"2:47 guard-too-deep"});
  EXPECT_EQ(diagnosed(with_rule("never B where " + repeated("not ", 33) + "x = 1")),
            Lines{"2:143 guard-too-deep"});
  EXPECT_EQ(diagnosed(with_rule("never B where x = 1" + repeated(" or x = 1", 999))), Lines{});
  EXPECT_EQ(diagnosed(with_rule("never B where x = 1" + repeated(" or x = 1", 1000))).size(), 1U);
  EXPECT_EQ(diagnosed(with_rule("when A" + repeated(" then B within 1 day", kMaxSteps))), Lines{});
  EXPECT_EQ(diagnosed(with_rule("when A" + repeated(" then B within 1 day", kMaxSteps + 1))).size(), 1U);
  EXPECT_EQ(diagnosed(with_rule("when A then (B" + repeated(" or B", kMaxParts) + ") within 1 day")).size(),
            1U);
}

TEST(PromiseLimits, HoldForTheFile) {
  EXPECT_EQ(diagnosed(std::string(kMaxTextBytes + 1, '#')), Lines{"1:1 file-too-large"});
  std::string many;
  for (std::size_t i = 0; i <= kMaxPromises; ++i)
    many += "promise p" + std::to_string(i) + " \"\" kept by u never B\n";
  EXPECT_EQ(diagnosed(many), Lines{"1001:1 too-many-promises"});
  const auto errors = diagnosed(repeated("target\n", 5'000));
  EXPECT_EQ(errors, Lines{"1:1 expected"});
  const auto clauses = diagnosed("promise a \"A\" " + repeated("weight x\n", 5'000));
  EXPECT_EQ(clauses.size(), 501U);
  EXPECT_EQ(clauses.back(), "251:8 too-many-errors");
}

TEST(PromiseLimits, AMegabyteOfAnythingGivesDiagnostics) {
  for (const std::string& part : {std::string("("), std::string("x"), std::string("\xFF"),
                                  std::string("\0", 1), std::string("promise "), std::string("when "),
                                  std::string("\"a\n"), std::string("not ("), std::string("only ")}) {
    const std::string text = "promise a \"A\" kept by u never B where ";
    const Parsed parsed = parse(text + repeated(part, (kMaxTextBytes - text.size()) / part.size()));
    EXPECT_FALSE(parsed.ok()) << part;
    EXPECT_TRUE(parsed.promises.empty()) << part;
  }
}

}  // namespace
}  // namespace handslag::promise
