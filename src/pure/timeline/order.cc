// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/order.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace handslag::timeline {
namespace {

using model::CustomerIndex;
using model::EventIndex;

// P-2 without the id.
class Before {
 public:
  Before(const model::Columns& columns, const OrderKeys& keys) : columns_(columns), keys_(keys) {}

  bool operator()(EventIndex a, EventIndex b) const { return compare(a, b) < 0; }
  bool equal(EventIndex a, EventIndex b) const { return compare(a, b) == 0; }

 private:
  template <typename T>
  static int sign(const T& a, const T& b) {
    return a < b ? -1 : (b < a ? 1 : 0);
  }

  int compare(EventIndex a, EventIndex b) const {
    if (const int by_time = sign(columns_.time[a], columns_.time[b])) return by_time;
    if (const int by_rank = sign(rank(a), rank(b))) return by_rank;
    if (const int by_source = sign(keys_.source[a], keys_.source[b])) return by_source;
    return sign(keys_.sequence[a], keys_.sequence[b]);
  }
  std::int32_t rank(EventIndex e) const { return columns_.types[columns_.type[e]].rank; }

  const model::Columns& columns_;
  const OrderKeys& keys_;
};

// Moves values[first + i] to where order says: afterwards values[first + i] is what was at order[i].
template <typename T>
void permute(std::vector<T>& values, EventIndex first, const std::vector<EventIndex>& order,
             std::vector<T>& scratch) {
  if (values.empty()) return;
  scratch.clear();
  for (const EventIndex from : order) scratch.push_back(values[from]);
  std::copy(scratch.begin(), scratch.end(), values.begin() + first);
}

struct Scratch {
  std::vector<EventIndex> order;
  std::vector<Timestamp> times;
  std::vector<model::TypeCode> types;
  std::vector<std::uint32_t> rows;
  std::vector<std::uint16_t> sources;
  std::vector<std::int64_t> sequences;
};

void permute_columns(model::Columns& columns, EventIndex first, Scratch& scratch) {
  permute(columns.time, first, scratch.order, scratch.times);
  permute(columns.type, first, scratch.order, scratch.types);
  permute(columns.row, first, scratch.order, scratch.rows);
  permute(columns.known, first, scratch.order, scratch.times);
}

void sort_range(model::Columns& columns, OrderKeys& keys, EventIndex first, EventIndex last,
                Scratch& scratch) {
  const Before before(columns, keys);
  bool sorted = true;
  for (EventIndex e = first + 1; e < last && sorted; ++e) sorted = !before(e, e - 1);
  if (sorted) return;
  scratch.order.resize(last - first);
  std::iota(scratch.order.begin(), scratch.order.end(), first);
  std::sort(scratch.order.begin(), scratch.order.end(), before);
  permute_columns(columns, first, scratch);
  permute(keys.source, first, scratch.order, scratch.sources);
  permute(keys.sequence, first, scratch.order, scratch.sequences);
}

}  // namespace

void order_customers(model::Columns& columns, OrderKeys& keys, CustomerIndex from, CustomerIndex to,
                     std::vector<std::pair<EventIndex, EventIndex>>& ties) {
  const Before before(columns, keys);
  Scratch scratch;
  for (CustomerIndex c = from; c < to; ++c) {
    const EventIndex first = columns.offsets[c];
    const EventIndex last = columns.offsets[c + 1];
    sort_range(columns, keys, first, last, scratch);
    for (EventIndex run = first; run < last;) {
      EventIndex next = run + 1;
      while (next < last && before.equal(run, next)) ++next;
      if (next - run > 1) ties.emplace_back(run, next);
      run = next;
    }
  }
}

void order_ties(model::Columns& columns, const std::vector<std::pair<EventIndex, EventIndex>>& ties,
                const IdOfRow& id_of_row) {
  std::vector<std::pair<std::string, EventIndex>> named;
  Scratch scratch;
  for (const auto& [first, last] : ties) {
    named.clear();
    for (EventIndex e = first; e < last; ++e) named.emplace_back(id_of_row(columns.row[e]), e);
    std::sort(named.begin(), named.end());
    scratch.order.clear();
    for (const auto& [id, event] : named) scratch.order.push_back(event);
    permute_columns(columns, first, scratch);
  }
}

void find_organisation_ties(model::Columns& columns, const OrderKeys& keys, const IdOfRow& id_of_row) {
  columns.organisation_ties.clear();
  if (columns.offsets.size() < 2 || columns.offsets[1] == 0) return;
  const Before before(columns, keys);
  const auto begin = columns.time.begin();
  const auto end = begin + columns.offsets[1];
  for (EventIndex e = columns.offsets[1]; e < columns.events(); ++e) {
    auto same_time = std::lower_bound(begin, end, columns.time[e]);
    if (same_time == end || *same_time != columns.time[e]) continue;
    auto organisation = static_cast<EventIndex>(same_time - begin);
    const auto stands_before = [&](EventIndex o) {
      return before(o, e) || (before.equal(o, e) && id_of_row(columns.row[o]) < id_of_row(columns.row[e]));
    };
    while (organisation < columns.offsets[1] && columns.time[organisation] == columns.time[e] &&
           stands_before(organisation)) {
      ++organisation;
    }
    columns.organisation_ties.emplace_back(e, organisation);
  }
}

}  // namespace handslag::timeline
