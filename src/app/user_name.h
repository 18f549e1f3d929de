// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace handslag::app {

/// Who runs the program, as the system knows them; "uid 1000" where it has no name for them.
std::string user_name();

}  // namespace handslag::app
