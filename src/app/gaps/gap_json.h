// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gaps/measure.h"
#include "app/language/json.h"

namespace handslag::app {

/// The report for machines (contract/gap.schema.json).
Json gap_json(const GapReport& report);

}  // namespace handslag::app
