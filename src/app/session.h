// SPDX-License-Identifier: Apache-2.0
// What every use case is told by the command line.
#pragma once

#include <optional>
#include <string>

#include "app/terminal/terminal.h"
#include "base/result.h"
#include "base/time.h"

namespace handslag::app {

struct Session {
  std::string data;              // --data DIR
  std::optional<Timestamp> now;  // --now T (P-6)
  Terminal terminal;
};

/// How long lists and tables are given.
enum class Form : std::uint8_t { Text, JsonText };

}  // namespace handslag::app
