// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/gaps/measure.h"

namespace handslag::app {

/// How the parts that a target names stand: "missed in 3 of 12 months (worst: March 2026 81 %), kept in 9";
/// nothing where the target names no parts or none has an instance.
std::string target_parts_text(const PromiseGap& line, const GapReport& report, const Terminal& terminal);

}  // namespace handslag::app
