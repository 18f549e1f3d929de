// SPDX-License-Identifier: Apache-2.0
// The one way to read TOML: settings, maps, hooks, calendars, registers.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <string_view>

#include "base/result.h"

namespace handslag::format {

/// `name` is the file as messages name it. Invalid, with line and column, where the text is not TOML or not
/// UTF-8.
Result<toml::table> parse_toml(std::string_view text, const std::string& name);

}  // namespace handslag::format
