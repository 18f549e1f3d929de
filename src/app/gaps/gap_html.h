// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/gaps/measure.h"

namespace handslag::app {

/// The report as one page that needs nothing from anywhere: charts drawn as SVG with a table behind each,
/// light and dark, phone and desk, and paper. Text from promises and events is escaped.
std::string gap_page(const GapReport& report, const Terminal& terminal);

}  // namespace handslag::app
