// SPDX-License-Identifier: Apache-2.0
// Percent-encoding, and forms as queries and bodies have them (application/x-www-form-urlencoded). Total,
// linear in the length; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handslag {

/// The value of a hexadecimal digit, or -1.
int hex_value(char c);
/// The byte of the escape "%41" that begins at `at`, or -1.
int escape_at(std::string_view text, std::size_t at);
/// One round; a "%" that begins no escape stands for itself, as in browsers.
std::string percent_decoded(std::string_view text);

struct FormField {
  std::string name;
  std::string value;  // empty for "flag"
};
inline constexpr std::size_t kMaxFormFields = 1000;
/// "a=1&b=x+y" in its order, names that stand twice among them. Invalid where a name or value is no UTF-8 or
/// holds NUL; Limit for more than kMaxFormFields.
Result<std::vector<FormField>> parse_form(std::string_view text);

}  // namespace handslag
