// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/as_known.h"

#include <algorithm>
#include <vector>

namespace handslag::timeline {
namespace {

using model::Columns;
using model::EventIndex;

std::vector<EventIndex> known_by(const Columns& columns, Timestamp then) {
  const std::vector<Timestamp>& known = columns.known.empty() ? columns.time : columns.known;
  std::vector<EventIndex> kept;
  for (EventIndex e = 0; e < columns.events(); ++e)
    if (known[e] <= then) kept.push_back(e);
  return kept;
}

template <typename T>
std::vector<T> picked(const std::vector<T>& from, const std::vector<EventIndex>& kept) {
  std::vector<T> values;
  if (from.empty()) return values;
  values.reserve(kept.size());
  for (const EventIndex e : kept) values.push_back(from[e]);
  return values;
}

model::ValueColumn picked(const model::ValueColumn& from, const std::vector<EventIndex>& kept) {
  model::ValueColumn values(kept.size());
  for (EventIndex e = 0; e < kept.size(); ++e)
    if (const model::Cell cell = from.at(kept[e]); cell.kind != model::ValueKind::Missing)
      values.set(e, cell);
  return values;
}

// How many of the kept stand before `e`.
EventIndex place_of(EventIndex e, const std::vector<EventIndex>& kept) {
  return static_cast<EventIndex>(std::lower_bound(kept.begin(), kept.end(), e) - kept.begin());
}

}  // namespace

Columns as_known_at(const Columns& columns, Timestamp then) {
  const std::vector<EventIndex> kept = known_by(columns, then);
  Columns earlier;
  for (const std::uint32_t offset : columns.offsets) earlier.offsets.push_back(place_of(offset, kept));
  earlier.time = picked(columns.time, kept);
  earlier.type = picked(columns.type, kept);
  earlier.row = picked(columns.row, kept);
  earlier.known = picked(columns.known, kept);
  earlier.types = columns.types;
  earlier.texts = columns.texts;
  for (const auto& [name, codes] : columns.keys) earlier.keys.emplace(name, picked(codes, kept));
  for (const auto& [name, values] : columns.names) earlier.names.emplace(name, picked(values, kept));
  for (const auto& [name, values] : columns.attributes)
    earlier.attributes.emplace(name, picked(values, kept));
  for (const auto& [e, before] : columns.organisation_ties) {
    const EventIndex place = place_of(e, kept);
    if (place < kept.size() && kept[place] == e)
      earlier.organisation_ties.emplace_back(place, place_of(before, kept));
  }
  return earlier;
}

}  // namespace handslag::timeline
