// SPDX-License-Identifier: Apache-2.0
// Which events correct which. Internal to io/store, but for find_correction_circles.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "io/store/event_log.h"
#include "pure/timeline/corrections.h"

namespace handslag::store {

class DuckConnection;

/// All, in no order. `condition`: SQL about the correcting event `e`, beginning with AND; or empty.
Result<std::vector<timeline::Correction>> load_corrections(DuckConnection& connection,
                                                           const std::string& condition);

/// The events that replace or void themselves or each other in a circle, ascending: none of them stands.
Result<std::vector<RowNumber>> find_correction_circles(EventLog& log);

}  // namespace handslag::store
