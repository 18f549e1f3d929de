// SPDX-License-Identifier: Apache-2.0
// What is known of each source's completeness (P-5) and of the clock (P-6).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "pure/model/columns.h"

namespace handslag::model {

struct SourceHorizon {
  std::string source;
  Timestamp history_start;      // all since here is known …
  Timestamp complete_through;   // … up to here (H), inclusive
  bool is_file = true;          // imported from files; a live source moves its horizon by itself
  std::vector<TypeCode> types;  // that it has ever sent, ascending
};

/// P-5 of a source that sends live: what files said, its heartbeats, or the clock less its stated lag, the
/// latest of these, and never after the clock.
inline void move_live_horizon(SourceHorizon& horizon, std::optional<Timestamp> heartbeat_through,
                              std::optional<std::int64_t> lag_us, Timestamp clock) {
  horizon.is_file = false;
  Timestamp& through = horizon.complete_through;
  if (heartbeat_through) through = std::max(through, *heartbeat_through);
  if (lag_us) through = std::max(through, Timestamp{clock.us - *lag_us});
  through = std::min(through, clock);
}

struct Horizons {
  std::vector<SourceHorizon> sources;
  std::optional<Timestamp> now;  // --now; without it P-6 chooses
  Timestamp wall;                // the wall clock when the question was asked
};

}  // namespace handslag::model
