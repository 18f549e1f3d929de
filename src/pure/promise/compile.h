// SPDX-License-Identifier: Apache-2.0
// What compile() makes of all versions together: their monitors, and which of them each type of event
// concerns. Immutable; any thread; refers to the columns it was compiled for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pure/promise/evaluate.h"
#include "pure/promise/monitor.h"

namespace handslag::promise {

inline constexpr std::size_t kMaxVersions = 10'000;       // that run together
inline constexpr std::size_t kMaxDispatched = 4'000'000;  // types times versions that look at them

/// A monitor that an event's type concerns.
struct Concern {
  std::uint32_t monitor = 0;
  std::uint32_t roles = 0;
};

struct MeasuredDuration {
  const model::TimeRules* rules = nullptr;
  model::Duration duration;
};

class Program {
 public:
  std::vector<Monitor> monitors;             // in the order of their versions
  std::vector<Horizon> horizons;             // by version
  std::vector<MeasuredDuration> durations;   // by Allowance::clock
  std::vector<std::uint32_t> first_concern;  // by type, and one more
  std::vector<Concern> concerns;
  model::TypeCode update_type = 0;  // customer.updated
  bool has_update_type = false;

  std::span<const Concern> concerns_of(model::TypeCode type) const {
    return {concerns.data() + first_concern[type], concerns.data() + first_concern[type + 1U]};
  }
};

}  // namespace handslag::promise
