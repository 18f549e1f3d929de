// SPDX-License-Identifier: Apache-2.0
// What is wrong with a promise's text: where, what was expected, what was probably meant. Tests match codes,
// people read the text, which exists in English and Swedish.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pure/promise/ast.h"

namespace handslag::promise {

enum class Language : std::uint8_t { English, Swedish };
enum class Severity : std::uint8_t { Error, Warning };

/// One code, one remedy. The text behind each stands in diagnostic_text.cc, in both languages; documents and
/// JSON show the name, never the number.
enum class DiagnosticCode : std::uint8_t {
  // the file and its characters
  FileTooLarge,
  BadUtf8,
  BadCharacter,
  CurlyQuote,
  OpenQuote,
  BadEscape,
  TooLong,
  BadNumber,
  BadDate,
  BadInstant,
  WrongOperator,
  TooManyErrors,
  // the shape
  Expected,
  UnknownWord,
  MisplacedWord,
  MixedSpelling,
  ReservedWord,
  MissingComma,
  MissingBound,
  WrongBound,
  WrongOption,
  SecondOption,
  MixedAndOr,
  GuardNeedsParentheses,
  NameOnLeft,
  UnknownUnit,
  DoubleClause,
  MissingRule,
  MissingKeptBy,
  RateNeedsAtMost,
  // numbers and limits
  NotWhole,
  DurationTooLong,
  ZeroDuration,
  CountOutOfRange,
  CountZero,
  PercentOutOfRange,
  WeightOutOfRange,
  GuardTooDeep,
  GuardTooLong,
  TooManySteps,
  TooManyParts,
  TooManyPromises,
  // the sense (check.h)
  DuplicateId,
  UnknownBinding,
  LaterBinding,
  DuplicateBinding,
  BindingOfCustomer,
  ValidityOrder,
  TotalTooShort,
  GuardNeverTrue,
  UnlikeKinds,
  TextWithoutQuotes,
  Contradiction,
  NeverKept,
  UnlessNeverCounts,
  WarnWithoutDue,
  WarnTooEarly,
  TargetWithoutClose,
  ByStartWithoutPeriod,
  TargetPerAgent,
  // the installation
  UnknownCalendar,
  UnknownZone,
};
inline constexpr std::size_t kDiagnosticCodes = static_cast<std::size_t>(DiagnosticCode::UnknownZone) + 1;

struct Diagnostic {
  DiagnosticCode code{};
  Severity severity = Severity::Error;
  Span span;
  std::vector<std::string>
      arguments;           // what the text fills in: found, expected, …; "@event": a noun to translate
  std::string suggestion;  // the nearest known word; empty without
};

/// A short stable name for a code, "unknown-word", as JSON and documents show it.
std::string_view diagnostic_name(DiagnosticCode code);

/// A code is always an error or always a warning.
Severity severity_of(DiagnosticCode code);

/// One line: the message without place.
std::string message(const Diagnostic& diagnostic, Language language);

/// In the style of the best compilers: "FILE:line:column: error: message", the source line (cut around the
/// span where it is long, control characters replaced), a caret under the span, the suggestion. Line and
/// column from 1, columns in code points. Ends with a line feed.
std::string render(const Diagnostic& diagnostic, std::string_view file, std::string_view text,
                   Language language);

/// Line and column of a byte offset, from 1, the column in code points. Cost: O(offset).
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};
LineColumn place_of(std::string_view text, std::uint32_t offset);

}  // namespace handslag::promise
