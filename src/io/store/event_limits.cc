// SPDX-License-Identifier: Apache-2.0
#include "io/store/event_limits.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "io/store/event_log.h"

namespace handslag::store {
namespace {

bool is_in_range(Timestamp time) {
  return time >= kFirstTime && time <= kLastTime;
}

LimitFault values_fault(const model::Event& event) {
  for (const model::Key& key : event.keys) {
    for (const std::string* text : {&key.name, &key.value}) {
      if (auto fault = text_fault(*text)) return fault;
    }
  }
  for (const model::Attribute& attribute : event.data) {
    if (auto fault = text_fault(attribute.name)) return fault;
    if (auto fault = value_fault(attribute)) return fault;
    const auto* text = std::get_if<std::string>(&attribute.value);
    if (text == nullptr) continue;
    if (auto fault = text_fault(*text)) return fault;
  }
  return std::nullopt;
}

}  // namespace

LimitFault shape_fault(const model::Event& event) {
  if (event.source.empty()) return "the event has no source; name one with --source or in the map";
  if (event.type.empty()) return "the event has no type";
  if (!is_in_range(event.time)) return "the time lies outside the years 0001 to 9999";
  if (event.known && !is_in_range(*event.known)) return "the known time lies outside the years 0001 to 9999";
  if (event.id.empty() && event.record == 0) return "an event that comes in no file needs an id";
  if (std::max({event.id.size(), event.replaces.size(), event.voids.size()}) > kMaxIdBytes)
    return "an id is longer than " + std::to_string(kMaxIdBytes) + " bytes";
  if (!is_utf8(event.id) || !is_utf8(event.replaces) || !is_utf8(event.voids)) return "an id is not UTF-8";
  if (event.subject.size() > kMaxIdentifiers || event.keys.size() > kMaxKeys ||
      event.data.size() > kMaxAttributes) {
    return "more than " + std::to_string(kMaxIdentifiers) + " identifiers, " + std::to_string(kMaxKeys) +
           " keys or " + std::to_string(kMaxAttributes) + " attributes in one event";
  }
  return std::nullopt;
}

LimitFault text_fault(std::string_view text) {
  if (text.size() > kMaxTextBytes) return "a text is longer than " + std::to_string(kMaxTextBytes) + " bytes";
  if (!is_utf8(text)) return "a text is not UTF-8; name the file's encoding in the map";
  return std::nullopt;
}

LimitFault identifier_fault(const model::Identifier& identifier) {
  if (identifier.type.empty() || identifier.value.empty()) return "an identifier without a type or a value";
  if (identifier.value.size() > kMaxIdBytes)
    return "an identifier is longer than " + std::to_string(kMaxIdBytes) + " bytes";
  if (!is_utf8(identifier.value)) return "an identifier is not UTF-8; name the file's encoding in the map";
  return std::nullopt;
}

LimitFault value_fault(const model::Attribute& attribute) {
  const auto* number = std::get_if<double>(&attribute.value);
  if (number == nullptr || std::isfinite(*number)) return std::nullopt;
  return "\"" + attribute.name + "\" is not a finite number";
}

LimitFault limits_fault(const model::Event& event) {
  if (auto fault = shape_fault(event)) return fault;
  for (const std::string* text :
       {&event.source, &event.type, &event.unit, &event.channel, &event.touchpoint, &event.agent}) {
    if (auto fault = text_fault(*text)) return fault;
  }
  if (auto fault = values_fault(event)) return fault;
  for (const model::Identifier& identifier : event.subject) {
    if (auto fault = identifier_fault(identifier)) return fault;
    if (auto fault = text_fault(identifier.type)) return fault;
  }
  return std::nullopt;
}

}  // namespace handslag::store
