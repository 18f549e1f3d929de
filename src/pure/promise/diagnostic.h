// SPDX-License-Identifier: Apache-2.0
// What is wrong with a promise's text: where, what was expected, what was probably meant. Tests match codes, people
// read the text, which exists in English and Swedish.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pure/promise/ast.h"

namespace handslag::promise {

enum class Language : std::uint8_t { English, Swedish };
enum class Severity : std::uint8_t { Error, Warning };

/// Stable codes; the text behind each stands in diagnostic.cc, in both languages.
enum class DiagnosticCode : std::uint8_t;

struct Diagnostic {
  DiagnosticCode code{};
  Severity severity = Severity::Error;
  Span span;
  std::vector<std::string> arguments;  // what the text fills in: found, expected, …
  std::string suggestion;              // the nearest known word; empty without
};

/// A short stable name for a code, "unknown-word", as JSON and documents show it.
std::string_view diagnostic_name(DiagnosticCode code);

/// One line: the message without place.
std::string message(const Diagnostic& diagnostic, Language language);

/// In the style of the best compilers: "FILE:line:column: error: message", the source line, a caret under the span,
/// the suggestion. Line and column from 1, columns in code points.
std::string render(const Diagnostic& diagnostic, std::string_view file, std::string_view text, Language language);

/// Line and column of a byte offset, from 1, the column in code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};
LineColumn place_of(std::string_view text, std::uint32_t offset);

}  // namespace handslag::promise
