// SPDX-License-Identifier: Apache-2.0
// The hot part of all events, in customer order and inside a customer in the total order of P-2, so that no
// query sorts. pure/timeline builds it; engines read it. Immutable once built; any thread.
//
// (1) Customer 0 is the organisation (P-1); the rest are people, households, associations, companies.
// (2) The events of customer c are [offsets[c], offsets[c+1]); an event's index in the columns is its
// EventIndex. (3) A key or name that no event carries has no column.
#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "pure/model/texts.h"
#include "pure/model/value.h"

namespace handslag::model {

using EventIndex = std::uint32_t;
using CustomerIndex = std::uint32_t;
using TypeCode = std::uint16_t;

inline constexpr CustomerIndex kOrganisation = 0;

/// The values of one name, by EventIndex. Where all have one kind, the kind is stored once. Most names stand
/// on few events: packed, a column holds the values there are, and a bit for each event.
class ValueColumn {
 public:
  ValueColumn() = default;
  /// All missing, for `events` events.
  explicit ValueColumn(std::size_t events) : bits_(events, kMissing) {}

  Cell at(EventIndex e) const {
    const std::size_t i = present_.empty() ? e : place(e);
    if (i == kAbsent) return {};
    if (!kinds_.empty()) return {static_cast<ValueKind>(kinds_[i]), kinds_[i] == 0 ? 0 : bits_[i]};
    return bits_[i] == kMissing ? Cell{} : Cell{uniform_, bits_[i]};
  }
  /// REQUIRES: cell is not Missing; not packed.
  void set(EventIndex e, Cell cell);
  /// Takes as little memory as its values need; from then on it cannot be set. at() takes a nanosecond more.
  void pack();
  std::size_t size_bytes() const {
    return bits_.capacity() * 8 + kinds_.capacity() + present_.capacity() * 8 + before_.capacity() * 4;
  }

 private:
  // Why: no kind uses it: codes and days are small, NaN with this payload is never stored (numbers are
  // finite), and the instant lies outside kFirstTime … kLastTime.
  static constexpr std::uint64_t kMissing = 0xFFF8'DEAD'DEAD'DEADULL;
  static constexpr std::size_t kAbsent = SIZE_MAX;

  bool has(std::size_t i) const { return kinds_.empty() ? bits_[i] != kMissing : kinds_[i] != 0; }
  // Packed: where the value of an event stands among those there are.
  std::size_t place(EventIndex e) const {
    const std::uint64_t word = present_[e / 64], bit = std::uint64_t{1} << (e % 64);
    if ((word & bit) == 0) return kAbsent;
    return before_[e / 64] + static_cast<std::size_t>(std::popcount(word & (bit - 1)));
  }

  ValueKind uniform_ = ValueKind::Missing;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint8_t> kinds_;     // empty while all values have the kind uniform_
  std::vector<std::uint64_t> present_;  // packed: a bit an event
  std::vector<std::uint32_t> before_;   // packed: how many values stand before each word of present_
};

struct TypeInfo {
  std::string name;       // "order.placed"
  std::int32_t rank = 0;  // P-2; from types.toml
};

struct Columns {
  std::vector<std::uint32_t> offsets;  // customers + 1
  std::vector<Timestamp> time;
  std::vector<TypeCode> type;
  /// The event's row in the event log (its number in arrival order), for all that is not here.
  std::vector<std::uint32_t> row;
  /// When it was known (P-17). Empty where every event counts as known from its own time.
  std::vector<Timestamp> known;

  std::vector<TypeInfo> types;  // by TypeCode
  /// `same k`: the value of key k as a text code, kNoText where the event has none.
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> keys;
  /// A name in a guard: the first that the event has of fixed field, key, attribute.
  std::map<std::string, ValueColumn, std::less<>> names;
  /// An attribute alone, for `no later than x` and for what customer.updated says.
  std::map<std::string, ValueColumn, std::less<>> attributes;
  std::shared_ptr<const Texts> texts;  // shared with whoever holds results that name texts

  /// For every event of a customer that stands at the very instant of an organisation's event: how many of
  /// the organisation's events stand before it. Sorted by first. Use organisation_events_before().
  std::vector<std::pair<EventIndex, std::uint32_t>> organisation_ties;

  std::size_t customers() const { return offsets.empty() ? 0 : offsets.size() - 1; }
  std::size_t events() const { return time.size(); }

  /// How many of the organisation's events stand before `e` in the total order. Cost: a binary search.
  std::uint32_t organisation_events_before(EventIndex e) const;
};

/// Which columns a question needs; the loader builds no others.
struct ColumnNeeds {
  std::vector<std::string> keys;
  std::vector<std::string> names;
  std::vector<std::string> attributes;
  bool known = false;
};

}  // namespace handslag::model
