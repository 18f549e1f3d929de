// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gaps/measure.h"

namespace handslag::app {

/// The report for the eye: promised, delivered and the gap apart, a bar and a trend each.
void print_gap_table(const GapReport& report, const Terminal& terminal);

}  // namespace handslag::app
