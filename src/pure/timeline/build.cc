// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/build.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "pure/timeline/corrections.h"
#include "pure/timeline/names.h"
#include "pure/timeline/order.h"

namespace handslag::timeline {
namespace {

using model::Event;
using model::EventIndex;

class TextList final : public model::Texts {
 public:
  TextList() { texts_.push_back(codes_.emplace("", model::kNoText).first); }

  std::uint32_t add(std::string_view text) {
    const auto [entry, added] = codes_.emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (added) texts_.push_back(entry);
    return entry->second;
  }
  std::string_view text(std::uint32_t code) const override { return texts_[code]->first; }
  std::optional<std::uint32_t> code(std::string_view text) const override {
    const auto entry = codes_.find(text);
    if (entry == codes_.end() || entry->second == model::kNoText) return std::nullopt;
    return entry->second;
  }

 private:
  using Codes = std::map<std::string, std::uint32_t, std::less<>>;
  Codes codes_;
  std::vector<Codes::const_iterator> texts_;
};

model::Cell cell_of(const model::Value& value, TextList& texts) {
  switch (model::kind_of(value)) {
    case model::ValueKind::Text:
      return model::Cell::text(texts.add(std::get<std::string>(value)));
    case model::ValueKind::Number:
      return model::Cell::number(std::get<double>(value));
    case model::ValueKind::Instant:
      return model::Cell::instant(std::get<Timestamp>(value));
    case model::ValueKind::Boolean:
      return model::Cell::boolean(std::get<bool>(value));
    case model::ValueKind::Date:
      return model::Cell::date(std::get<Date>(value));
    case model::ValueKind::Missing:
      break;
  }
  return {};
}

Timestamp known_time(const Event& event) {
  return event.known.value_or(event.time);
}

using IdView = std::pair<std::string_view, std::string_view>;  // of an event's own source and id

std::vector<std::uint32_t> withdrawn(std::span<const Event> events, const std::vector<bool>& seen) {
  std::map<IdView, std::uint32_t> by_id;
  for (std::uint32_t row = 0; row < events.size(); ++row) {
    if (!events[row].id.empty()) by_id.emplace(IdView(events[row].source, events[row].id), row);
  }
  std::vector<Correction> corrections;
  for (std::uint32_t row = 0; row < events.size(); ++row) {
    for (const std::string* id : {&events[row].replaces, &events[row].voids}) {
      const auto target = id->empty() || !seen[row] ? by_id.end() : by_id.find({events[row].source, *id});
      if (target != by_id.end()) corrections.push_back({row, target->second});
    }
  }
  return withdrawn_rows(corrections);
}

// Which events stand on a timeline.
std::vector<bool> standing(std::span<const Event> events, const std::optional<Timestamp>& as_known_at) {
  std::vector<bool> stands(events.size(), true);
  for (std::size_t row = 0; row < events.size(); ++row) {
    stands[row] = !as_known_at || known_time(events[row]) <= *as_known_at;
  }
  for (const std::uint32_t row : withdrawn(events, stands)) stands[row] = false;
  return stands;
}

template <typename Text>
std::map<std::string_view, std::uint16_t> ranked(std::span<const Event> events, Text text_of) {
  std::set<std::string_view> distinct;
  for (const Event& event : events) distinct.insert(text_of(event));
  HANDSLAG_CHECK(distinct.size() < 65'536, "too many types or sources for columns");
  std::map<std::string_view, std::uint16_t> ranks;
  for (const std::string_view text : distinct) ranks.emplace(text, static_cast<std::uint16_t>(ranks.size()));
  return ranks;
}

class Builder {
 public:
  Builder(std::span<const Event> events, const BuildOptions& options) : events_(events), options_(options) {}

  model::Columns build(std::span<const model::CustomerIndex> customers) {
    place(customers);
    std::vector<Tie> ties;
    order_customers(columns_, 0, static_cast<model::CustomerIndex>(columns_.customers()), placed_, ties);
    const IdOfRow id_of_row = [this](std::uint32_t row) { return events_[row].id; };
    order_ties(ties, id_of_row, placed_);
    find_organisation_ties(placed_, id_of_row, columns_);
    copy_events(placed_, columns_);
    fill_known();
    fill_named();
    columns_.texts = texts_;
    return std::move(columns_);
  }

 private:
  void place(std::span<const model::CustomerIndex> customers) {
    const std::vector<bool> stands = standing(events_, options_.as_known_at);
    const auto sources = ranked(events_, [](const Event& e) -> const std::string& { return e.source; });
    const auto types = ranked(events_, [](const Event& e) -> const std::string& { return e.type; });
    for (const auto& [name, code] : types) {
      const auto rank = options_.ranks.find(std::string(name));
      columns_.types.push_back({std::string(name), rank == options_.ranks.end() ? 0 : rank->second});
    }
    std::vector<std::pair<model::CustomerIndex, std::uint32_t>> rows;
    for (std::uint32_t row = 0; row < events_.size(); ++row) {
      if (stands[row]) rows.emplace_back(customers[row], row);
    }
    std::sort(rows.begin(), rows.end());
    const auto last = customers.empty() ? 0 : *std::max_element(customers.begin(), customers.end());
    columns_.offsets.assign(last + 2, 0);
    for (const auto& [customer, row] : rows) ++columns_.offsets[customer + 1];
    for (std::size_t c = 1; c < columns_.offsets.size(); ++c) columns_.offsets[c] += columns_.offsets[c - 1];
    for (const auto& [customer, row] : rows) {
      const Event& event = events_[row];
      placed_.push_back({event.time, event.sequence, row, types.at(event.type), sources.at(event.source)});
    }
  }

  void fill_known() {
    if (!options_.needs.known) return;
    for (const std::uint32_t row : columns_.row) columns_.known.push_back(known_time(events_[row]));
    if (columns_.known == columns_.time) columns_.known.clear();
  }

  void fill_named() {
    NamedColumns named(columns_, options_.needs);
    for (EventIndex e = 0; e < columns_.events(); ++e) {
      const Event& event = events_[columns_.row[e]];
      for (const model::Attribute& attribute : event.data) {
        if (NamedColumn* column = named.find(attribute.name)) {
          column->set_attribute(e, cell_of(attribute.value, *texts_));
        }
      }
      for (const model::Key& key : event.keys) {
        if (NamedColumn* column = named.find(key.name)) column->set_key(e, texts_->add(key.value));
      }
      fill_fixed(event, e, named);
    }
  }

  void fill_fixed(const Event& event, EventIndex e, NamedColumns& named) {
    const std::pair<std::string_view, std::string_view> fixed[] = {
        {"unit", event.unit},   {"channel", event.channel}, {"touchpoint", event.touchpoint},
        {"agent", event.agent}, {"source", event.source},   {"type", event.type},
    };
    for (const auto& [name, value] : fixed) {
      NamedColumn* column = value.empty() ? nullptr : named.find(name);
      if (column != nullptr) column->set_fixed(e, texts_->add(value));
    }
  }

  std::span<const Event> events_;
  const BuildOptions& options_;
  model::Columns columns_;
  std::vector<PlacedEvent> placed_;
  // Why shared: the columns hand the texts on to whoever keeps results.
  std::shared_ptr<TextList> texts_ = std::make_shared<TextList>();
};

}  // namespace

model::Columns build(std::span<const Event> events, std::span<const model::CustomerIndex> customer_of_event,
                     const BuildOptions& options) {
  HANDSLAG_CHECK(events.size() == customer_of_event.size(), "one customer an event");
  return Builder(events, options).build(customer_of_event);
}

}  // namespace handslag::timeline
