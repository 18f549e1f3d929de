// SPDX-License-Identifier: Apache-2.0
// One customer's events as the front line reads them: the type, the time and the few values that the card
// speaks of. Borrows the columns for as long as it lives; pure; any thread.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "pure/model/columns.h"

namespace handslag::app {

/// What the card looks at, beside type and time. A name that no event carries reads as empty.
enum class CardField : std::uint8_t {
  Matter,
  Order,
  Contact,
  Reason,
  Fact,
  Offer,
  Outcome,
  Channel,
  Unit,
  Product,
  Why,
  CanLeave,
  Binding,
  Protected,
};
inline constexpr std::array<std::string_view, 14> kFieldNames = {
    "matter",  "order", "contact", "reason", "fact",      "offer",   "outcome",
    "channel", "unit",  "product", "why",    "can_leave", "binding", "protected"};

class Reading {
 public:
  Reading(const model::Columns& columns, model::CustomerIndex customer);

  model::EventIndex begin() const { return columns_.offsets[customer_]; }
  model::EventIndex end() const { return columns_.offsets[customer_ + 1]; }
  std::string_view type(model::EventIndex e) const { return columns_.types[columns_.type[e]].name; }
  Timestamp time(model::EventIndex e) const { return columns_.time[e]; }
  /// Empty where the event has no such text.
  std::string_view text(model::EventIndex e, CardField field) const;
  /// Nothing where the event says neither true nor false.
  std::optional<bool> flag(model::EventIndex e, CardField field) const;
  model::Cell cell(model::EventIndex e, CardField field) const;
  /// Of a name that few events carry; looked up each time.
  model::Cell named(model::EventIndex e, std::string_view name) const;
  const model::Columns& columns() const { return columns_; }

 private:
  const model::Columns& columns_;
  model::CustomerIndex customer_;
  std::array<const model::ValueColumn*, kFieldNames.size()> fields_{};
};

}  // namespace handslag::app
