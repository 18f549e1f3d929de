// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/order.h"

#include <algorithm>
#include <tuple>

namespace handslag::timeline {
namespace {

using model::CustomerIndex;
using model::EventIndex;
using Events = std::vector<PlacedEvent>;

// P-2 without the id.
class Before {
 public:
  explicit Before(const model::Columns& columns) : types_(columns.types) {}

  bool operator()(const PlacedEvent& a, const PlacedEvent& b) const {
    // OPTIMIZATION: times mostly differ.
    return a.time != b.time ? a.time < b.time : rest(a) < rest(b);
  }
  bool equal(const PlacedEvent& a, const PlacedEvent& b) const {
    return a.time == b.time && rest(a) == rest(b);
  }

 private:
  std::tuple<std::int32_t, std::uint16_t, std::int64_t> rest(const PlacedEvent& event) const {
    return {types_[event.type].rank, event.source, event.sequence};
  }
  const std::vector<model::TypeInfo>& types_;
};

void find_ties(const Before& before, EventIndex first, EventIndex last, const Events& events,
               std::vector<Tie>& ties) {
  for (EventIndex run = first; run < last;) {
    EventIndex next = run + 1;
    while (next < last && before.equal(events[run], events[next])) ++next;
    if (next - run > 1) ties.emplace_back(run, next);
    run = next;
  }
}

// Calls meet(o, e) for every event e of a customer and every event o of the organisation at the same instant.
template <typename Meet>
void each_meeting(const model::Columns& columns, const Events& events, Meet meet) {
  const EventIndex end = columns.offsets.size() < 2 ? 0 : columns.offsets[1];
  const auto by_time = [](const PlacedEvent& event, Timestamp time) { return event.time < time; };
  const auto organisation_end = events.begin() + end;
  for (EventIndex e = end; end > 0 && e < events.size(); ++e) {
    const auto from = std::lower_bound(events.begin(), organisation_end, events[e].time, by_time);
    for (auto o = from; o != organisation_end && o->time == events[e].time; ++o) {
      meet(static_cast<EventIndex>(o - events.begin()), e);
    }
  }
}

}  // namespace

void order_customers(const model::Columns& columns, CustomerIndex from, CustomerIndex to, Events& events,
                     std::vector<Tie>& ties) {
  const Before before(columns);
  for (CustomerIndex c = from; c < to; ++c) {
    const auto first = events.begin() + columns.offsets[c];
    const auto last = events.begin() + columns.offsets[c + 1];
    if (!std::is_sorted(first, last, before)) std::sort(first, last, before);
    find_ties(before, columns.offsets[c], columns.offsets[c + 1], events, ties);
  }
}

void order_ties(const std::vector<Tie>& ties, const IdOfRow& id_of_row, Events& events) {
  std::vector<std::pair<std::string, PlacedEvent>> named;
  for (const auto& [first, last] : ties) {
    named.clear();
    for (EventIndex e = first; e < last; ++e) named.emplace_back(id_of_row(events[e].row), events[e]);
    std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (EventIndex e = first; e < last; ++e) events[e] = named[e - first].second;
  }
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> rows_tied_with_organisation(
    const model::Columns& columns, const Events& events) {
  const Before before(columns);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;
  each_meeting(columns, events, [&](EventIndex o, EventIndex e) {
    if (before.equal(events[o], events[e])) rows.emplace_back(events[o].row, events[e].row);
  });
  return rows;
}

void find_organisation_ties(const Events& events, const IdOfRow& id_of_row, model::Columns& columns) {
  const Before before(columns);
  auto& ties = columns.organisation_ties;
  ties.clear();
  each_meeting(columns, events, [&](EventIndex o, EventIndex e) {
    if (ties.empty() || ties.back().first != e) ties.emplace_back(e, o);
    const bool stands_before =
        before(events[o], events[e]) ||
        (before.equal(events[o], events[e]) && id_of_row(events[o].row) < id_of_row(events[e].row));
    if (stands_before) ties.back().second = o + 1;
  });
}

void copy_events(const Events& events, model::Columns& columns) {
  columns.time.reserve(events.size());
  columns.type.reserve(events.size());
  columns.row.reserve(events.size());
  for (const PlacedEvent& event : events) {
    columns.time.push_back(event.time);
    columns.type.push_back(event.type);
    columns.row.push_back(event.row);
  }
}

}  // namespace handslag::timeline
