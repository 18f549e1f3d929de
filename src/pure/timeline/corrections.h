// SPDX-License-Identifier: Apache-2.0
// Corrections are events: one that replaces or voids another takes it off the timelines. A correction that is
// itself replaced or voided takes nothing off.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace handslag::timeline {

struct Correction {
  std::uint32_t by = 0;      // row of the event that corrects
  std::uint32_t target = 0;  // row of the event that is replaced or voided
};

/// The rows that do not stand, ascending. Corrections that go in a circle all hold, so none of the circle
/// stands. The answer does not depend on the order of `corrections`. Give only those known at the time asked
/// about.
std::vector<std::uint32_t> withdrawn_rows(std::span<const Correction> corrections);

/// The rows that correct themselves or each other in a circle, and those between two circles, ascending.
std::vector<std::uint32_t> rows_in_circles(std::span<const Correction> corrections);

}  // namespace handslag::timeline
