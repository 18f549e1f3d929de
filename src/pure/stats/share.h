// SPDX-License-Identifier: Apache-2.0
// How sure a share is. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>

namespace handslag::stats {

struct Interval {
  double low = 0;
  double high = 1;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Wilson's score interval of a share, 95 %, without continuity correction; nothing where `trials` is 0.
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927)
/// 209–212; method 3 in R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872. REQUIRES: 0 ≤ successes ≤
/// trials.
std::optional<Interval> wilson_95(std::int64_t successes, std::int64_t trials);
/// The same of a share and as many trials as it is worth, which need not be whole. REQUIRES: 0 ≤ share ≤ 1,
/// trials > 0.
Interval wilson_95_of_share(double share, double trials);

}  // namespace handslag::stats
