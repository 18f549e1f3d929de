// SPDX-License-Identifier: Apache-2.0
// What the tests of the text stages share: a promise around a rule, diagnostics as readable lines.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pure/promise/parse.h"

namespace handslag::promise {

/// "3:21 expected", for each diagnostic in the order of the text.
inline std::vector<std::string> places(const Parsed& parsed, std::string_view text) {
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    const LineColumn place = place_of(text, diagnostic.span.from);
    lines.push_back(std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
                    std::string(diagnostic_name(diagnostic.code)));
  }
  return lines;
}

/// The diagnostics of `text`.
inline std::vector<std::string> diagnosed(std::string_view text) {
  return places(parse(text), text);
}

/// The promise `p` with this rule, kept by u; the rule begins at line 2, column 1.
inline std::string with_rule(std::string_view rule, Language spelling = Language::English) {
  const bool english = spelling == Language::English;
  return std::string(english ? "promise p \"P\" kept by u\n" : "löfte p \"P\" hålls av u\n") +
         std::string(rule);
}

/// The only promise of `text`; fails the test where there is none or anything to complain of.
inline Promise the_promise(const std::string& text) {
  const Parsed parsed = parse(text);
  EXPECT_EQ(places(parsed, text), std::vector<std::string>{}) << text;
  EXPECT_EQ(parsed.promises.size(), 1U) << text;
  return parsed.promises.empty() ? Promise{} : parsed.promises.front();
}

/// The rule of with_rule(), of the form named.
template <class Form>
Form rule_as(std::string_view rule, Language spelling = Language::English) {
  const Promise promise = the_promise(with_rule(rule, spelling));
  EXPECT_TRUE(std::holds_alternative<Form>(promise.rule)) << rule;
  return std::holds_alternative<Form>(promise.rule) ? std::get<Form>(promise.rule) : Form{};
}

using Lines = std::vector<std::string>;

}  // namespace handslag::promise
