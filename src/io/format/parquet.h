// SPDX-License-Identifier: Apache-2.0
// Parquet files to events, through DuckDB. Numbers, times, days and booleans keep their types; a TIMESTAMP
// without a zone is a local time in the map's zone; everything else is text. Not for callers of
// read_events(). One thread (and those that DuckDB starts for itself).
#pragma once

#include <string>

#include "io/format/table.h"

namespace handslag::format {

/// Reads all rows of the file in their order. Invalid where it is no Parquet or the map does not fit its
/// columns.
Status read_parquet(const std::string& path, const Map& map, const TableSetting& setting,
                    const Limits& limits, ReadOutput& output);

}  // namespace handslag::format
