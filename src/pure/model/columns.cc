// SPDX-License-Identifier: Apache-2.0
#include "pure/model/columns.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace handslag::model {

void ValueColumn::set(EventIndex e, Cell cell) {
  HANDSLAG_DCHECK(present_.empty(), "a packed column is not set");
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

void ValueColumn::pack() {
  const std::size_t events = bits_.size();
  std::size_t values = 0;
  for (std::size_t i = 0; i < events; ++i) values += has(i) ? 1U : 0U;
  if (!present_.empty() || values > events / 2)
    return;  // Why a half: as it stands it is as small, and faster
  std::vector<std::uint64_t> bits, present((events + 63) / 64, 0);
  std::vector<std::uint32_t> before(present.size(), 0);
  std::vector<std::uint8_t> kinds;
  bits.reserve(values);
  if (!kinds_.empty()) kinds.reserve(values);
  for (std::size_t i = 0; i < events; ++i) {
    if (i % 64 == 0) before[i / 64] = static_cast<std::uint32_t>(bits.size());
    if (!has(i)) continue;
    present[i / 64] |= std::uint64_t{1} << (i % 64);
    bits.push_back(bits_[i]);
    if (!kinds_.empty()) kinds.push_back(kinds_[i]);
  }
  bits_ = std::move(bits), kinds_ = std::move(kinds), present_ = std::move(present),
  before_ = std::move(before);
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
