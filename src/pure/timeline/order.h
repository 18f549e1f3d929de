// SPDX-License-Identifier: Apache-2.0
// The total order of P-2 inside each customer, and the order between a customer and the organisation (P-1).
// One implementation for the event log's loader and for timelines built in memory (build.h).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pure/model/columns.h"

namespace handslag::timeline {

/// What the order asks of an event besides its time and type, by EventIndex. Dropped once columns are in
/// order.
struct OrderKeys {
  std::vector<std::uint16_t> source;  // rank of the source's name among all sources, by code point
  std::vector<std::int64_t> sequence;
};

/// The id of the event in a row of the log. Asked only where time, rank, source and sequence are equal.
using IdOfRow = std::function<std::string(std::uint32_t row)>;

/// Puts time, type, row and (where there is one) known of the customers from … to-1 into the order of P-2,
/// and `keys` along with them. Runs of events equal in everything but their id stay as they are; their
/// EventIndex ranges [first, last) are appended to `ties` for order_ties. Different ranges of customers may
/// run on different threads.
void order_customers(model::Columns& columns, OrderKeys& keys, model::CustomerIndex from,
                     model::CustomerIndex to,
                     std::vector<std::pair<model::EventIndex, model::EventIndex>>& ties);

/// Orders the events of each run by id.
void order_ties(model::Columns& columns,
                const std::vector<std::pair<model::EventIndex, model::EventIndex>>& ties,
                const IdOfRow& id_of_row);

/// Fills columns.organisation_ties. REQUIRES: columns in order.
void find_organisation_ties(model::Columns& columns, const OrderKeys& keys, const IdOfRow& id_of_row);

}  // namespace handslag::timeline
