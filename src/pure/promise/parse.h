// SPDX-License-Identifier: Apache-2.0
// Text → promises. One pass reports every error; a promise with an error is left out of the result.
// Total: any bytes give promises and diagnostics, never a crash, and time stays linear in the size of the
// text.
#pragma once

#include <functional>
#include <string>
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

/// What an installation has, for texts that are to run there.
struct TimeNames {
  std::vector<std::string> calendars;
  std::vector<std::string> usual_zones;  // for "did you mean"
  std::function<bool(std::string_view)> has_zone;
};

/// Reads and examines (check.h) the text. With `names`, a calendar or zone that is not among them is an
/// error too; without, compile() tells of it.
Parsed parse(std::string_view text, const TimeNames* names = nullptr);

}  // namespace handslag::promise
