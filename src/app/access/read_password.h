// SPDX-License-Identifier: Apache-2.0
// A password from the standard input.
#pragma once

#include <string>

#include "app/terminal/terminal.h"
#include "base/result.h"

namespace handslag::app {

/// At a terminal it is asked for twice and not shown; otherwise it is the first line. Error Invalid: nothing
/// came, more than a kilobyte came, or the two differ.
Result<std::string> read_password(const Terminal& terminal);

}  // namespace handslag::app
