// SPDX-License-Identifier: Apache-2.0
// Percent-encoding, and forms as bodies and queries have them (application/x-www-form-urlencoded). Total; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handslag::format {

/// One round; a % that no two hexadecimal digits follow stays as it is.
std::string percent_decoded(std::string_view text);

struct FormField {
  std::string name;
  std::string value;
};

inline constexpr std::size_t kMaxFormFields = 1000;

/// "a=1&b=x+y" in its order, names that stand twice among them. Invalid where a name or value is no UTF-8;
/// Limit for more than kMaxFormFields.
Result<std::vector<FormField>> parse_form(std::string_view text);

}  // namespace handslag::format
