// SPDX-License-Identifier: Apache-2.0
// A file of events, of whatever format, to events. Reads JSON lines and JSON arrays, CSV, XES and Parquet,
// the first three also as gzip; finds out which it is. One thread per call; calls do not share anything.
//
//   ReadRequest request;
//   request.path = "orders.csv";
//   HANDSLAG_TRY(map, read_map("map.toml"));
//   request.map = &map;
//   HANDSLAG_TRY(summary, read_events(request, sink));
#pragma once

#include <string>

#include "base/result.h"
#include "io/format/event_sink.h"
#include "io/format/limits.h"
#include "io/format/map.h"
#include "io/format/row_sink.h"
#include "pure/model/local_times.h"

namespace handslag::format {

struct ReadRequest {
  std::string path;
  const Map* map = nullptr;  // null: the file must be in our own JSON or CSV, or XES
  std::string source;        // of events that name none; stands in the place of the map's
  std::string zone;          // of times that carry none; stands in the place of the map's
  const model::LocalTimesSource* zones = nullptr;  // null: only UTC is known
  Limits limits;
  RowSink* rows = nullptr;  // of read_rows
};

/// Reads the whole file; each record becomes events or a rejected record, in the file's order. An error means
/// that the file as a whole cannot be read (or the sink failed): what the sink has by then is a part of the
/// file. NotFound, Unavailable; Invalid for a file that is none of these formats or ends in the middle, or a
/// map that does not fit it; Limit for what is made to fill the machine. Messages begin with the path.
Result<ReadSummary> read_events(const ReadRequest& request, EventSink& sink);

/// The rows of a file as they stand, for whoever makes a map of it: `rows` gets each, and no events come of
/// them. `request.map` says at most how the file is written (Map::format). Rows that are none are counted as
/// rejected. Errors as read_events.
Result<ReadSummary> read_rows(ReadRequest request, RowSink& rows);

/// The same as read_events from bytes in memory; `request.path` gives the name alone. Parquet cannot be read
/// so.
Result<ReadSummary> read_events_from(std::string_view bytes, const ReadRequest& request, EventSink& sink);

}  // namespace handslag::format
