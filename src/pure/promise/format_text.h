// SPDX-License-Identifier: Apache-2.0
// One clause of a promise → its text. Not for you: see format.h.
#pragma once

#include <string>
#include <vector>

#include "pure/promise/keywords.h"
#include "pure/promise/lex.h"

namespace handslag::promise {

inline constexpr std::size_t kLineColumns = 100;  // a rule that needs more is broken before its parts
inline constexpr std::string_view kIndent = "  ";

/// `promise ID "title"`.
std::string header_text(const Promise& promise, Language spelling);

/// The lines of a clause without indent; Keyword::When is the rule. `claim`: which of the claims, for
/// Keyword::Claim. Empty where the promise does not have the clause.
std::vector<std::string> clause_lines(const Promise& promise, Keyword kind, std::size_t claim,
                                      Language spelling);

/// format_rule.cc: the rule in the parts before which a long line is broken; `unless …` is always the last of
/// them.
struct RuleText {
  std::vector<std::string> parts;
  std::string unless;  // empty without
};
RuleText rule_text(const Rule& rule, Language spelling);

/// format_event.cc: the small parts.
std::string event_text(const EventPattern& event, Language spelling, bool in_group = false);
std::string guard_text(const Guard& guard, Language spelling);
std::string duration_text(const model::Duration& duration, Language spelling);
/// A key, a unit, an attribute: in quotes where it is no plain word.
std::string name_text(std::string_view name, Language spelling);
/// Digits without an exponent.
std::string number_text(double number);
/// 0.955 → "95.5"
std::string percent_text(double share);

inline std::string word(Keyword keyword, Language language) {
  return std::string(spelling(keyword, language));
}

}  // namespace handslag::promise
