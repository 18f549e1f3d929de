// SPDX-License-Identifier: Apache-2.0
// The total order of P-2 inside each customer, and the order between a customer and the organisation (P-1).
// One implementation for the event log's loader and for timelines built in memory (build.h). The steps, in
// turn: order_customers (any ranges of customers, any threads), order_ties, find_organisation_ties,
// copy_events.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "pure/model/columns.h"

namespace handslag::timeline {

/// What the order asks of an event. In customer order these are [offsets[c], offsets[c+1]) of Columns.
struct PlacedEvent {
  Timestamp time;
  std::int64_t sequence = 0;
  std::uint32_t row = 0;
  model::TypeCode type = 0;
  std::uint16_t source = 0;  // rank of the source's name among all sources, by code point
};

/// Events [first, second) are equal in everything but their id.
using Tie = std::pair<model::EventIndex, model::EventIndex>;

/// The id of the event in a row of the log. Asked only where time, rank, source and sequence are equal.
using IdOfRow = std::function<std::string(std::uint32_t row)>;

/// Puts the events of the customers from … to-1 into the order of P-2 as far as it goes without ids, and
/// appends the runs that only ids can order to `ties`. Reads columns.offsets and columns.types.
void order_customers(const model::Columns& columns, model::CustomerIndex from, model::CustomerIndex to,
                     std::vector<PlacedEvent>& events, std::vector<Tie>& ties);

/// Orders the events of each run by id.
void order_ties(const std::vector<Tie>& ties, const IdOfRow& id_of_row, std::vector<PlacedEvent>& events);

/// Rows, of customers and of the organisation, between which only ids can order, each once; so that ids can
/// be read before they are asked.
std::vector<std::uint32_t> rows_tied_with_organisation(const model::Columns& columns,
                                                       const std::vector<PlacedEvent>& events);

/// Fills columns.organisation_ties. REQUIRES: events in order.
void find_organisation_ties(const std::vector<PlacedEvent>& events, const IdOfRow& id_of_row,
                            model::Columns& columns);

/// Fills time, type and row.
void copy_events(const std::vector<PlacedEvent>& events, model::Columns& columns);

}  // namespace handslag::timeline
