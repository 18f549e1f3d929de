// SPDX-License-Identifier: Apache-2.0
#include "pure/stats/percentile.h"

#include <algorithm>

namespace handslag::stats {

std::optional<std::int64_t> percentile(std::span<std::int64_t> values, std::int64_t percent) {
  if (values.empty()) return std::nullopt;
  const std::int64_t rank = (percent * static_cast<std::int64_t>(values.size()) + 99) / 100;
  const auto wanted = values.begin() + (rank - 1);
  std::nth_element(values.begin(), wanted, values.end());
  return *wanted;
}

}  // namespace handslag::stats
