// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/diagnostic.h"

#include <fstream>
#include <iterator>
#include <set>

#include "pure/promise/keywords.h"
#include "pure/promise/parse_for_test.h"

namespace handslag::promise {
namespace {

std::string rendered(std::string_view text, Language language = Language::English) {
  const Parsed parsed = parse(text);
  return parsed.diagnostics.empty() ? "" : render(parsed.diagnostics.front(), "f.promise", text, language);
}

TEST(PromiseDiagnostic, ShowsPlaceLineCaretAndSuggestion) {
  const std::string text = "promise a \"A\" kept by u\n  when A then B wihtin 2 days\n";
  EXPECT_EQ(rendered(text),
            "f.promise:2:17: error: expected `within`, found `wihtin`\n"
            "  2 |   when A then B wihtin 2 days\n"
            "    |                 ^~~~~~\n"
            "    = did you mean `within`?\n");
  EXPECT_EQ(rendered(text, Language::Swedish),
            "f.promise:2:17: fel: väntade `within`, fann `wihtin`\n"
            "  2 |   when A then B wihtin 2 days\n"
            "    |                 ^~~~~~\n"
            "    = menade du `within`?\n");
}

TEST(PromiseDiagnostic, PutsTheCaretUnderTabsAndWideLetters) {
  EXPECT_EQ(
      rendered("promise a \"A\" kept by u\r\n\tnever \"日本\" ;\r\n"),
      "f.promise:2:13: error: this has no meaning here: remove it, or write the name in straight quotes\n"
      "  2 |     never \"日本\" ;\n"
      "    |                  ^\n");
}

TEST(PromiseDiagnostic, CutsLongLinesAroundThePlace) {
  const std::string text = "promise a \"" + std::string(3'000, 'x') + "\" kept by u never ; " +
                           std::string(3'000, ' ') + "weight 1";
  const std::string shown = rendered(text);
  EXPECT_LT(shown.size(), 500U);
  EXPECT_NE(shown.find("…xxx"), std::string::npos);
  EXPECT_NE(shown.find("\" kept by u never ;"), std::string::npos);
}

TEST(PromiseDiagnostic, ShowsNoControlCharacters) {
  const std::string shown = rendered("promise a \"A\" kept by u # \x1B[31m\n never \x1B ");
  EXPECT_EQ(shown.find('\x1B'), std::string::npos);
}

TEST(PromiseDiagnostic, PointsBehindTheEndOfTheFile) {
  EXPECT_EQ(rendered("promise a \"A\" kept by u never"),
            "f.promise:1:30: error: expected an event type such as order.placed, found the end of the file\n"
            "  1 | promise a \"A\" kept by u never\n"
            "    |                              ^\n");
}

TEST(PromiseDiagnostic, CountsColumnsInCodePoints) {
  const LineColumn place = place_of("a\nåäö x", 9);
  EXPECT_EQ(place.line, 2U);
  EXPECT_EQ(place.column, 5U);
}

TEST(PromiseDiagnostic, HasANameAndTwoTextsForEachCode) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kDiagnosticCodes; ++i) {
    const auto code = static_cast<DiagnosticCode>(i);
    EXPECT_TRUE(names.insert(diagnostic_name(code)).second) << diagnostic_name(code);
    const Diagnostic diagnostic{code, severity_of(code), {}, {"0", "1", "2"}, ""};
    EXPECT_NE(message(diagnostic, Language::English), message(diagnostic, Language::Swedish));
    EXPECT_EQ(message(diagnostic, Language::English).find('{'), std::string::npos);
  }
}

TEST(PromiseDiagnostic, StandsWithItsTextInTheGrammar) {
  std::ifstream in(HANDSLAG_SOURCE_DIR "/contract/promise-grammar.md");
  const std::string grammar{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  for (std::size_t i = 0; i < kDiagnosticCodes; ++i) {
    const std::string name(diagnostic_name(static_cast<DiagnosticCode>(i)));
    EXPECT_NE(grammar.find("| `" + name + "` |"), std::string::npos) << name;
  }
}

TEST(PromiseKeywords, StandInTheGrammarInBothSpellings) {
  std::ifstream in(HANDSLAG_SOURCE_DIR "/contract/promise-grammar.md");
  const std::string grammar{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  for (std::size_t i = 1; i < kKeywords; ++i) {
    const auto keyword = static_cast<Keyword>(i);
    const auto both = [keyword](Language language) {
      const std::string many(spelling(keyword, language)), one(singular(keyword, language));
      return one == many ? many : many + ", " + one;
    };
    const std::string row = "| " + both(Language::English) + " | " + both(Language::Swedish) + " |";
    EXPECT_NE(grammar.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace handslag::promise
