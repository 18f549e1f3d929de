// SPDX-License-Identifier: Apache-2.0
#include "app/language/json.h"

#include <cmath>

namespace handslag::app {

Json time_json(Timestamp time) {
  return time == kNoTime ? Json() : Json(format_rfc3339(time));
}

Json time_json(std::optional<Timestamp> time) {
  return time ? time_json(*time) : Json();
}

Json number_json(double number) {
  constexpr double kExact = 9'007'199'254'740'992.0;  // 2^53: every whole number below is itself
  if (number == std::trunc(number) && std::fabs(number) < kExact) return static_cast<std::int64_t>(number);
  return number;
}

Json value_json(const model::Value& value) {
  switch (model::kind_of(value)) {
    case model::ValueKind::Missing:
      return {};
    case model::ValueKind::Text:
      return std::get<std::string>(value);
    case model::ValueKind::Number:
      return number_json(std::get<double>(value));
    case model::ValueKind::Instant:
      return format_rfc3339(std::get<Timestamp>(value));
    case model::ValueKind::Boolean:
      return std::get<bool>(value);
    case model::ValueKind::Date:
      return format_date(std::get<Date>(value));
  }
  return {};
}

Json event_json(const model::Event& event) {
  Json json{
      {"id", event.id}, {"source", event.source}, {"type", event.type}, {"time", format_rfc3339(event.time)}};
  if (event.known) json["known"] = format_rfc3339(*event.known);
  Json subject = Json::array();
  for (const model::Identifier& identifier : event.subject) {
    subject.push_back({{"type", identifier.type}, {"value", identifier.value}});
  }
  if (!subject.empty()) json["subject"] = subject;
  const std::pair<const char*, const std::string&> fields[] = {
      {"unit", event.unit},   {"channel", event.channel},   {"touchpoint", event.touchpoint},
      {"agent", event.agent}, {"replaces", event.replaces}, {"voids", event.voids}};
  for (const auto& [name, text] : fields) {
    if (!text.empty()) json[name] = text;
  }
  for (const model::Key& key : event.keys) json["keys"][key.name] = key.value;
  for (const model::Attribute& attribute : event.data)
    json["data"][attribute.name] = value_json(attribute.value);
  return json;
}

Json event_reference_json(const model::Event& event) {
  return {
      {"source", event.source}, {"id", event.id}, {"time", format_rfc3339(event.time)}, {"type", event.type}};
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace handslag::app
