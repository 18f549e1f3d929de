// SPDX-License-Identifier: Apache-2.0
// CSV files to events: dialect, encoding, header and rows. Not for callers of read_events(). One thread.
#pragma once

#include "io/format/table.h"
#include "io/runtime/file.h"

namespace handslag::format {

/// Reads all of `peeked` by `map`, or, where it is null, as our own columns. Fails where the header does not
/// fit.
Status read_csv(runtime::Peeked peeked, const Map* map, const TableSetting& setting, const Limits& limits,
                ReadOutput& output);

}  // namespace handslag::format
