// SPDX-License-Identifier: Apache-2.0
// What an event says: attribute values, and their compact form in columns.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <variant>

#include "base/time.h"

namespace handslag::model {

/// Written to disk; never renumber.
enum class ValueKind : std::uint8_t { Missing = 0, Text = 1, Number = 2, Instant = 3, Boolean = 4, Date = 5 };

/// A value as people and files write it. The order of alternatives is that of ValueKind.
using Value = std::variant<std::monostate, std::string, double, Timestamp, bool, Date>;

inline ValueKind kind_of(const Value& value) {
  return static_cast<ValueKind>(value.index());
}

/// A value as a column holds it: text as its code in the dictionary (Texts), the rest as bits.
struct Cell {
  ValueKind kind = ValueKind::Missing;
  std::uint64_t bits = 0;

  static Cell text(std::uint32_t code) { return {ValueKind::Text, code}; }
  static Cell number(double n) { return {ValueKind::Number, std::bit_cast<std::uint64_t>(n)}; }
  static Cell instant(Timestamp t) { return {ValueKind::Instant, static_cast<std::uint64_t>(t.us)}; }
  static Cell boolean(bool b) { return {ValueKind::Boolean, b ? 1U : 0U}; }
  static Cell date(Date d) {
    return {ValueKind::Date, static_cast<std::uint64_t>(static_cast<std::int64_t>(d.days))};
  }

  bool missing() const { return kind == ValueKind::Missing; }
  std::uint32_t as_text() const { return static_cast<std::uint32_t>(bits); }
  double as_number() const { return std::bit_cast<double>(bits); }
  Timestamp as_instant() const { return {static_cast<std::int64_t>(bits)}; }
  bool as_boolean() const { return bits != 0; }
  Date as_date() const { return {static_cast<std::int32_t>(static_cast<std::int64_t>(bits))}; }

  friend bool operator==(const Cell&, const Cell&) = default;
};

}  // namespace handslag::model
