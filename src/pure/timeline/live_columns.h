// SPDX-License-Identifier: Apache-2.0
// Columns that go on growing: those that a load gave, and what has arrived since, a customer at a time. The
// live path gathers the few customers that something happened to and evaluates them as a batch would
// (pure/promise/evaluate.h), so that both give the same verdicts.
//
//   LiveColumns live(std::move(loaded.columns), needs, ranks, order_of_row);
//   live.add(customer, arrival);
//   const model::Columns& columns = live.gather(touched);   // customer 0, then touched[0], touched[1] …
//
// (1) An event of a type or source that changes what a load would do with others is not for here: load anew.
// So is a correction, but for one that takes off one event and decides nothing else (withdraw). (2) Customer
// indices of the load stay valid; new ones follow them. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "pure/model/columns.h"
#include "pure/timeline/arrived_events.h"

namespace handslag::timeline {

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

/// An event of the load by its index in the base, or one that arrived since, by its number with kArrivedBit.
/// Stays what it is until the next load.
using EventReference = std::uint32_t;

class LiveColumns;

/// All events as they stood at one moment, for another thread to read while LiveColumns goes on growing. Any
/// one thread.
class SharedEvents {
 public:
  /// Of events, values by their references. Must not outlive this.
  std::function<Timestamp(EventReference)> times() const;
  /// What a guard sees of a name; Missing where the event has none. REQUIRES: keeps(name).
  std::function<model::Cell(EventReference)> values(std::string_view name) const;
  /// Whether values of the name are kept; where they are not, an event may have one all the same.
  bool keeps(std::string_view name) const;
  /// Whether an event of the load has a value of the name, be it withdrawn since.
  bool carries(std::string_view name) const;
  const model::Texts* texts() const;
  std::size_t events() const;
  /// The latest time of any event; kFirstTime where there is none.
  Timestamp last() const;

  /// Calls take(columns, customer) for each customer, the organisation left out, by ascending index, with
  /// columns in which `customer` has all her events. Cost: that of gather() for those of whom events have
  /// arrived or who were joined.
  void each_customer(
      const std::function<void(const model::Columns& columns, model::CustomerIndex customer)>& take) const;

  /// One customer's events, in columns in which she has all of them, or may have another index.
  struct Placed {
    const model::Columns& columns;
    model::CustomerIndex place = 0;  // hers in `columns`
    model::CustomerIndex customer = 0;
    /// Where an event of hers stands in `columns`, or one of the organisation that came with the load, or any
    /// of the organisation where wants_arrived(customer).
    std::function<model::EventIndex(EventReference)> index_of;
  };
  /// The same for these, but for those that have been absorbed. REQUIRES: ascending, none the organisation.
  void each_of(std::span<const model::CustomerIndex> customers,
               const std::function<bool(model::CustomerIndex)>& wants_arrived,
               const std::function<void(const Placed&)>& take) const;
  /// The organisation and these alone, in the order given: customers[i] is customer i + 1. REQUIRES:
  /// distinct, none of them the organisation nor absorbed. Cost: that of LiveColumns::gather(), and linear in
  /// what arrived.
  model::Columns gather(std::span<const model::CustomerIndex> customers) const;
  /// Whether the event has come since the load.
  static bool has_arrived(EventReference event);

  /// Customers, the organisation left out, with an event of one of these types at from ≤ t ≤ to, ascending.
  /// Cost: linear in customers, in what is younger than `from`, and in what arrived.
  std::vector<model::CustomerIndex> customers_with(std::span<const std::string_view> types, Timestamp from,
                                                   Timestamp to) const;

 private:
  friend class LiveColumns;
  std::shared_ptr<const LiveColumns> all_;  // lacks arrived_of_
};

class LiveColumns {
 public:
  /// Of events that came with the load, one for each row. Asked only where instant and rank are equal.
  using OrdersOfRows = std::function<Result<std::vector<RowOrder>>(std::span<const std::uint32_t> rows)>;

  LiveColumns(model::Columns base, model::ColumnNeeds needs, std::map<std::string, std::int32_t> ranks,
              OrdersOfRows orders_of_rows);

  /// REQUIRES: rows ascend. Cost: a few small allocations.
  void add(model::CustomerIndex customer, const Arrival& arrival);
  /// From now on `into` has the events of both; the index `absorbed` is dead.
  void join(model::CustomerIndex into, model::CustomerIndex absorbed);
  /// The customer's event of this row stands no more. False: she has none of that row. Cost: O(her events),
  /// and after a share a copy of what was withdrawn since the load.
  bool withdraw(model::CustomerIndex customer, std::uint32_t row);
  /// Asks, once, for the orders of those that tie with what was added or joined. To be called after these and
  /// before anything else. An Error is what was answered: then nothing may be asked of this any more. Cost,
  /// where one of the organisation was added: linear in all events.
  Status read_orders();

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

