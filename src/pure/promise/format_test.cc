// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/format.h"

#include <fstream>
#include <iterator>

#include "pure/promise/parse_for_test.h"

namespace handslag::promise {
namespace {

std::string formatted(std::string_view text) {
  auto once = format_file(text);
  EXPECT_TRUE(once.ok()) << text;
  if (!once.ok()) return {};
  auto twice = format_file(*once);
  EXPECT_TRUE(twice.ok() && *twice == *once) << *once;
  EXPECT_EQ(parse(*once).promises, parse(text).promises) << *once;
  return *once;
}

std::string contract_examples() {
  std::ifstream in(HANDSLAG_SOURCE_DIR "/contract/promises.md");
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::size_t from = text.find("```\n") + 4;
  return text.substr(from, text.find("```", from) - from);
}

TEST(PromiseFormat, LeavesTheExamplesOfTheContractAsTheyAre) {
  const std::string examples = contract_examples();
  EXPECT_EQ(diagnosed(examples), Lines{});
  EXPECT_EQ(parse(examples).promises.size(), 7U);
  EXPECT_EQ(formatted(examples), examples);
}

TEST(PromiseFormat, TranslatesTheExamplesAndBack) {
  for (const Promise& promise : parse(contract_examples()).promises) {
    const std::string swedish = format_promise(promise, Language::Swedish);
    EXPECT_EQ(the_promise(swedish), promise) << swedish;
    EXPECT_EQ(formatted(swedish), swedish);
    EXPECT_EQ(format_promise(the_promise(swedish), Language::English),
              format_promise(promise, Language::English));
  }
}

TEST(PromiseFormat, PutsClausesInOrder) {
  EXPECT_EQ(formatted("promise a \"A\" valid to 2026-12-31 warn 1 days before target 80% "
                      "when A then B within 2 day unless C weight 2 kept by u valid from 2026-01-01 "
                      "claim \"x\" claim \"y\" at \"z\" calendar c touchpoint t for customers where x=1"),
            "promise a \"A\"\n"
            "  claim \"x\"\n"
            "  claim \"y\" at \"z\"\n"
            "  kept by u   touchpoint t   weight 2\n"
            "  for customers where x = 1\n"
            "  when A then B within 2 days\n"
            "  unless C\n"
            "  target 80%\n"
            "  warn 1 day before\n"
            "  calendar c   valid from 2026-01-01   valid to 2026-12-31\n");
}

TEST(PromiseFormat, BreaksLongRulesBeforeTheirParts) {
  const std::string a(50, 'a'), b(50, 'b');
  EXPECT_EQ(formatted("promise p \"P\" kept by u when " + a + " then " + b +
                      " within 1 h then C within 1 h total 2 h"),
            "promise p \"P\"\n  kept by u\n  when " + a + "\n  then " + b +
                " within 1 h\n  then C within 1 h\n  total 2 h\n");
}

TEST(PromiseFormat, KeepsCommentsInTheirPlace) {
  EXPECT_EQ(formatted("# licence\n"
                      "\n"
                      "# about a\n"
                      "promise a \"A\" # header\n"
                      "  # before the rule\n"
                      "  when A # inside\n"
                      "  then B within 2 days   # behind the rule  \r\n"
                      "  kept by u # who\n"
                      "  # still a\n"
                      "# about b\n"
                      "promise b \"B\" never C kept by u\n"
                      "# the end\n"
                      "\n"
                      "\n"
                      "# really"),
            "# licence\n"
            "\n"
            "# about a\n"
            "promise a \"A\"  # header\n"
            "  kept by u  # who\n"
            "  # before the rule\n"
            "  # inside\n"
            "  when A then B within 2 days  # behind the rule\n"
            "  # still a\n"
            "\n"
            "# about b\n"
            "promise b \"B\"\n"
            "  kept by u\n"
            "  never C\n"
            "\n"
            "# the end\n"
            "\n"
            "# really\n");
  EXPECT_EQ(formatted("promise a \"A\" kept by u never B\n  # of a\n# of b\n  # of b too\npromise b \"B\" "
                      "kept by u never C\n"),
            "promise a \"A\"\n  kept by u\n  never B\n  # of a\n\n"
            "# of b\n# of b too\npromise b \"B\"\n  kept by u\n  never C\n");
  EXPECT_EQ(formatted("# only a comment"), "# only a comment\n");
  EXPECT_EQ(formatted(""), "");
}

TEST(PromiseFormat, BreaksASharedLineForAComment) {
  EXPECT_EQ(
      formatted("promise a \"A\" kept by u # who\nmade by v\n# where\ntouchpoint t weight 2 never B"),
      "promise a \"A\"\n  kept by u  # who\n  made by v\n  # where\n  touchpoint t   weight 2\n  never B\n");
}

TEST(PromiseFormat, QuotesWhatIsAKeywordInThisSpellingAlone) {
  const Promise promise =
      the_promise("promise a \"A\" kept by när never \"when\" when already så, same \"total\", vikt");
  EXPECT_EQ(format_rule(promise, Language::English), "never \"when\" when already så, same \"total\", vikt");
  EXPECT_EQ(format_rule(promise, Language::Swedish), "aldrig when om redan \"så\", samma total, \"vikt\"");
}

TEST(PromiseFormat, WritesNumbersAsTheyWereMeant) {
  for (const char* target :
       {"target 7%", "target 99.95%", "target 0%", "target 100%", "target 33.333333333%", "target 0.07%"}) {
    const std::string text =
        "promise a \"A\"\n  kept by u\n  never B where x = 0.1 and y < -12345678.25\n  " +
        std::string(target) + "\n";
    EXPECT_EQ(formatted(text), text);
  }
}

TEST(PromiseFormat, RefusesWhatDoesNotParse) {
  const auto result = format_file("promise a \"A\" kept by u\nnever");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::Invalid);
  EXPECT_EQ(result.error().message.substr(0, 17), "line 2, column 6:");
}

}  // namespace
}  // namespace handslag::promise
