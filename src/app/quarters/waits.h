// SPDX-License-Identifier: Apache-2.0
// How long customers wait for a human. Internal to app/quarters. Pure.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "app/frontline/reading.h"
#include "pure/model/columns.h"

namespace handslag::app {

/// Values by name, of any event. Borrows the columns.
class ReadNames {
 public:
  explicit ReadNames(const model::Columns& columns) : columns_(columns) {}
  /// Empty where the event has no such text.
  std::string_view text(model::EventIndex e, std::string_view name) const;
  std::optional<double> number(model::EventIndex e, std::string_view name) const;

 private:
  model::Cell cell(model::EventIndex e, std::string_view name) const;
  const model::Columns& columns_;
};

inline constexpr std::int64_t kNeverAnswered = std::numeric_limits<std::int64_t>::max();

struct Wait {
  Timestamp from;
  std::int64_t us = kNeverAnswered;
};

/// One for each call and chat of hers that has a key.
std::vector<Wait> waits_of(const Reading& reading, const ReadNames& names);

/// Nothing of no waits, or where half were never answered. Reorders them.
std::optional<double> median_minutes(std::vector<std::int64_t>& waits);

}  // namespace handslag::app
