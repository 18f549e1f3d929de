// SPDX-License-Identifier: Apache-2.0
// From counts to rates, intervals and target states (P-22 … P-24).
#pragma once

#include <cstdint>
#include <optional>

#include "pure/gap/summary.h"
#include "pure/stats/share.h"

namespace handslag::gap {

struct Counts {
  std::int64_t kept = 0;
  std::int64_t settled = 0;
  std::int64_t open = 0;
  std::int64_t unseen =
      0;  // may have been kept: history is too short to say, while a breach there would show
};

std::optional<double> rate(const Counts& counts);
std::optional<stats::Interval> certainty(const Counts& counts);

/// True when no unknown activation can belong to a part that ends before `end`; see summary.h. kEndOfTime: no
/// end.
bool is_closed(const PromiseInfo& promise, Timestamp end);

/// The state of a part of which the target asks `share` and `at_least`.
TargetState judge(const Target& target, const Counts& counts, bool closed);

/// The state of a whole that has parts in these two.
TargetState worse(TargetState a, TargetState b);

}  // namespace handslag::gap
