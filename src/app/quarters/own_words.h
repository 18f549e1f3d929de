// SPDX-License-Identifier: Apache-2.0
// What customers wrote in answer to surveys, as a stranger may read it. Pure and total.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace handslag::app {

struct MaskedWords {
  std::string text;      // "Jag ringde … om samma sak."
  std::size_t gaps = 0;  // how many places are left out
};

inline constexpr std::size_t kMostOwnWords = 240;  // bytes; what is longer ends with "…" at a whole word

/// "…" stands for whatever could tell who she is, or who else is spoken of:
///   what bears an @ or is an address of the web; what has more than two digits, digits among letters, or
///   digits beside digits ("070 12 34"); a word with a capital, unless it begins a sentence and is among the
///   usual beginnings, or is a usual short form ("TV").
/// A name in small letters is not known for one: show those with few gaps, and never many together.
/// Empty where too little is left to be read: fewer than three words, or one in three left out.
MaskedWords masked_words(std::string_view words);

}  // namespace handslag::app
