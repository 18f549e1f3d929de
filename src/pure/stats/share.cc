// SPDX-License-Identifier: Apache-2.0
#include "pure/stats/share.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace handslag::stats {

Interval wilson_95_of_share(double share, double trials) {
  static const double z = boost::math::quantile(boost::math::normal(), 0.975);
  const double n = trials;
  const double centre = share + z * z / (2 * n);
  const double half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  // Why: at 0 and at n the bound is 0 or 1 exactly; rounding must not carry it past the share.
  return Interval{std::clamp((centre - half) / scale, 0.0, share),
                  std::clamp((centre + half) / scale, share, 1.0)};
}

std::optional<Interval> wilson_95(std::int64_t successes, std::int64_t trials) {
  if (trials <= 0) return std::nullopt;
  const double n = static_cast<double>(trials);
  return wilson_95_of_share(static_cast<double>(successes) / n, n);
}

}  // namespace handslag::stats
