// SPDX-License-Identifier: Apache-2.0
// Seeded chance for the demo: splitmix64 and whole numbers alone, so that every compiler, library and machine
// draws the same. Not for secrets. One thread.
#pragma once

#include <cstdint>

namespace handslag::demo {

class Random {
 public:
  /// The stream of one part (a customer, the organisation) of one seed; streams do not depend on each other.
  Random(std::uint64_t seed, std::uint64_t part);

  std::uint64_t next();
  /// 0 to n − 1. REQUIRES: n > 0.
  std::uint32_t below(std::uint32_t n);
  /// lowest to highest, both included.
  std::int32_t between(std::int32_t lowest, std::int32_t highest);
  /// True in `per_mille` cases of a thousand.
  bool chance(std::uint32_t per_mille);
  /// Exponentially distributed with the given mean: waits, patience, repairs.
  std::int64_t exponential(std::int64_t mean);

 private:
  std::uint64_t state_;
};

}  // namespace handslag::demo
