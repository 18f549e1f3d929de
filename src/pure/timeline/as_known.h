// SPDX-License-Identifier: Apache-2.0
// Columns as they would have stood earlier: only what was known then (P-17). For few customers at a time;
// build.h and the event log's loader do the same for whole sets of events.
#pragma once

#include "pure/model/columns.h"

namespace handslag::timeline {

/// The events known at `then`, in the same order; customers keep their numbers. What a later correction
/// withdrew is not in `columns` and does not come back. Cost: copies all that is kept.
model::Columns as_known_at(const model::Columns& columns, Timestamp then);

}  // namespace handslag::timeline
