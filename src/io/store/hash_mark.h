// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace handslag::store {

/// A byte of a hash, kept beside a slot so that most slots are told apart without a look at what they hold; 0
/// says that the slot is free.
inline std::uint8_t mark_of(std::uint64_t hash) {
  return std::max<std::uint8_t>(1, static_cast<std::uint8_t>(hash));
}

/// The seed of this process for hashes that are never written down: texts come from outside, and whoever
/// could foresee their places could crowd them.
std::uint64_t hash_seed();

}  // namespace handslag::store
