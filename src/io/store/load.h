// SPDX-License-Identifier: Apache-2.0
// From the event log to columns in memory, in customer order, with only the columns that a question needs.
// 10 million events with a key and an attribute take a few seconds on two cores and about 30 bytes an event.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "io/store/customers.h"
#include "io/store/event_log.h"
#include "pure/model/columns.h"
#include "pure/model/horizon.h"

namespace handslag::store {

struct LoadOptions {
  std::optional<Timestamp> as_known_at;         // only what was known then (P-17)
  std::optional<std::uint32_t> through_import;  // only the events and horizons of imports up to this one
  std::map<std::string, std::int32_t> ranks;    // of types (P-2); from types.toml
  std::vector<std::string> shared_identifier_types = {"phone", "address", "device", "household"};
  std::optional<Timestamp> now;  // handed on in Horizons (P-6)
  Timestamp wall;                // likewise
  unsigned threads = 2;
  std::vector<LiveSource> live_sources;  // DataDirectory::sources
  /// Of a log that is being written, EventLog::texts; without it texts are read when asked for.
  std::shared_ptr<const model::Texts> texts;
};

struct Loaded {
  model::Columns columns;       // columns.row is the event's RowNumber, for EventLog::fetch
  model::Horizons horizons;     // P-5, by source name; sources whose every import was removed are not there
  Customers customers;          // who is behind a CustomerIndex of these columns
  identity::Evidence evidence;  // what that rests on
};

/// Error Limit: more than 65,535 types. Errors of the store otherwise.
Result<Loaded> load(EventLog& log, const model::ColumnNeeds& needs, const LoadOptions& options);

}  // namespace handslag::store
