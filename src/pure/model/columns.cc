// SPDX-License-Identifier: Apache-2.0
#include "pure/model/columns.h"

#include <algorithm>

namespace handslag::model {

void ValueColumn::set(EventIndex e, Cell cell) {
  if (uniform_ == ValueKind::Missing) uniform_ = cell.kind;
  if (cell.kind != uniform_ && kinds_.empty()) {
    kinds_.resize(bits_.size());
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      kinds_[i] = static_cast<std::uint8_t>(bits_[i] == kMissing ? ValueKind::Missing : uniform_);
    }
  }
  bits_[e] = cell.bits;
  if (!kinds_.empty()) kinds_[e] = static_cast<std::uint8_t>(cell.kind);
}

std::uint32_t Columns::organisation_events_before(EventIndex e) const {
  const auto tie =
      std::lower_bound(organisation_ties.begin(), organisation_ties.end(), e,
                       [](const auto& entry, EventIndex wanted) { return entry.first < wanted; });
  if (tie != organisation_ties.end() && tie->first == e) return tie->second;
  const auto begin = time.begin();
  const auto end = begin + offsets[1];
  return static_cast<std::uint32_t>(std::lower_bound(begin, end, time[e]) - begin);
}

}  // namespace handslag::model
