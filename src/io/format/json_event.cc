// SPDX-License-Identifier: Apache-2.0
#include "io/format/json_event.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "io/format/cell_value.h"
#include "io/format/json_members.h"

namespace handslag::format {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::array<std::string_view, 15> kFields = {"id",       "source",  "type", "time",     "known",
                                                      "sequence", "subject", "unit", "channel",  "touchpoint",
                                                      "agent",    "keys",    "data", "replaces", "voids"};

template <typename T>
T& entry_at(std::vector<T>& list, std::size_t i) {
  if (i == list.size()) list.emplace_back();
  return list[i];
}

// A JSON string says an instant or a day by its look; never a number.
void set_json_text(model::Value& value, std::string_view text) {
  if (text.size() >= 10 && text.size() <= 40 && text[4] == '-' && text[7] == '-') {
    if (auto day = parse_date(text)) {
      value = *day;
      return;
    }
    if (auto instant = parse_rfc3339(text)) {
      value = *instant;
      return;
    }
  }
  set_text(value, text);
}

}  // namespace

bool is_exact(std::int64_t number) {
  constexpr std::int64_t kMost = 1LL << 53;
  return number >= -kMost && number <= kMost;
}

bool scalar_text(element value, std::string& text) {
  switch (value.type()) {
    case element_type::STRING:
      text.assign(value.get_string().value_unsafe());
      return true;
    case element_type::INT64:
      text = std::to_string(value.get_int64().value_unsafe());
      return true;
    case element_type::UINT64:
      text = std::to_string(value.get_uint64().value_unsafe());
      return true;
    case element_type::DOUBLE:
      text = format_number(value.get_double().value_unsafe());
      return true;
    case element_type::BOOL:
      text = value.get_bool().value_unsafe() ? "true" : "false";
      return true;
    default:
      return false;
  }
}

bool JsonEventReader::fail(std::string column, std::string reason) {
  *fault_ = {std::move(column), std::move(reason)};
  return false;
}

bool JsonEventReader::read(element json, RecordPlace place, model::Event& event, ReadOutput& output,
                           Fault& fault) {
  begin(place, event, output, fault);
  simdjson::dom::object object;
  if (json.get(object) != simdjson::SUCCESS)
    return fail("", "is no JSON object; an event is one: {\"type\":…,\"time\":…}");
  for (const auto field : object) {
    if (std::find(names_.begin(), names_.end(), field.key) != names_.end()) {
      return fail(std::string(cut_text(field.key, 60)), "stands twice in the event; keep one");
    }
    if (!read_field(field.key, field.value, event)) return false;
    names_.push_back(field.key);
  }
  return finish(event);
}

void JsonEventReader::begin(RecordPlace place, model::Event& event, ReadOutput& output, Fault& fault) {
  fault_ = &fault;
  output_ = &output;
  place_ = place;
  attributes_ = 0;
  has_time_ = false;
  for (std::string* text : {&event.source, &event.id, &event.type, &event.unit, &event.channel,
                            &event.touchpoint, &event.agent, &event.replaces, &event.voids}) {
    text->clear();
  }
  event.known.reset();
  event.sequence = static_cast<std::int64_t>(place.record);
  event.record = place.record;
  event.part = 1;
  event.subject.clear();
  event.keys.clear();
  names_.clear();
}

bool JsonEventReader::finish(model::Event& event) {
  event.data.resize(attributes_);
  if (event.source.empty()) event.source = source_;
  return is_complete(event) && has_distinct_names(event);
}

bool JsonEventReader::read_named(std::string_view name, element value, model::Event& event) {
  if (name.empty()) return fail("data", "an attribute needs a name");
  path_.assign(name);
  return read_attribute(value, 0, event);
}

bool JsonEventReader::has_attribute(std::string_view name, const model::Event& event) const {
  const auto end = event.data.begin() + static_cast<std::ptrdiff_t>(attributes_);
  return std::any_of(event.data.begin(), end, [name](const auto& known) { return known.name == name; });
}

void JsonEventReader::set_time(Timestamp time, model::Event& event) {
  event.time = time;
  has_time_ = true;
}

bool JsonEventReader::read_field(std::string_view name, element value, model::Event& event) {
  const bool is_known = std::find(kFields.begin(), kFields.end(), name) != kFields.end();
  if (!is_known) return fail_unknown(name);
  if (value.is_null()) return true;
  if (name == "type") return read_text(value, name, event.type, false);
  if (name == "time") return has_time_ = read_time(value, name, event.time);
  if (name == "known") return read_time(value, name, event.known.emplace());
  if (name == "source") return read_text(value, name, event.source, false);
  if (name == "id") return read_text(value, name, event.id, true);
  if (name == "subject") return read_subject(value, event);
  if (name == "keys") return read_keys(value, event);
  if (name == "data") {
    path_.clear();
    if (!value.is_object()) return fail("data", "must be an object: {\"amount\": 499}");
    return read_data(value, 1, event);
  }
  if (name == "unit") return read_text(value, name, event.unit, false);
  if (name == "channel") return read_text(value, name, event.channel, false);
  if (name == "touchpoint") return read_text(value, name, event.touchpoint, false);
  if (name == "agent") return read_text(value, name, event.agent, true);
  if (name == "sequence") return read_sequence(value, event);
  if (name == "replaces") return read_text(value, name, event.replaces, true);
  return read_text(value, name, event.voids, true);
}

bool JsonEventReader::fail_unknown(std::string_view name) {
  std::string reason = "is no field of an event";
  const auto near = nearest_word(name, kFields);
  reason += near ? "; did you mean \"" + std::string(*near) + "\"?" : ".";
  return fail(std::string(cut_text(name, 60)), reason + " Attributes of your own belong in \"data\"");
}

