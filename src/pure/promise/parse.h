// SPDX-License-Identifier: Apache-2.0
// Text → promises. One pass reports every error; a promise with an error is left out of the result.
// Total: any bytes give promises and diagnostics, never a crash, and time stays linear in the size of the
// text.
#pragma once

#include <string_view>
#include <vector>

#include "pure/promise/ast.h"
#include "pure/promise/diagnostic.h"

namespace handslag::promise {

inline constexpr std::size_t kMaxTextBytes = 1 << 20;  // a promise file
inline constexpr std::size_t kMaxPromises = 1'000;     // in one file
inline constexpr std::size_t kMaxGuardDepth = 32;     // parentheses and `not` in a guard; `not (` counts once
inline constexpr std::size_t kMaxGuardNodes = 1'000;  // comparisons, `and`, `or`, `not` in a guard
inline constexpr std::size_t kMaxOperands = 10'000;   // of one `in (…)`
inline constexpr std::size_t kMaxSteps = 16;          // of a chain
inline constexpr std::size_t kMaxParts = 16;          // of "(B or C or …)"
inline constexpr std::uint32_t kMaxCount = 1'000'000;  // n in "at most n"

struct Parsed {
  std::vector<Promise> promises;
  std::vector<Diagnostic> diagnostics;    // in the order of the text
  Language spelling = Language::English;  // which keywords the file uses
  bool ok() const;                        // no diagnostic is an Error
};

/// Reads and examines (check.h) the text.
Parsed parse(std::string_view text);

}  // namespace handslag::promise
