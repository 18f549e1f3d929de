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

// Calls meet(e, first, last) for every event e of a customer with the range of the organisation's events at
// the same instant, where there are any.
template <typename Meet>
void each_meeting(const model::Columns& columns, const Events& events, Meet meet) {
  const EventIndex end = columns.offsets.size() < 2 ? 0 : columns.offsets[1];
  const auto begin = events.begin(), organisation_end = events.begin() + end;
  for (EventIndex e = end; end > 0 && e < events.size(); ++e) {
    const Timestamp time = events[e].time;
    const auto first = std::lower_bound(begin, organisation_end, time,
                                        [](const PlacedEvent& it, Timestamp t) { return it.time < t; });
    if (first == organisation_end || first->time != time) continue;
    const auto last = std::upper_bound(first, organisation_end, time,
                                       [](Timestamp t, const PlacedEvent& it) { return t < it.time; });
    meet(e, static_cast<EventIndex>(first - begin), static_cast<EventIndex>(last - begin));
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

std::vector<std::uint32_t> rows_tied_with_organisation(const model::Columns& columns, const Events& events) {
  const Before before(columns);
  std::vector<std::uint32_t> rows;
  std::vector<bool> has_run(columns.offsets.size() < 2 ? 0 : columns.offsets[1], false);  // by its first
  each_meeting(columns, events, [&](EventIndex e, EventIndex first, EventIndex last) {
    const auto [from, to] =
        std::equal_range(events.begin() + first, events.begin() + last, events[e], before);
    if (from == to) return;
    rows.push_back(events[e].row);
    const auto run = static_cast<std::size_t>(from - events.begin());
    if (has_run[run]) return;
    has_run[run] = true;
    for (auto o = from; o != to; ++o) rows.push_back(o->row);
  });
  return rows;
}

void find_organisation_ties(const Events& events, const IdOfRow& id_of_row, model::Columns& columns) {
  const Before before(columns);
  auto& ties = columns.organisation_ties;
  ties.clear();
  each_meeting(columns, events, [&](EventIndex e, EventIndex first, EventIndex last) {
    // They lie in the order of P-2, so those before e come first.
    const auto behind =
        std::partition_point(events.begin() + first, events.begin() + last, [&](const PlacedEvent& o) {
          return before(o, events[e]) ||
                 (before.equal(o, events[e]) && id_of_row(o.row) < id_of_row(events[e].row));
        });
    ties.emplace_back(e, static_cast<EventIndex>(behind - events.begin()));
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
