// SPDX-License-Identifier: Apache-2.0
// What is about to break while somebody can still act: open instances of what is to be done, soonest first.
// Live tells of a breach when it comes; this is the list of what comes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/watch/live.h"

namespace handslag::app {

struct NearDue {
  std::uint32_t version = 0;  // of Live::promises()
  model::CustomerIndex customer = 0;
  Timestamp due;
  std::int64_t left_us = 0;     // until due, by the promise's clock (P-6); below 0 once it has passed
  bool is_overdue = false;      // past due, and not yet known whether it came (P-8)
  Timestamp warn_at = kNoTime;  // whoever must keep it is told from then on; kNoTime: no `warn`
};

struct NearDueCounts {
  std::size_t near = 0, overdue = 0;
};

struct NearDueList {
  std::vector<NearDue> soonest;                  // at most `limit`, by what is left
  std::map<std::string, NearDueCounts> by_unit;  // of all of them
};

/// Pending ones due within `within_us`, and overdue ones, of promises that `is_wanted` by id of the unit. On
/// the live system's thread. Cost: linear in all instances, some milliseconds a million.
NearDueList near_due(Live& live, Timestamp now, std::int64_t within_us,
                     const std::function<bool(const std::string& unit)>& is_wanted, std::size_t limit);

}  // namespace handslag::app
