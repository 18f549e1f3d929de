// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/live_columns.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "pure/timeline/names.h"

namespace handslag::timeline {

using model::CustomerIndex;
using model::EventIndex;

namespace {

std::shared_ptr<const model::Columns> packed(model::Columns&& columns) {
  for (auto* named : {&columns.names, &columns.attributes})
    for (auto& [name, column] : *named) column.pack();
  return std::make_shared<const model::Columns>(std::move(columns));
}

}  // namespace

std::function<Timestamp(EventReference)> SharedEvents::times() const {
  return [base = all_->base_.get(), arrived = &all_->arrived_](EventReference event) {
    const bool is_arrived = (event & LiveColumns::kArrivedBit) != 0;
    return is_arrived ? (*arrived)[event & ~LiveColumns::kArrivedBit].time : base->time[event];
  };
}

std::function<model::Cell(EventReference)> SharedEvents::values(std::string_view name) const {
  const auto& names = all_->base_->names;
  const auto column = names.find(name);
  const auto kept = all_->name_index_.find(name);
  HANDSLAG_CHECK(kept != all_->name_index_.end(), "a name whose values are kept");
  return [of_base = column == names.end() ? nullptr : &column->second, arrived = &all_->arrived_,
          index = kept->second](EventReference event) {
    if ((event & LiveColumns::kArrivedBit) != 0)
      return arrived->value(event & ~LiveColumns::kArrivedBit, index);
    return of_base == nullptr ? model::Cell{} : of_base->at(event);
  };
}

bool SharedEvents::keeps(std::string_view name) const {
  const auto& names = all_->needs_.names;
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool SharedEvents::carries(std::string_view name) const {
  return all_->base_->names.contains(name);
}

const model::Texts* SharedEvents::texts() const {
  return all_->base_->texts.get();
}

std::size_t SharedEvents::events() const {
  return all_->base_->events() + all_->arrived_.size() - all_->withdrawn_->size();
}

Timestamp SharedEvents::last() const {
  Timestamp last = kFirstTime;
  const auto look_at = [&](Timestamp time, EventReference event) {
    if (time > last && all_->stands(event)) last = time;
  };
  for (EventIndex e = 0; e < all_->base_->events(); ++e) look_at(all_->base_->time[e], e);
  for (std::uint32_t i = 0; i < all_->arrived_.size(); ++i)
    look_at(all_->arrived_[i].time, i | LiveColumns::kArrivedBit);
  return last;
}

void SharedEvents::each_customer(
    const std::function<void(const model::Columns& columns, CustomerIndex customer)>& take) const {
  std::vector<CustomerIndex> everyone;
  for (CustomerIndex customer = 1; customer < all_->customers_; ++customer) everyone.push_back(customer);
  each_of(
      everyone, [](CustomerIndex) { return false; },
      [&](const Placed& hers) { take(hers.columns, hers.place); });
}

bool SharedEvents::has_arrived(EventReference event) {
  return (event & LiveColumns::kArrivedBit) != 0;
}

void SharedEvents::each_of(std::span<const CustomerIndex> customers,
                           const std::function<bool(CustomerIndex)>& wants_arrived,
                           const std::function<void(const Placed&)>& take) const {
  constexpr std::size_t kAtOnce = 256;
  LiveColumns own(*all_, LiveColumns::Sharing{});
  own.find_arrived_of();
  const auto absorbed = own.absorbed();
  std::set<CustomerIndex> has_lost;  // events of the load
  for (const EventReference event : *own.withdrawn_)
    if (!has_arrived(event)) has_lost.insert(own.owner(event));
  const auto is_grown = [&](CustomerIndex customer) {
    return own.arrived_of_.contains(customer) || own.joined_.contains(customer) ||
           has_lost.contains(customer) || wants_arrived(customer);
  };
  std::vector<CustomerIndex> group, gathered;  // the second in the order of the first
  const auto take_group = [&] {
    if (!gathered.empty()) own.gather(gathered);
    CustomerIndex place = 0;
    for (const CustomerIndex customer : group) {
      const bool is_gathered = place < gathered.size() && gathered[place] == customer;
      if (is_gathered) {
        ++place;
        take({own.gathered_, place, customer,
              [&own, place](EventReference event) { return own.gathered_index(event, place); }});
      } else {
        take({*own.base_, customer, customer, [](EventReference event) { return event; }});
      }
    }
    group.clear();
    gathered.clear();
  };
  for (const CustomerIndex customer : customers) {
    const bool grows = is_grown(customer);
    if (absorbed.contains(customer) || (!grows && customer >= own.base_->customers())) continue;
    group.push_back(customer);
    if (grows) gathered.push_back(customer);
    if (gathered.size() == kAtOnce) take_group();
  }
  take_group();
}

model::Columns SharedEvents::gather(std::span<const CustomerIndex> customers) const {
  LiveColumns own(*all_, LiveColumns::Sharing{});
  own.find_arrived_of();
  own.gather(customers);
  return std::move(own.gathered_);
}

std::vector<CustomerIndex> SharedEvents::customers_with(std::span<const std::string_view> types,
                                                        Timestamp from, Timestamp to) const {
  const model::Columns& base = *all_->base_;
  std::vector<bool> is_asked(all_->types_.size(), false);
  for (const std::string_view type : types) {
    const auto code = all_->type_codes_.find(type);
    if (code != all_->type_codes_.end()) is_asked[code->second] = true;
  }
  const auto absorbed = all_->absorbed();
  std::vector<CustomerIndex> found;
  const auto add = [&](CustomerIndex customer) {
    const auto into = absorbed.find(customer);
    found.push_back(into == absorbed.end() ? customer : into->second);
  };
  for (CustomerIndex c = 1; c < base.customers(); ++c) {
    for (EventIndex e = base.offsets[c + 1]; e > base.offsets[c] && base.time[e - 1] >= from; --e) {
      if (!is_asked[base.type[e - 1]] || base.time[e - 1] > to || !all_->stands(e - 1)) continue;
      add(c);
      break;
    }
  }
  for (std::uint32_t i = 0; i < all_->arrived_.size(); ++i) {
    const ArrivedEvent& event = all_->arrived_[i];
    const bool is_within = event.time >= from && event.time <= to;
    if (event.customer == model::kOrganisation || !is_within || !is_asked[event.type]) continue;
    if (all_->stands(i | LiveColumns::kArrivedBit)) add(event.customer);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

SharedEvents LiveColumns::share() const {
  SharedEvents shared;
  has_shared_orders_ = has_shared_withdrawn_ = true;
  shared.all_ = std::shared_ptr<const LiveColumns>(new LiveColumns(*this, Sharing{}));
  return shared;
}

LiveColumns::LiveColumns(const LiveColumns& from, Sharing)
    : base_(from.base_),
      types_(from.types_),
      needs_(from.needs_),
      ranks_(from.ranks_),
      orders_(from.orders_),
      withdrawn_(from.withdrawn_),
      customers_(from.customers_),
      type_codes_(from.type_codes_),
      names_(from.names_),
      name_index_(from.name_index_),
      arrived_(from.arrived_.share()),
      joined_(from.joined_) {}

std::unordered_map<CustomerIndex, CustomerIndex> LiveColumns::absorbed() const {
  std::unordered_map<CustomerIndex, CustomerIndex> into;
  for (const auto& [customer, absorbed] : joined_) {
    for (const CustomerIndex dead : absorbed) into.emplace(dead, customer);
  }
  return into;
}

// Who was joined since an event of hers arrived has it no more.
void LiveColumns::find_arrived_of() {
  const auto into = absorbed();
  for (std::uint32_t i = 0; i < arrived_.size(); ++i) {
    const CustomerIndex then = arrived_[i].customer;
    const auto joined = into.find(then);
    arrived_of_[joined == into.end() ? then : joined->second].push_back(i);
  }
}

LiveColumns::LiveColumns(model::Columns base, model::ColumnNeeds needs,
                         std::map<std::string, std::int32_t> ranks, OrdersOfRows orders_of_rows)
    : base_(packed(std::move(base))),
      types_(base_->types),
      needs_(std::move(needs)),
      ranks_(std::move(ranks)),
      orders_of_rows_(std::move(orders_of_rows)),
      customers_(std::max<std::size_t>(base_->customers(), 1)) {
  for (std::size_t code = 0; code < types_.size(); ++code) {
    type_codes_.emplace(types_[code].name, static_cast<model::TypeCode>(code));
  }
  for (const auto* wanted : {&needs_.keys, &needs_.names, &needs_.attributes}) {
    for (const std::string& name : *wanted) {
      if (name_index_.try_emplace(name, static_cast<std::uint16_t>(names_.size())).second) {
        names_.push_back(name);
      }
    }
  }
}

std::size_t LiveColumns::size_bytes() const {
  const auto of = [](const auto& list) { return list.capacity() * sizeof(list[0]); };
  std::size_t bytes = of(base_->offsets) + of(base_->time) + of(base_->type) + of(base_->row) +
                      of(base_->known) + arrived_.size_bytes();
  for (const auto& [name, codes] : base_->keys) bytes += of(codes);
  for (const auto* columns : {&base_->names, &base_->attributes}) {
    for (const auto& [name, column] : *columns) bytes += column.size_bytes();
  }
  return bytes;
}

model::TypeCode LiveColumns::type_code(std::string_view name) {
  const auto known = type_codes_.find(name);
  if (known != type_codes_.end()) return known->second;
  const auto code = static_cast<model::TypeCode>(types_.size());
  const auto rank = ranks_.find(std::string(name));
  types_.push_back({std::string(name), rank == ranks_.end() ? 0 : rank->second});
  type_codes_.emplace(name, code);
  return code;
}

void LiveColumns::add(CustomerIndex customer, const Arrival& arrival) {
  HANDSLAG_CHECK(arrived_.size() < kArrivedBit, "fewer than 2^31 events since the load");
  std::vector<StoredValue> values;
  for (const ArrivedValue& value : arrival.values) {
    const auto name = name_index_.find(value.name);
    if (name != name_index_.end()) values.push_back({name->second, value.place, value.cell});
  }
  arrived_of_[customer].push_back(static_cast<std::uint32_t>(arrived_.size()));
  arrived_.add({.time = arrival.time,
                .known = arrival.known,
                .row = arrival.row,
                .type = type_code(arrival.type),
                .customer = customer,
                .order = {std::string(arrival.source), arrival.sequence, std::string(arrival.id)}},
               values);
  customers_ = std::max<std::size_t>(customers_, customer + 1);
  want_ties(customer, arrival.time, types_[arrived_[arrived_.size() - 1].type].rank);
}

// Of the load, what stands at the same instant with the same rank and is ordered against it somewhere: hers
// and the organisation's; against one of the organisation, everybody's.
void LiveColumns::want_ties(CustomerIndex customer, Timestamp time, std::int32_t rank) {
  if (customer == model::kOrganisation) organisation_instants_.emplace_back(time, rank);
  want_ties_of(model::kOrganisation, time, rank);
  want_ties_of(customer, time, rank);
  if (const auto joined = joined_.find(customer); joined != joined_.end())
    for (const CustomerIndex other : joined->second) want_ties_of(other, time, rank);
}

void LiveColumns::want_ties_of(CustomerIndex customer, Timestamp time, std::int32_t rank) {
  if (customer >= base_->customers()) return;
  const auto begin = base_->time.begin(), last = begin + base_->offsets[customer + 1];
  for (auto it = std::lower_bound(begin + base_->offsets[customer], last, time); it != last && *it == time;
       ++it) {
    const auto e = static_cast<std::size_t>(it - begin);
    if (types_[base_->type[e]].rank == rank) wanted_rows_.push_back(base_->row[e]);
  }
}

void LiveColumns::want_ties_with_organisation() {
  auto& instants = organisation_instants_;
  if (instants.empty()) return;
  std::sort(instants.begin(), instants.end());
  for (EventIndex e = 0; e < base_->events(); ++e) {
    const std::pair wanted(base_->time[e], types_[base_->type[e]].rank);
    if (std::binary_search(instants.begin(), instants.end(), wanted)) wanted_rows_.push_back(base_->row[e]);
  }
  instants.clear();
}

void LiveColumns::want_ties_of_joined(CustomerIndex customer) {
  std::vector<Placed> all;
  place_base(customer, all);
  for (const CustomerIndex other : joined_.at(customer)) place_base(other, all);
  if (const auto own = arrived_of_.find(customer); own != arrived_of_.end()) {
    for (const std::uint32_t index : own->second)
      all.push_back({arrived_[index].time, types_[arrived_[index].type].rank, index | kArrivedBit});
  }
  const auto key = [](const Placed& it) { return std::pair(it.time, it.rank); };
  std::sort(all.begin(), all.end(), [&](const Placed& a, const Placed& b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool ties =
        (i > 0 && key(all[i - 1]) == key(all[i])) || (i + 1 < all.size() && key(all[i + 1]) == key(all[i]));
    if (ties && (all[i].reference & kArrivedBit) == 0) wanted_rows_.push_back(base_->row[all[i].reference]);
  }
}

Status LiveColumns::read_orders() {
  want_ties_with_organisation();
  std::erase_if(wanted_rows_, [this](std::uint32_t row) { return orders_->contains(row); });
  if (wanted_rows_.empty()) return {};
  std::sort(wanted_rows_.begin(), wanted_rows_.end());
  wanted_rows_.erase(std::unique(wanted_rows_.begin(), wanted_rows_.end()), wanted_rows_.end());
  HANDSLAG_TRY(orders, orders_of_rows_(wanted_rows_));
  if (std::exchange(has_shared_orders_, false)) orders_ = std::make_shared<Orders>(*orders_);
  for (std::size_t i = 0; i < orders.size(); ++i) orders_->emplace(wanted_rows_[i], std::move(orders[i]));
  wanted_rows_.clear();
  return {};
}

void LiveColumns::join(CustomerIndex into, CustomerIndex absorbed) {
  auto& mine = joined_[into];
  mine.push_back(absorbed);
  if (const auto theirs = joined_.find(absorbed); theirs != joined_.end()) {
    mine.insert(mine.end(), theirs->second.begin(), theirs->second.end());
    joined_.erase(theirs);
  }
  if (const auto theirs = arrived_of_.find(absorbed); theirs != arrived_of_.end()) {
    auto moved = std::move(theirs->second);
    arrived_of_.erase(theirs);
    auto& events = arrived_of_[into];
    events.insert(events.end(), moved.begin(), moved.end());
  }
  customers_ = std::max<std::size_t>(customers_, into + 1);
  want_ties_of_joined(into);
}

bool LiveColumns::withdraw(CustomerIndex customer, std::uint32_t row) {
  const auto event = event_in_row(customer, row);
  if (!event) return false;
  if (std::exchange(has_shared_withdrawn_, false))
    withdrawn_ = std::make_shared<std::set<EventReference>>(*withdrawn_);
  withdrawn_->insert(*event);
  return true;
}

std::optional<EventReference> LiveColumns::event_in_row(CustomerIndex customer, std::uint32_t row) const {
  std::vector<CustomerIndex> parts{customer};
  if (const auto joined = joined_.find(customer); joined != joined_.end())
    parts.insert(parts.end(), joined->second.begin(), joined->second.end());
  for (const CustomerIndex part : parts) {
    if (part >= base_->customers()) continue;
    for (EventIndex e = base_->offsets[part]; e < base_->offsets[part + 1]; ++e)
      if (base_->row[e] == row) return e;
  }
  const auto own = arrived_of_.find(customer);
  if (own == arrived_of_.end()) return std::nullopt;
  for (const std::uint32_t index : own->second)
    if (arrived_[index].row == row) return index | kArrivedBit;
  return std::nullopt;
}

CustomerIndex LiveColumns::owner(EventIndex base) const {
  const auto next = std::upper_bound(base_->offsets.begin(), base_->offsets.end(), base);
  return static_cast<CustomerIndex>(next - base_->offsets.begin() - 1);
}

void LiveColumns::place_base(CustomerIndex customer, std::vector<Placed>& into) const {
  if (customer >= base_->customers()) return;
  for (EventIndex e = base_->offsets[customer]; e < base_->offsets[customer + 1]; ++e) {
    if (stands(e)) into.push_back({base_->time[e], types_[base_->type[e]].rank, e});
  }
}

std::vector<LiveColumns::Placed> LiveColumns::places_of(CustomerIndex customer) const {
  std::vector<Placed> placed;
  place_base(customer, placed);
  const std::size_t in_order = placed.size();
  if (const auto joined = joined_.find(customer); joined != joined_.end()) {
    for (const CustomerIndex other : joined->second) place_base(other, placed);
  }
  if (const auto own = arrived_of_.find(customer); own != arrived_of_.end()) {
    for (const std::uint32_t index : own->second) {
      const ArrivedEvent& event = arrived_[index];
      if (stands(index | kArrivedBit))
        placed.push_back({event.time, types_[event.type].rank, index | kArrivedBit});
    }
  }
  const auto by_order = [this](const Placed& a, const Placed& b) { return before(a, b); };
  const auto middle = placed.begin() + static_cast<std::ptrdiff_t>(in_order);
  std::sort(middle, placed.end(), by_order);
  std::inplace_merge(placed.begin(), middle, placed.end(), by_order);
  return placed;
}

bool LiveColumns::before(const Placed& a, const Placed& b) const {
  if (a.time != b.time) return a.time < b.time;
  if (a.rank != b.rank) return a.rank < b.rank;
  if (((a.reference | b.reference) & kArrivedBit) == 0) return before_of_load(a.reference, b.reference);
  return order_of(a) < order_of(b);
}

// Two of one instant and rank. One customer's lie in order; of a customer's and the organisation's the load
// has found it out; and those that were different customers' have been read.
bool LiveColumns::before_of_load(EventReference a, EventReference b) const {
  const EventIndex end = base_->offsets.size() < 2 ? 0 : base_->offsets[1];
  if ((a < end) == (b < end)) {
    const auto order_a = orders_->find(base_->row[a]), order_b = orders_->find(base_->row[b]);
    const bool are_read = order_a != orders_->end() && order_b != orders_->end();
    return are_read && a >= end ? order_a->second < order_b->second : a < b;
  }
  const auto& ties = base_->organisation_ties;
  const auto tie = std::lower_bound(ties.begin(), ties.end(), std::pair(std::max(a, b), 0U));
  HANDSLAG_CHECK(tie != ties.end() && tie->first == std::max(a, b), "the load notes every such instant");
  return a < end ? a < tie->second : b >= tie->second;
}

const RowOrder& LiveColumns::order_of(const Placed& placed) const {
  if ((placed.reference & kArrivedBit) != 0) return arrived_[placed.reference & ~kArrivedBit].order;
  const auto known = orders_->find(base_->row[placed.reference]);
  HANDSLAG_CHECK(known != orders_->end(), "read_orders() is called after what is added or joined");
  return known->second;
}

std::vector<CustomerIndex> LiveColumns::customers_with(std::string_view name, std::uint32_t text,
                                                       std::size_t limit) const {
  std::vector<CustomerIndex> found;
  const auto add = [&](CustomerIndex customer) {
    const bool is_new = std::find(found.begin(), found.end(), customer) == found.end();
    if (customer != model::kOrganisation && is_new) found.push_back(customer);
  };
  const model::Cell wanted = model::Cell::text(text);
  const auto add_owner = [&](EventIndex e) {
    if (stands(e)) add(owner(e));
  };
  const auto keys = base_->keys.find(name);
  const auto column = base_->names.find(name);
  if (keys != base_->keys.end()) {
    const auto begin = keys->second.begin();
    for (auto it = begin + base_->offsets[1]; found.size() < limit; ++it) {
      it = std::find(it, keys->second.end(), text);
      if (it == keys->second.end()) break;
      add_owner(static_cast<EventIndex>(it - begin));
    }
  } else if (column != base_->names.end()) {
    for (EventIndex e = base_->offsets[1]; e < base_->events() && found.size() < limit; ++e)
      if (column->second.at(e) == wanted) add_owner(e);
  }
  const auto index = name_index_.find(name);
  if (index == name_index_.end()) return found;
  for (const auto& [customer, events] : arrived_of_) {
    for (const std::uint32_t arrived : events) {
      if (found.size() >= limit) return found;
      if (arrived_.value(arrived, index->second) == wanted && stands(arrived | kArrivedBit)) add(customer);
    }
  }
  return found;
}

const RowOrder* LiveColumns::arrived_order(std::uint32_t row) const {
  std::size_t first = 0, last = arrived_.size();
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (arrived_[middle].row < row) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first < arrived_.size() && arrived_[first].row == row ? &arrived_[first].order : nullptr;
}

const model::Columns& LiveColumns::gather(std::span<const CustomerIndex> customers) {
  std::vector<Placed> placed = places_of(model::kOrganisation);
  gathered_ = {};
  gathered_.types = types_;
  gathered_.texts = base_->texts;
  gathered_.offsets = {0, static_cast<EventIndex>(placed.size())};
  for (const CustomerIndex customer : customers) {
    const std::vector<Placed> own = places_of(customer);
    placed.insert(placed.end(), own.begin(), own.end());
    gathered_.offsets.push_back(static_cast<EventIndex>(placed.size()));
  }
  fill(placed);
  find_organisation_ties(placed);
  fill_base_values(placed);
  fill_arrived_values(placed);
  return gathered_;
}

EventIndex LiveColumns::gathered_index(EventReference event, CustomerIndex place) const {
  for (const CustomerIndex owner : {place, model::kOrganisation}) {
    const auto first = references_.begin() + gathered_.offsets[owner];
    const auto last = references_.begin() + gathered_.offsets[owner + 1];
    const auto found = std::find(first, last, event);
    if (found != last) return static_cast<EventIndex>(found - references_.begin());
  }
  HANDSLAG_CHECK(false, "an event of hers, or of the organisation");
  return 0;
}

void LiveColumns::fill(const std::vector<Placed>& placed) {
  gathered_.time.reserve(placed.size());
  gathered_.type.reserve(placed.size());
  gathered_.row.reserve(placed.size());
  references_.clear();
  references_.reserve(placed.size());
  const bool known = needs_.known && knows_more_than_time(placed);
  for (const Placed& event : placed) {
    const bool is_arrived = (event.reference & kArrivedBit) != 0;
    const std::uint32_t index = event.reference & ~kArrivedBit;
    references_.push_back(event.reference);
    gathered_.time.push_back(event.time);
    gathered_.type.push_back(is_arrived ? arrived_[index].type : base_->type[index]);
    gathered_.row.push_back(is_arrived ? arrived_[index].row : base_->row[index]);
    if (!known) continue;
    const Timestamp of_base = is_arrived || base_->known.empty() ? event.time : base_->known[index];
    gathered_.known.push_back(is_arrived ? arrived_[index].known : of_base);
  }
}

bool LiveColumns::knows_more_than_time(const std::vector<Placed>& placed) const {
  return !base_->known.empty() || std::any_of(placed.begin(), placed.end(), [](const Placed& event) {
    return (event.reference & kArrivedBit) != 0;
  });
}

// P-1: only events at the very instant of one of the organisation's need more than their time.
void LiveColumns::find_organisation_ties(const std::vector<Placed>& placed) {
  const EventIndex end = gathered_.offsets[1];
  const auto organisation_end = placed.begin() + end;
  for (EventIndex e = end; end > 0 && e < placed.size(); ++e) {
    auto at = std::lower_bound(placed.begin(), organisation_end, placed[e].time,
                               [](const Placed& event, Timestamp time) { return event.time < time; });
    if (at == organisation_end || at->time != placed[e].time) continue;
    while (at != organisation_end && before(*at, placed[e])) ++at;
    gathered_.organisation_ties.emplace_back(e, static_cast<std::uint32_t>(at - placed.begin()));
  }
}

void LiveColumns::fill_base_values(const std::vector<Placed>& placed) {
  const auto each_base = [&](const auto& take) {
    for (EventIndex e = 0; e < placed.size(); ++e) {
      if ((placed[e].reference & kArrivedBit) == 0) take(e, placed[e].reference);
    }
  };
  for (const auto& [name, column] : base_->keys) {
    auto& into = gathered_.keys.try_emplace(name, placed.size(), model::kNoText).first->second;
    each_base([&, &from = column](EventIndex e, EventIndex base) { into[e] = from[base]; });
  }
  const auto copy = [&](const auto& from, auto& to) {
    for (const auto& [name, column] : from) {
      model::ValueColumn& into = to.try_emplace(name, placed.size()).first->second;
      each_base([&, &source = column](EventIndex e, EventIndex base) {
        if (const model::Cell cell = source.at(base); cell.kind != model::ValueKind::Missing) {
          into.set(e, cell);
        }
      });
    }
  };
  copy(base_->names, gathered_.names);
  copy(base_->attributes, gathered_.attributes);
}

void LiveColumns::fill_arrived_values(const std::vector<Placed>& placed) {
  NamedColumns named(gathered_, needs_);
  for (EventIndex e = 0; e < placed.size(); ++e) {
    if ((placed[e].reference & kArrivedBit) == 0) continue;
    for (const StoredValue& value : arrived_.values(placed[e].reference & ~kArrivedBit)) {
      NamedColumn& column = *named.find(names_[value.name]);
      if (value.place == ValuePlace::Attribute) column.set_attribute(e, value.cell);
      if (value.place == ValuePlace::Key) column.set_key(e, static_cast<std::uint32_t>(value.cell.bits));
      if (value.place == ValuePlace::Fixed) column.set_fixed(e, static_cast<std::uint32_t>(value.cell.bits));
    }
  }
}

}  // namespace handslag::timeline
