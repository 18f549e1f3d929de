// SPDX-License-Identifier: Apache-2.0
// Columns that go on growing: those that a load gave, and what has arrived since, a customer at a time. The
// live path gathers the few customers that something happened to and evaluates them as a batch would
// (pure/promise/evaluate.h), so that both give the same verdicts.
//
//   LiveColumns live(std::move(loaded.columns), needs, ranks, order_of_row);
//   live.add(customer, arrival);
//   const model::Columns& columns = live.gather(touched);   // customer 0, then touched[0], touched[1] …
//
// (1) A correction, or an event of a type or source that changes what a load would do with others, is not
// for here: load anew. (2) Customer indices of the load stay valid; new ones follow them. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pure/model/columns.h"

namespace handslag::timeline {

/// Where an event has a value, in the order in which a guard prefers them: the last counts.
enum class ValuePlace : std::uint8_t { Attribute = 0, Key = 1, Fixed = 2 };

struct ArrivedValue {
  std::string_view name;
  ValuePlace place = ValuePlace::Attribute;
  model::Cell cell;  // texts by the codes of the columns' texts
};

/// An event that has just arrived. Values in the order of ValuePlace.
struct Arrival {
  std::uint32_t row = 0;
  Timestamp time, known;
  std::int64_t sequence = 0;
  std::string_view type, source, id;
  std::vector<ArrivedValue> values;
};

/// What orders events of one instant and rank (P-2).
struct RowOrder {
  std::string source;
  std::int64_t sequence = 0;
  std::string id;
  friend auto operator<=>(const RowOrder&, const RowOrder&) = default;
};

class LiveColumns {
 public:
  /// Of an event that came with the load; asked only where instant and rank are equal.
  using OrderOfRow = std::function<RowOrder(std::uint32_t row)>;

  LiveColumns(model::Columns base, model::ColumnNeeds needs, std::map<std::string, std::int32_t> ranks,
              OrderOfRow order_of_row);

  /// REQUIRES: rows ascend. Cost: a few small allocations.
  void add(model::CustomerIndex customer, const Arrival& arrival);
  /// From now on `into` has the events of both; the index `absorbed` is dead.
  void join(model::CustomerIndex into, model::CustomerIndex absorbed);

  /// The organisation and the customers named, in the order given: customers[i] is customer i + 1 of the
  /// result. Valid until the next call. REQUIRES: distinct, none of them the organisation nor dead.
  /// Cost: O(their events, and the organisation's, × columns).
  const model::Columns& gather(std::span<const model::CustomerIndex> customers);

  /// Customers, the organisation left out, with an event whose value of the name is this text: its key where
  /// keys of that name were asked for, else what a guard sees; at most `limit`, each once. Indices that have
  /// been absorbed stand as they are. Cost: linear in all events, for keys under half a millisecond a
  /// million.
  std::vector<model::CustomerIndex> customers_with(std::string_view name, std::uint32_t text,
                                                   std::size_t limit) const;

  /// Customers, the organisation left out, with an event at `from` or later, ascending; those absorbed stand
  /// as they are. Cost: linear in customers and in what arrived.
  std::vector<model::CustomerIndex> customers_since(Timestamp from) const;

  /// Source, sequence and id of an event that arrived since the load; nothing for others.
  const RowOrder* arrived_order(std::uint32_t row) const;

  /// One more than the greatest index in use.
  std::size_t customers() const { return customers_; }
  /// Events that arrived since the load.
  std::size_t arrived() const { return arrived_.size(); }
  /// Memory of the columns and of what arrived, without the texts. Cost: O(columns).
  std::size_t size_bytes() const;
  const std::vector<model::TypeInfo>& types() const { return base_.types; }
  /// The code of a type; new ones get the next.
  model::TypeCode type_code(std::string_view name);

 private:
  // An event that is gathered: of the base by its index, or one that arrived, with kArrivedBit.
  struct Placed {
    Timestamp time;
    std::int32_t rank = 0;
    std::uint32_t reference = 0;
  };
  struct StoredValue {
    std::uint16_t name = 0;  // index into names_
    ValuePlace place;
    model::Cell cell;
  };
  struct Arrived {
    Timestamp time, known;
    std::uint32_t row = 0;
    model::TypeCode type = 0;
    std::uint32_t first_value = 0, values = 0;
    RowOrder order;
  };
  static constexpr std::uint32_t kArrivedBit = 0x8000'0000U;

  void place_base(model::CustomerIndex customer, std::vector<Placed>& into) const;
  std::vector<Placed> places_of(model::CustomerIndex customer) const;
  bool before(const Placed& a, const Placed& b) const;
  RowOrder order_of(const Placed& placed) const;
  void find_organisation_ties(const std::vector<Placed>& placed);
  void fill(const std::vector<Placed>& placed);
  void fill_base_values(const std::vector<Placed>& placed);
  void fill_arrived_values(const std::vector<Placed>& placed);
  bool knows_more_than_time(const std::vector<Placed>& placed) const;

  model::Columns base_;
  model::ColumnNeeds needs_;
  std::map<std::string, std::int32_t> ranks_;
  OrderOfRow order_of_row_;
  std::size_t customers_ = 0;
  std::map<std::string, model::TypeCode, std::less<>> type_codes_;
  std::vector<std::string> names_;  // asked for, by the index that StoredValue has
  std::map<std::string, std::uint16_t, std::less<>> name_index_;
  std::vector<Arrived> arrived_;
  std::vector<StoredValue> values_;
  std::unordered_map<model::CustomerIndex, std::vector<std::uint32_t>> arrived_of_;
  std::unordered_map<model::CustomerIndex, std::vector<model::CustomerIndex>> joined_;  // base indices
  model::Columns gathered_;
};

}  // namespace handslag::timeline
