// SPDX-License-Identifier: Apache-2.0
// Characters of UTF-8 text one at a time, for the lexer and for carets.
#pragma once

#include <cstdint>
#include <string_view>

namespace handslag::promise {

struct Character {
  char32_t code = 0;
  std::uint8_t bytes = 1;
  bool well_formed = true;  // otherwise one byte that is no UTF-8
};

/// The first character. REQUIRES: !text.empty().
Character first_character(std::string_view text);

/// Letters, digits, _ and every mark of other scripts: whatever from U+00AA on is no space, punctuation or
/// symbol.
bool is_word_character(char32_t code);
/// Spaces of all kinds, line ends too, and the byte order mark.
bool is_space_character(char32_t code);
/// “ ” „ ‟ « »
bool is_curly_quote(char32_t code);

/// Columns on a terminal: 0 for combining marks, 2 for wide East Asian characters and pictures, else 1.
int columns_of(char32_t code);

}  // namespace handslag::promise
