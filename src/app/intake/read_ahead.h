// SPDX-License-Identifier: Apache-2.0
// Reading in a thread of its own, some thousand events ahead of the sink, so that parsing and storing take a
// core each.
#pragma once

#include "base/result.h"
#include "io/format/read_events.h"

namespace handslag::app {

/// As format::read_events: the same calls of the sink, all in the caller's thread. Events and rejected
/// records each keep the file's order; between the two they may change places by a batch. What the reader
/// calls (request.zones) must bear another thread.
Result<format::ReadSummary> read_ahead(const format::ReadRequest& request, format::EventSink& sink);

}  // namespace handslag::app
