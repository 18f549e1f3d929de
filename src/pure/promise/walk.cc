// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/walk.h"

#include <algorithm>

namespace handslag::promise {

bool Pattern::has_type(model::TypeCode type) const {
  return std::binary_search(types.begin(), types.end(), type);
}

void Walk::append_unknown(EventIndex activation, Timestamp due, model::UnknownCause cause) {
  const std::uint32_t instance = append(activation, due);
  decide(instance, model::Verdict::Unknown, activation);
  at(instance).unknown = cause;
}

bool Walk::is_rescue(EventIndex e) const {
  if (monitor.rescued == nullptr) return false;
  const model::Cell cell = monitor.rescued->at(e);
  return cell.kind == model::ValueKind::Boolean && cell.as_boolean();
}

void Walk::add_witnesses(std::uint32_t instance, std::vector<EventIndex>& events) {
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  for (const EventIndex e : events) add_witness(instance, e);
}

const std::vector<EventIndex>& Walk::updates() {
  if (scratch.has_updates) return scratch.updates;
  scratch.has_updates = true;
  scratch.updates.clear();
  if (!ground_.has_update_type) return scratch.updates;
  const auto& columns = ground_.columns;
  for (EventIndex e = columns.offsets[customer_]; e < columns.offsets[customer_ + 1]; ++e) {
    if (columns.type[e] == ground_.update_type) scratch.updates.push_back(e);
  }
  return scratch.updates;
}

bool Walk::holds_of_customer(const GuardProgram& guard, EventIndex e, bool as_known_then) {
  const auto& all = updates();
  const auto end = std::lower_bound(all.begin(), all.end(), e);
  const auto& known = ground_.columns.known;
  return guard.holds_for([&](const model::ValueColumn& column) -> model::Cell {
    for (auto update = end; update != all.begin();) {
      --update;
      if (as_known_then && !known.empty() && known[*update] > time(e)) continue;
      if (const model::Cell cell = column.at(*update); !cell.missing()) return cell;
    }
    return {};
  });
}

}  // namespace handslag::promise
