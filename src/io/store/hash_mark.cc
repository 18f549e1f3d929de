// SPDX-License-Identifier: Apache-2.0
#include "io/store/hash_mark.h"

#include <random>

namespace handslag::store {

std::uint64_t hash_seed() {
  static const std::uint64_t kSeed = [] {
    std::random_device random;
    return (std::uint64_t{random()} << 32U) | random();
  }();
  return kSeed;
}

}  // namespace handslag::store
