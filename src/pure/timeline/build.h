// SPDX-License-Identifier: Apache-2.0
// Columns from whole events in memory: for tests, for the oracle and for small sets of events. The event
// log's loader (io/store/load.h) gives the same columns for the same events.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pure/model/columns.h"
#include "pure/model/event.h"

namespace handslag::timeline {

struct BuildOptions {
  model::ColumnNeeds needs;
  std::map<std::string, std::int32_t> ranks;  // of types (P-2); 0 for those not named
  /// Only what was known then (P-17): events by their known time, else their own; corrections likewise.
  std::optional<Timestamp> as_known_at;
};

/// Columns.row is the index into `events`. `customer_of_event` says whose event each is (pure/identity);
/// withdrawn events (corrections.h) are left out. An event with a number above 0 for its customer never lands
/// on customer 0. REQUIRES: one customer an event; (source, id) unique where the id is not empty; fewer than
/// 65,536 types and sources. Cost: O(n log n); copies all texts it needs.
model::Columns build(std::span<const model::Event> events,
                     std::span<const model::CustomerIndex> customer_of_event, const BuildOptions& options);

}  // namespace handslag::timeline