bool JsonEventReader::read_time(element value, std::string_view name, Timestamp& time) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) {
    return fail(std::string(name), "must be a text such as \"2026-11-21T10:00:00+01:00\"");
  }
  const TimeReading reading = time_.read(text);
  if (reading.problem != TimeProblem::None) return fail(std::string(name), time_.explain(reading.problem));
  if (reading.is_doubled) output_->warn(WarningKind::DoubledLocalTime, place_);
  if (reading.is_day_only) output_->warn(WarningKind::DayWithoutTime, place_);
  time = reading.time;
  return true;
}

bool JsonEventReader::read_text(element value, std::string_view name, std::string& text, bool number_too) {
  const bool is_text = number_too ? scalar_text(value, text) : value.is_string();
  if (!is_text) return fail(std::string(name), "must be a text");
  if (!number_too) text.assign(value.get_string().value_unsafe());
  return true;
}

bool JsonEventReader::read_sequence(element value, model::Event& event) {
  if (value.get(event.sequence) == simdjson::SUCCESS) return true;
  return fail("sequence", "must be a whole number");
}

bool JsonEventReader::read_subject(element value, model::Event& event) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) {
    return fail("subject", "must be a list: [{\"type\":\"email\",\"value\":\"a@example.se\"}]");
  }
  for (const element item : list) {
    const std::string name = "subject[" + std::to_string(event.subject.size()) + "]";
    if (!read_identifier(item, name, event.subject.emplace_back())) return false;
  }
  return true;
}

bool JsonEventReader::read_identifier(element value, const std::string& name, model::Identifier& identifier) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return fail(name, "must be an object with type and value");
  for (const auto field : object) {
    if (field.key == "type" && field.value.is_string()) {
      identifier.type.assign(field.value.get_string().value_unsafe());
    } else if (field.key != "value" || !scalar_text(field.value, identifier.value)) {
      return fail(name + "." + std::string(cut_text(field.key, 60)),
                  "an identifier has type and value, both texts");
    }
  }
  if (!identifier.type.empty() && !identifier.value.empty()) return true;
  return fail(name, "needs type and value, neither empty; leave the identifier out where there is none");
}

bool JsonEventReader::read_keys(element value, model::Event& event) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS)
    return fail("keys", "must be an object: {\"order\": \"A-1001\"}");
  for (const auto field : object) {
    if (field.value.is_null()) continue;
    model::Key& key = event.keys.emplace_back();
    key.name.assign(field.key);
    if (key.name.empty()) return fail("keys", "a key needs a name");
    if (!scalar_text(field.value, key.value))
      return fail("keys." + key.name, "must be a text, a number or a boolean");
  }
  return true;
}

// Objects and lists inside become attributes of their own: "address_city", "items_0_sku".
bool JsonEventReader::read_data(element value, std::size_t depth, model::Event& event) {
  if (depth > limits_.depth) {
    return fail("data", "is nested deeper than " + std::to_string(limits_.depth) + " levels; flatten it");
  }
  return each_member(value, '_', path_, [&](std::string_view name, element inner) {
    if (name.empty()) return fail("data", "an attribute needs a name");
    return read_attribute(inner, depth, event);
  });
}

bool JsonEventReader::read_attribute(element value, std::size_t depth, model::Event& event) {
  if (value.is_null()) return true;
  if (value.is_object() || value.is_array()) return read_data(value, depth + 1, event);
  if (attributes_ >= limits_.columns) {
    return fail("data", "has more than " + std::to_string(limits_.columns) + " attributes; leave some out");
  }
  model::Attribute& attribute = entry_at(event.data, attributes_++);
  attribute.name.assign(path_);
  switch (value.type()) {
    case element_type::STRING: {
      const std::string_view text = value.get_string().value_unsafe();
      if (text.size() > limits_.cell_bytes) {
        return fail("data." + path_,
                    "is longer than " + std::to_string(limits_.cell_bytes) + " bytes; shorten it");
      }
      set_json_text(attribute.value, text);
      return true;
    }
    case element_type::INT64:
      if (const std::int64_t number = value.get_int64().value_unsafe(); is_exact(number)) {
        attribute.value = static_cast<double>(number);
      } else {
        attribute.value = std::to_string(number);
      }
      return true;
    case element_type::UINT64:
      attribute.value = std::to_string(value.get_uint64().value_unsafe());
      return true;
    case element_type::DOUBLE:
      attribute.value = value.get_double().value_unsafe();
      return true;
    default:
      attribute.value = value.get_bool().value_unsafe();
      return true;
  }
}

bool JsonEventReader::is_complete(const model::Event& event) {
  if (event.type.empty()) return fail("type", "is missing; say what happened, such as \"order.placed\"");
  if (event.source.empty())
    return fail("source", "is missing; say which system it comes from, or import with --source");
  return has_time_ || fail("time", "is missing; say when it happened, such as \"2026-11-21T10:00:00+01:00\"");
}

bool JsonEventReader::has_distinct_names(const model::Event& event) {
  const auto check = [&](const auto& list, const std::string& field) {
    names_.clear();
    for (const auto& item : list) names_.push_back(item.name);
    std::sort(names_.begin(), names_.end());
    const auto twice = std::adjacent_find(names_.begin(), names_.end());
    return twice == names_.end() ||
           fail(field + "." + std::string(cut_text(*twice, 60)), "stands twice in the event; keep one");
  };
  return check(event.keys, "keys") && check(event.data, "data");
}

}  // namespace handslag::format
