// SPDX-License-Identifier: Apache-2.0
// JSON files to events: our own events (contract/event.md) or, with a map, any objects; one a line, or in a
// list. Not for callers of read_events(). One thread.
#pragma once

#include "io/format/table.h"
#include "io/runtime/file.h"

namespace handslag::format {

/// Reads all of `source`. Where `map` is null, its objects are our own events.
Status read_json(runtime::ByteSource& source, const Map* map, const TableSetting& setting,
                 const Limits& limits, ReadOutput& output);

}  // namespace handslag::format
