// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/columns_from_events.h"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

#include "base/check.h"

namespace handslag::oracle {

using model::Cell;
using model::Event;

namespace {

class Dictionary final : public model::Texts {
 public:
  std::uint32_t add(const std::string& text) {
    const auto [entry, is_new] = codes_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return entry->second;
  }
  std::string_view text(std::uint32_t code) const override { return texts_[code]; }
  std::optional<std::uint32_t> code(std::string_view text) const override {
    const auto found = codes_.find(text);
    if (found == codes_.end()) return std::nullopt;
    return found->second;
  }

 private:
  std::map<std::string, std::uint32_t, std::less<>> codes_;
  std::vector<std::string> texts_{""};  // code 0 is "no text"
};

const std::string* key_value(const Event& event, const std::string& name) {
  for (const model::Key& key : event.keys) {
    if (key.name == name) return &key.value;
  }
  return nullptr;
}

const model::Value* attribute_value(const Event& event, const std::string& name) {
  for (const model::Attribute& attribute : event.data) {
    if (attribute.name == name) return &attribute.value;
  }
  return nullptr;
}

std::optional<std::string> field_value(const Event& event, const std::string& name) {
  const std::map<std::string, const std::string*> fields = {
      {"unit", &event.unit},   {"channel", &event.channel}, {"touchpoint", &event.touchpoint},
      {"agent", &event.agent}, {"source", &event.source},   {"type", &event.type}};
  const auto found = fields.find(name);
  if (found == fields.end() || found->second->empty()) return std::nullopt;
  return *found->second;
}

Cell cell_of(const model::Value& value, Dictionary& texts) {
  switch (model::kind_of(value)) {
    case model::ValueKind::Missing:
      return {};
    case model::ValueKind::Text:
      return Cell::text(texts.add(std::get<std::string>(value)));
    case model::ValueKind::Number:
      return Cell::number(std::get<double>(value));
    case model::ValueKind::Instant:
      return Cell::instant(std::get<Timestamp>(value));
    case model::ValueKind::Boolean:
      return Cell::boolean(std::get<bool>(value));
    case model::ValueKind::Date:
      return Cell::date(std::get<Date>(value));
  }
  return {};
}

Cell named_cell(const Event& event, const std::string& name, Dictionary& texts) {
  if (const auto field = field_value(event, name)) return Cell::text(texts.add(*field));
  if (const std::string* key = key_value(event, name)) return Cell::text(texts.add(*key));
  const model::Value* value = attribute_value(event, name);
  return value == nullptr ? Cell{} : cell_of(*value, texts);
}

template <typename CellOf>
void add_column(std::map<std::string, model::ValueColumn, std::less<>>& columns, const std::string& name,
                const std::vector<const Event*>& events, const CellOf& cell_of_event) {
  model::ValueColumn column(events.size());
  bool is_carried = false;
  for (std::size_t e = 0; e < events.size(); ++e) {
    const Cell cell = cell_of_event(*events[e]);
    if (cell.missing()) continue;
    column.set(static_cast<model::EventIndex>(e), cell);
    is_carried = true;
  }
  if (is_carried) columns[name] = std::move(column);
}

void add_key_column(model::Columns& columns, const std::string& name, const std::vector<const Event*>& events,
                    Dictionary& texts) {
  std::vector<std::uint32_t> column(events.size(), model::kNoText);
  bool is_carried = false;
  for (std::size_t e = 0; e < events.size(); ++e) {
    const std::string* value = key_value(*events[e], name);
    if (value == nullptr) continue;
    column[e] = texts.add(*value);
    is_carried = true;
  }
  if (is_carried) columns.keys[name] = std::move(column);
}

// Every event of a customer at the very instant of one of the organisation's.
void add_organisation_ties(model::Columns& columns, const std::vector<const Event*>& events,
                           const World& world) {
  const Events& organisation = world.customers[model::kOrganisation];
  for (std::size_t e = organisation.size(); e < events.size(); ++e) {
    bool is_tied = false;
    std::uint32_t before = 0;
    for (const Event& other : organisation) {
      is_tied = is_tied || other.time == events[e]->time;
      if (stands_before(other, *events[e], world.ranks)) ++before;
    }
    if (is_tied) columns.organisation_ties.emplace_back(static_cast<model::EventIndex>(e), before);
  }
}

}  // namespace

void add_types(World& world) {
  for (const Events& events : world.customers) {
    for (const Event& event : events) {
      if (std::find(world.types.begin(), world.types.end(), event.type) == world.types.end()) {
        world.types.push_back(event.type);
      }
    }
  }
}

model::Columns columns_from(const World& world, const model::ColumnNeeds& needs) {
  model::Columns columns;
  std::vector<const Event*> events;
  columns.offsets.push_back(0);
  for (const Events& customer : world.customers) {
    for (const Event& event : customer) events.push_back(&event);
    columns.offsets.push_back(static_cast<std::uint32_t>(events.size()));
  }
  for (const std::string& type : world.types) {
    const auto rank = world.ranks.find(type);
    columns.types.push_back({type, rank == world.ranks.end() ? 0 : rank->second});
  }
  const auto texts = std::make_shared<Dictionary>();
  for (const Event* event : events) {
    const auto type = std::find(world.types.begin(), world.types.end(), event->type);
    HANDSLAG_CHECK(type != world.types.end(), "every event's type has a code");
    columns.time.push_back(event->time);
    columns.type.push_back(static_cast<model::TypeCode>(type - world.types.begin()));
    columns.row.push_back(static_cast<std::uint32_t>(columns.row.size()));
    if (needs.known) columns.known.push_back(event->known.value_or(event->time));
  }
  for (const std::string& name : needs.keys) add_key_column(columns, name, events, *texts);
  for (const std::string& name : needs.names) {
    add_column(columns.names, name, events,
               [&](const Event& event) { return named_cell(event, name, *texts); });
  }
  for (const std::string& name : needs.attributes) {
    add_column(columns.attributes, name, events, [&](const Event& event) {
      const model::Value* value = attribute_value(event, name);
      return value == nullptr ? Cell{} : cell_of(*value, *texts);
    });
  }
  add_organisation_ties(columns, events, world);
  columns.texts = texts;
  return columns;
}

model::EventIndex index_of(const model::Columns& columns, model::CustomerIndex customer, Place place) {
  return columns.offsets[place.organisation ? model::kOrganisation : customer] +
         static_cast<model::EventIndex>(place.index);
}

Answer answer_of(const Judged& judged, std::uint32_t promise, model::CustomerIndex customer,
                 const model::Columns& columns) {
  Answer answer;
  model::Instance& instance = answer.instance;
  instance.promise = promise;
  instance.customer = customer;
  instance.activation = index_of(columns, customer, {false, judged.activation});
  instance.due = judged.due;
  instance.verdict = judged.verdict;
  instance.unknown = judged.unknown;
  instance.is_final = judged.is_final;
  instance.is_rescued = judged.is_rescued;
  instance.step = judged.step;
  instance.holds_now = judged.holds_now;
  instance.slack_us = judged.slack_us;
  instance.business_slack_us = judged.business_slack_us;
  for (const Place& place : judged.witnesses) answer.witnesses.push_back(index_of(columns, customer, place));
  return answer;
}

std::vector<Answer> answers_of(const model::Verdicts& verdicts) {
  std::vector<Answer> answers;
  for (const model::Instance& instance : verdicts.instances) {
    const auto first = verdicts.witnesses.begin() + instance.first_witness;
    answers.push_back({instance, {first, first + instance.witnesses}});
    answers.back().instance.first_witness = 0;
    answers.back().instance.witnesses = 0;
  }
  return answers;
}

bool operator==(const Answer& a, const Answer& b) {
  const auto fields = [](const Answer& answer) {
    const model::Instance& i = answer.instance;
    return std::make_tuple(i.promise, i.customer, i.activation, i.due, i.verdict, i.unknown, i.is_final,
                           i.is_rescued, i.step, i.holds_now, i.slack_us, i.business_slack_us);
  };
  return fields(a) == fields(b) && a.witnesses == b.witnesses;
}

}  // namespace handslag::oracle