  /// Which event the last gather() put at this place.
  EventReference reference(model::EventIndex gathered) const { return references_[gathered]; }
  /// Everything as it stands now. Cost: O(names + arrived / 1,000).
  SharedEvents share() const;

  /// Source, sequence and id of an event that arrived since the load; nothing for others.
  const RowOrder* arrived_order(std::uint32_t row) const;

  /// One more than the greatest index in use.
  std::size_t customers() const { return customers_; }
  /// Events that arrived since the load.
  std::size_t arrived() const { return arrived_.size(); }
  /// Memory of the columns and of what arrived, without the texts. Cost: O(columns).
  std::size_t size_bytes() const;
  const std::vector<model::TypeInfo>& types() const { return types_; }
  /// The code of a type; new ones get the next.
  model::TypeCode type_code(std::string_view name);

 private:
  // An event that is gathered: of the base by its index, or one that arrived, with kArrivedBit.
  struct Placed {
    Timestamp time;
    std::int32_t rank = 0;
    EventReference reference = 0;
  };
  static constexpr EventReference kArrivedBit = 0x8000'0000U;
  friend class SharedEvents;
  struct Sharing {};

  // What another thread reads: all but arrived_of_.
  LiveColumns(const LiveColumns& from, Sharing);
  void find_arrived_of();
  bool stands(EventReference event) const { return withdrawn_->empty() || !withdrawn_->contains(event); }
  std::optional<EventReference> event_in_row(model::CustomerIndex customer, std::uint32_t row) const;
  model::CustomerIndex owner(model::EventIndex base) const;
  std::unordered_map<model::CustomerIndex, model::CustomerIndex> absorbed() const;  // and by whom

  void place_base(model::CustomerIndex customer, std::vector<Placed>& into) const;
  std::vector<Placed> places_of(model::CustomerIndex customer) const;
  bool before(const Placed& a, const Placed& b) const;
  bool before_of_load(EventReference a, EventReference b) const;
  const RowOrder& order_of(const Placed& placed) const;
  void want_ties(model::CustomerIndex customer, Timestamp time, std::int32_t rank);
  void want_ties_of(model::CustomerIndex customer, Timestamp time, std::int32_t rank);
  void want_ties_with_organisation();
  void want_ties_of_joined(model::CustomerIndex customer);
  model::EventIndex gathered_index(EventReference event, model::CustomerIndex place) const;
  void find_organisation_ties(const std::vector<Placed>& placed);
  void fill(const std::vector<Placed>& placed);
  void fill_base_values(const std::vector<Placed>& placed);
  void fill_arrived_values(const std::vector<Placed>& placed);
  bool knows_more_than_time(const std::vector<Placed>& placed) const;

  const std::shared_ptr<const model::Columns> base_;  // with whoever has a share of it
  std::vector<model::TypeInfo> types_;                // the base's, and those that came since
  model::ColumnNeeds needs_;
  std::map<std::string, std::int32_t> ranks_;
  OrdersOfRows orders_of_rows_;
  using Orders = std::unordered_map<std::uint32_t, RowOrder>;    // by row
  std::shared_ptr<Orders> orders_ = std::make_shared<Orders>();  // never changed once it is shared
  mutable bool has_shared_orders_ = false;
  std::shared_ptr<std::set<EventReference>> withdrawn_ =
      std::make_shared<std::set<EventReference>>();  // likewise
  mutable bool has_shared_withdrawn_ = false;
  // read_orders() is owed for these, and for what stands where one of the organisation has arrived.
  std::vector<std::uint32_t> wanted_rows_;
  std::vector<std::pair<Timestamp, std::int32_t>> organisation_instants_;
  std::size_t customers_ = 0;
  std::map<std::string, model::TypeCode, std::less<>> type_codes_;
  std::vector<std::string> names_;  // asked for, by the index that StoredValue has
  std::map<std::string, std::uint16_t, std::less<>> name_index_;
  ArrivedEvents arrived_;
  std::unordered_map<model::CustomerIndex, std::vector<std::uint32_t>> arrived_of_;
  std::unordered_map<model::CustomerIndex, std::vector<model::CustomerIndex>> joined_;  // base indices
  model::Columns gathered_;
  std::vector<EventReference> references_;  // by place in gathered_
};

}  // namespace handslag::timeline
