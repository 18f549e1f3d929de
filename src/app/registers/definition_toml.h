// SPDX-License-Identifier: Apache-2.0
// A definition's text (contract/registers.md) to a Definition whose names all exist. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "app/registers/definition.h"
#include "base/result.h"

namespace handslag::app {

/// `file` stands in errors. Invalid: "FILE:LINE:COLUMN: what is wrong; what would be right". Limit: too long,
/// or too much of something. Where links lead is for Definitions, which knows the other registers.
Result<Definition> read_definition(std::string_view toml, const std::string& file);

/// "2 business days", "90 min", "1 h"; nothing for anything else, and beyond a hundred years.
std::optional<model::Duration> parse_patience(std::string_view text);

}  // namespace handslag::app
