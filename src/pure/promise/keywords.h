// SPDX-License-Identifier: Apache-2.0
// The words of the promise language in their two spellings. The table in contract/promise-grammar.md is this
// one. Lower case only; å, ä, ö composed or decomposed. Not for you unless you write a stage: see parse.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "pure/promise/diagnostic.h"

namespace handslag::promise {

enum class Keyword : std::uint8_t {
  None,
  // clauses
  Promise,
  Claim,
  At,
  KeptBy,
  MadeBy,
  Touchpoint,
  Expectation,
  High,
  GoodEnough,
  Weight,
  ForCustomersWhere,
  Target,
  Per,
  Each,
  ByStart,
  Instances,
  Warn,
  Ahead,
  Calendar,
  Zone,
  ValidFrom,
  ValidTo,
  // rules
  When,
  Then,
  Within,
  NoLaterThan,
  Before,
  Same,
  Unless,
  After,
  Never,
  WhenAlready,
  OnlyAfter,
  Since,
  AtMost,
  AtLeast,
  Exactly,
  Until,
  From,
  WithinAny,
  Every,
  A,
  OnlyToCustomersWhere,
  Where,
  As,
  Total,
  OneForOne,
  Restart,
  FirstOnly,
  // guards
  And,
  Or,
  Not,
  In,
  Contains,
  IsMissing,
  IsPresent,
  True,
  False,
  // units and periods
  Second,
  Minute,
  Hour,
  Day,
  BusinessDay,
  BusinessHour,
  Week,
  Month,
  Quarter,
  Year,
};
inline constexpr std::size_t kKeywords = static_cast<std::size_t>(Keyword::Year) + 1;
inline constexpr std::size_t kMostWords = 4;  // of one keyword: "only to customers where"

/// "kept by"; of units the plural, of periods the singular.
std::string_view spelling(Keyword keyword, Language language);
/// "day" for Day; the same as spelling() for what has no singular of its own.
std::string_view singular(Keyword keyword, Language language);

/// True where both are written alike in this language: `before` in a bound and in `warn`, varje and varje.
bool spelled_alike(Keyword a, Keyword b, Language language);

struct KeywordMatch {
  Keyword keyword = Keyword::None;
  std::size_t words = 0;
};
/// The longest keyword at the start of `words`; None where there is none. Cost: constant.
KeywordMatch match_keyword(std::span<const std::string_view> words, Language language);

/// True where a keyword begins with this word, so that it is written in quotes as a name.
bool begins_keyword(std::string_view word, Language language);

/// å, ä, ö composed; everything else as it was.
std::string composed(std::string_view word);

}  // namespace handslag::promise
