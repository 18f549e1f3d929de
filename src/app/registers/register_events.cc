// SPDX-License-Identifier: Apache-2.0
#include "app/registers/register_events.h"

#include <fmt/format.h>

#include <algorithm>

namespace handslag::app {
namespace {

// Texts go by their look, as they do in contract/event.md, so that an event is the same by every way.
model::Value value_of_text(const std::string& text) {
  if (const auto date = parse_date(text)) return *date;
  if (const auto time = parse_rfc3339(text)) return *time;
  return text;
}

model::Value value_of_json(const Json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return value_of_text(json.get_ref<const std::string&>());
  return {};
}

std::string text_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// What a reference stands for in this record after this change; null where there is nothing.
Json resolve(const Reference& reference, const Record& record, const store::RegisterChange& change) {
  if (reference.empty()) return {};
  if (reference[0] == '=') return reference.substr(1);
  if (reference == "@id") return record.row.id;
  if (reference == "@due") return time_json(record.row.due);
  if (reference == "@state") return record.row.state;
  if (reference == "@actor") return change.by;
  if (reference == "@creator") return record.row.creator;
  if (reference == "@owner") return record.row.owner;
  if (reference == "@comment") return change.comment;
  if (reference == "@register") return record.row.register_id;
  const auto value = record.values.find(reference);
  if (value == record.values.end()) return {};
  return value->is_object() ? Json(text_in(*value, "id")) : *value;  // an event is known by its id
}

std::string text_of(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  return json.is_null() ? std::string() : json.dump();
}

std::string free_id(std::string id, const std::vector<model::Event>& events) {
  const auto is_taken = [&](const std::string& candidate) {
    return std::any_of(events.begin(), events.end(),
                       [&](const model::Event& it) { return it.id == candidate; });
  };
  std::string candidate = id;
  for (int n = 2; is_taken(candidate); ++n) candidate = id + "." + std::to_string(n);
  return candidate;
}

std::vector<model::Identifier> subject_of(const std::string& field, const Record& record) {
  std::vector<model::Identifier> subject;
  const auto value = record.values.find(field);
  if (value == record.values.end() || !value->is_array()) return subject;
  for (const Json& it : *value) subject.push_back({text_in(it, "type"), text_in(it, "value")});
  return subject;
}

model::Event event_by(const EventRule& rule, const Record& record, const store::RegisterChange& change) {
  model::Event event;
  event.source = kRegisterSource;
  event.type = rule.type;
  event.time = change.at;
  event.known = change.at;
  event.sequence = change.version;
  if (const auto time = parse_rfc3339(text_of(resolve(rule.time, record, change)))) event.time = *time;
  event.subject = subject_of(rule.subject, record);
  event.unit = text_of(resolve(rule.unit, record, change));
  event.channel = text_of(resolve(rule.channel, record, change));
  event.touchpoint = text_of(resolve(rule.touchpoint, record, change));
  event.agent = text_of(resolve(rule.agent, record, change));
  if (!rule.voids.empty()) event.voids = fmt::format("{}.1.{}", record.row.id, rule.voids);
  for (const auto& [name, reference] : rule.keys) {
    std::string value = text_of(resolve(reference, record, change));
    if (!value.empty()) event.keys.push_back({name, std::move(value)});
  }
  for (const auto& [name, reference] : rule.data) {
    const Json value = resolve(reference, record, change);
    if (value.is_null() || value == "") continue;
    event.data.push_back({name, value_of_json(value)});
  }
  return event;
}

model::Event event_from(const Json& json) {
  model::Event event;
  event.id = text_in(json, "id");
  event.source = text_in(json, "source");
  event.type = text_in(json, "type");
  event.unit = text_in(json, "unit");
  event.channel = text_in(json, "channel");
  event.touchpoint = text_in(json, "touchpoint");
  event.agent = text_in(json, "agent");
  event.voids = text_in(json, "voids");
  event.known = parse_rfc3339(text_in(json, "known"));
  event.time = parse_rfc3339(text_in(json, "time")).value_or(kNoTime);
  event.sequence = json.value("sequence", std::int64_t{0});
  for (const Json& it : json.value("subject", Json::array())) {
    event.subject.push_back({text_in(it, "type"), text_in(it, "value")});
  }
  const Json keys = json.value("keys", Json::object()), data = json.value("data", Json::object());
  for (const auto& [name, value] : keys.items()) event.keys.push_back({name, text_of(value)});
  for (const auto& [name, value] : data.items()) event.data.push_back({name, value_of_json(value)});
  return event;
}

}  // namespace

std::vector<std::string> occasions_of(const store::RegisterChange& change) {
  std::vector<std::string> occasions;
  if (change.action == "created") occasions.emplace_back("created");
  if (change.action == "commented") occasions.emplace_back("comment");
  if (change.action == "overdue") occasions.emplace_back("overdue");
  if (change.action == "undone") return occasions;  // it is as if it had not been
  if (change.action == "created" || change.from_state != change.to_state)
    occasions.push_back(change.to_state);
  return occasions;
}

std::vector<model::Event> events_of(const Definition& definition, const Record& record,
                                    const store::RegisterChange& change) {
  std::vector<model::Event> events;
  const auto occasions = occasions_of(change);
  for (const EventRule& rule : definition.events) {
    const bool applies = std::any_of(occasions.begin(), occasions.end(), [&](const std::string& occasion) {
      return std::find(rule.on.begin(), rule.on.end(), occasion) != rule.on.end();
    });
    if (!applies || !holds(rule.where, record.values)) continue;
    model::Event event = event_by(rule, record, change);
    event.id = free_id(change.record + "." + std::to_string(change.version) + "." + rule.type, events);
    events.push_back(std::move(event));
  }
  return events;
}

std::vector<model::Event> voiding_events(const std::vector<model::Event>& events,
                                         const store::RegisterChange& undo) {
  std::vector<model::Event> voiding;
  for (const model::Event& it : events) {
    model::Event event;
    event.source = kRegisterSource;
    event.type = "record.undone";
    event.id = free_id(fmt::format("{}.{}.{}", undo.record, undo.version, event.type), voiding);
    event.time = undo.at;
    event.known = undo.at;
    event.sequence = undo.version;
    event.subject = it.subject;
    event.unit = it.unit;
    event.keys = it.keys;
    event.voids = it.id;
    voiding.push_back(std::move(event));
  }
  return voiding;
}

std::string stored_event(const model::Event& event) {
  Json json = event_json(event);
  json["sequence"] = event.sequence;
  return json.dump();
}

Result<model::Event> read_stored_event(const std::string& json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (parsed.is_object()) {
    try {
      model::Event event = event_from(parsed);
      if (!event.id.empty() && !event.type.empty() && event.time != kNoTime) return event;
    } catch (const Json::exception&) {
      // Told below.
    }
  }
  return Error{ErrorCode::Corrupt,
               "an event in the records' outbox is damaged; restore the data directory from a backup"};
}

}  // namespace handslag::app
