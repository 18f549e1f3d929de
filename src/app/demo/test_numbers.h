// SPDX-License-Identifier: Apache-2.0
// Official Swedish test identity numbers, so that no demo customer bears a living person's. Immutable.
#pragma once

#include <cstdint>
#include <string>

namespace handslag::demo {

/// How many there are; more customers than this go without an identity number.
std::uint32_t test_number_count();

/// Number `index` as twelve digits with its check digit: "197602102397". REQUIRES: index <
/// test_number_count().
std::string test_number(std::uint32_t index);

/// True for twelve digits that stand in the table.
bool is_test_number(const std::string& digits);

}  // namespace handslag::demo
