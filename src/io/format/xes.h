// SPDX-License-Identifier: Apache-2.0
// XES event logs (IEEE 1849) to events, while they are read: each event is a row whose columns are its
// attributes' keys, and those of its trace with "case:" before them. Attributes inside attributes are
// "outer.inner". An event's number in the file is its record. Not for callers of read_events(). One thread.
#pragma once

#include "io/format/table.h"
#include "io/runtime/file.h"

namespace handslag::format {

/// Reads all of the file. Invalid, with the line, where it is not well-formed, declares a document type
/// (entities could fill the machine), or is no XES; Limit for deep nesting and endless tags.
Status read_xes(runtime::Peeked peeked, const Map& map, const TableSetting& setting, const Limits& limits,
                ReadOutput& output);

}  // namespace handslag::format
