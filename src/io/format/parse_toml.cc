// SPDX-License-Identifier: Apache-2.0
#include "io/format/parse_toml.h"

#include "base/text.h"

namespace handslag::format {

Result<toml::table> parse_toml(std::string_view text, const std::string& name) {
  if (!is_utf8(text)) return invalid(name + " is not UTF-8; save it as UTF-8");
  // Why: Debian builds the library to throw; nothing of it leaves this function.
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& failure) {
    return invalid(name + ":" + std::to_string(failure.source().begin.line) + ":" +
                   std::to_string(failure.source().begin.column) +
                   ": not TOML: " + std::string(failure.description()));
  }
}

}  // namespace handslag::format
