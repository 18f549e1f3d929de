// SPDX-License-Identifier: Apache-2.0
// Columns of a few events, for the tests of this folder, which does not know pure/timeline. Total order:
// time, then the order in which the events are given. An event without subject is the organisation's, the
// rest are customer 1's.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pure/model/columns.h"
#include "pure/model/event.h"

namespace handslag::promise {

class TextsForTest : public model::Texts {
 public:
  std::uint32_t add(std::string_view text) {
    if (const auto known = code(text)) return *known;
    texts_.emplace_back(text);
    return static_cast<std::uint32_t>(texts_.size() - 1);
  }
  std::string_view text(std::uint32_t code) const override { return texts_.at(code); }
  std::optional<std::uint32_t> code(std::string_view text) const override {
    const auto found = std::find(texts_.begin() + 1, texts_.end(), text);
    if (found == texts_.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - texts_.begin());
  }

 private:
  std::vector<std::string> texts_{""};
};

class ColumnsForTest {
 public:
  explicit ColumnsForTest(std::vector<model::Event> events) : events_(std::move(events)) {
    std::stable_sort(events_.begin(), events_.end(), [](auto& a, auto& b) { return a.time < b.time; });
    for (std::size_t i = 0; i < events_.size(); ++i) positions_.push_back(i);
    std::stable_partition(positions_.begin(), positions_.end(),
                          [&](std::size_t i) { return is_organisation(i); });
    const auto own = std::count_if(positions_.begin(), positions_.end(),
                                   [&](std::size_t i) { return is_organisation(i); });
    columns_.offsets = {0, static_cast<std::uint32_t>(own), static_cast<std::uint32_t>(events_.size())};
    for (std::size_t i = 0; i < positions_.size(); ++i) add(static_cast<model::EventIndex>(i), event_of(i));
    add_ties();
    columns_.texts = texts_;
  }

  const model::Columns& columns() const { return columns_; }
  const model::Event& event(model::EventIndex e) const { return events_[positions_[e]]; }
  std::vector<model::TypeCode> types() const {
    std::vector<model::TypeCode> all;
    for (std::size_t i = 0; i < columns_.types.size(); ++i) all.push_back(static_cast<model::TypeCode>(i));
    return all;
  }

 private:
  const model::Event& event_of(std::size_t i) const { return events_[positions_[i]]; }
  bool is_organisation(std::size_t i) const { return events_[i].subject.empty(); }

  void add(model::EventIndex e, const model::Event& event) {
    columns_.time.push_back(event.time);
    columns_.type.push_back(type_code(event.type));
    columns_.row.push_back(e);
    columns_.known.push_back(event.known.value_or(event.time));
    for (const model::Attribute& it : event.data) {
      set(columns_.attributes, it.name, e, cell(it.value));
      set(columns_.names, it.name, e, cell(it.value));
    }
    for (const model::Key& it : event.keys) {
      auto& column = columns_.keys[it.name];
      column.resize(events_.size(), model::kNoText);
      column[e] = texts_->add(it.value);
      set(columns_.names, it.name, e, model::Cell::text(column[e]));
    }
    set(columns_.names, "type", e, model::Cell::text(texts_->add(event.type)));
    if (!event.unit.empty()) set(columns_.names, "unit", e, model::Cell::text(texts_->add(event.unit)));
  }

  void set(std::map<std::string, model::ValueColumn, std::less<>>& columns, const std::string& name,
           model::EventIndex e, model::Cell value) {
    columns.try_emplace(name, events_.size()).first->second.set(e, value);
  }

  model::TypeCode type_code(const std::string& name) {
    auto& types = columns_.types;
    const auto found =
        std::find_if(types.begin(), types.end(), [&](auto& type) { return type.name == name; });
    if (found == types.end()) types.push_back({name, 0});
    return static_cast<model::TypeCode>(
        std::find_if(types.begin(), types.end(), [&](auto& t) { return t.name == name; }) - types.begin());
  }

  model::Cell cell(const model::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return model::Cell::text(texts_->add(*text));
    if (const auto* number = std::get_if<double>(&value)) return model::Cell::number(*number);
    if (const auto* instant = std::get_if<Timestamp>(&value)) return model::Cell::instant(*instant);
    if (const auto* truth = std::get_if<bool>(&value)) return model::Cell::boolean(*truth);
    return model::Cell::date(std::get<Date>(value));
  }

  void add_ties() {
    for (std::uint32_t e = columns_.offsets[1]; e < events_.size(); ++e) {
      std::uint32_t before = 0;
      bool is_tie = false;
      for (std::uint32_t o = 0; o < columns_.offsets[1]; ++o) {
        before += positions_[o] < positions_[e] ? 1U : 0U;
        is_tie |= columns_.time[o] == columns_.time[e];
      }
      if (is_tie) columns_.organisation_ties.emplace_back(e, before);
    }
  }

  std::vector<model::Event> events_;    // in the total order
  std::vector<std::size_t> positions_;  // by EventIndex
  model::Columns columns_;
  std::shared_ptr<TextsForTest> texts_ = std::make_shared<TextsForTest>();
};

}  // namespace handslag::promise
