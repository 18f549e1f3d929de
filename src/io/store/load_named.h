// SPDX-License-Identifier: Apache-2.0
// The parts of a load that go by row number: named columns, and the ids of events that nothing else tells
// apart. Not for you: see load.h.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "io/store/duck_database.h"
#include "io/store/load_horizons.h"
#include "pure/model/columns.h"

namespace handslag::store {

/// Fills known, keys, names and attributes. REQUIRES: events in order.
Status load_named_columns(DuckConnection& connection, const model::ColumnNeeds& needs, const Kinds& kinds,
                          model::Columns& columns);

/// Ids of a few rows.
class TiedIds {
 public:
  void want(std::uint32_t row) { ids_.try_emplace(row); }
  /// Cost: a scan of the ids between the first and the last row wanted.
  Status load(DuckConnection& connection);
  const std::string& of(std::uint32_t row) const { return ids_.at(row); }

 private:
  std::unordered_map<std::uint32_t, std::string> ids_;
};

}  // namespace handslag::store
