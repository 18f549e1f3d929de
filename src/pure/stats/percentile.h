// SPDX-License-Identifier: Apache-2.0
// Percentiles of values that are all there: exact, no sketch.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace handslag::stats {

/// The nearest-rank percentile: the value at rank ⌈percent / 100 × n⌉ in ascending order, always one of the
/// values; the median of an even number is the lower of the two in the middle. Nothing of no values. Reorders
/// `values`. Definition: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
/// Statistician 50 (1996) 361–365, type 1. REQUIRES: 0 < percent ≤ 100. Cost: linear.
std::optional<std::int64_t> percentile(std::span<std::int64_t> values, std::int64_t percent);

}  // namespace handslag::stats
