// SPDX-License-Identifier: Apache-2.0
// Small questions about text that every layer asks. UTF-8 throughout.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace handslag {

/// Without ASCII white space at either end.
std::string_view trimmed(std::string_view text);

/// The parts between separators; "a,,b" has three.
std::vector<std::string_view> split(std::string_view text, char separator);

/// True for well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

/// The number of code points in well-formed UTF-8.
std::size_t count_code_points(std::string_view text);

/// The candidate nearest to `word` by edit distance, for "did you mean"; nothing where none is near
/// (distance at most a third of the longer word). Of å, ä and ö the dots and rings do not count: "nar" is
/// as near to "när" as can be. Cost: candidates × length².
std::optional<std::string_view> nearest_word(std::string_view word,
                                             std::span<const std::string_view> candidates);

/// Decimal number, all of the text, finite; nothing otherwise. Accepts "-1.5e3".
std::optional<double> parse_number(std::string_view text);

/// The shortest decimal text that reads back to the same number; "5" for 5.0.
std::string format_number(double number);

}  // namespace handslag
