// SPDX-License-Identifier: Apache-2.0
// Where a use case speaks to people: what goes to the eye, what goes to a file or pipe, in which language,
// with or without colour. Use cases get one of these instead of touching stdout, so that tests can read what
// they said.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "pure/promise/diagnostic.h"

namespace handslag::app {

using promise::Language;

struct Terminal {
  std::ostream* out = nullptr;    // results
  std::ostream* notes = nullptr;  // progress, warnings, what to do next
  bool colour = false;            // of `out`
  bool is_live = false;           // `notes` is a terminal: a line may be drawn over again
  int width = 100;                // columns of `out`
  Language language = Language::English;

  /// The text of the language in use.
  std::string_view say(std::string_view english, std::string_view swedish) const {
    return language == Language::Swedish ? swedish : english;
  }
};

/// `text` in a colour where the terminal has colours. One colour means one thing everywhere: good is
/// delivered, bad is broken, late lies between, quiet is what one may skip.
enum class Paint : std::uint8_t { Good, Late, Bad, Quiet, Strong };
std::string painted(const Terminal& terminal, Paint paint, std::string_view text);

/// Columns that UTF-8 text takes (combining marks none; no wide characters are printed by us).
int columns_of(std::string_view text);
/// `text` filled with spaces to `width` columns, or cut with an ellipsis.
std::string left(std::string_view text, int width);
std::string right(std::string_view text, int width);

}  // namespace handslag::app
