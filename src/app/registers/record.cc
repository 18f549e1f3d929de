// SPDX-License-Identifier: Apache-2.0
#include "app/registers/record.h"

#include <algorithm>

namespace handslag::app {

Actor system_actor() {
  return {"handslag", "handslag", [](const std::string&, const std::string&) { return true; }, {}};
}

Sight sight_of(const Field& field, const store::RegisterRecord& row, const Actor& actor) {
  const bool is_creator = !actor.id.empty() && actor.id == row.creator;
  const auto& open = field.shown_in;
  if (!open.empty() && !is_creator && std::find(open.begin(), open.end(), row.state) == open.end()) {
    return Sight::Sealed;
  }
  if (!field.personal) return Sight::Open;
  return actor.may("personal", row.unit) && !actor.kept_from.contains(row.id) ? Sight::Open : Sight::Masked;
}

bool allows(const std::vector<std::string>& words, const Actor& actor, const store::RegisterRecord& row) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    if (word == "anyone") return true;
    if (word == "creator") return !actor.id.empty() && actor.id == row.creator;
    if (word == "holder") return !actor.id.empty() && actor.id == row.owner;
    return actor.may(word, row.unit);
  });
}

bool may_read(const Definition& definition, const Actor& actor, const store::RegisterRecord& row) {
  if (allows(definition.read, actor, row)) return true;
  if (definition.waiting.empty()) return false;
  const Json values = Json::parse(row.values, nullptr, false);
  if (!values.is_object()) return false;
  const auto unit = values.find(definition.waiting);
  if (unit == values.end() || !unit->is_string()) return false;
  return std::any_of(definition.read.begin(), definition.read.end(), [&](const std::string& word) {
    return actor.may(word, unit->get_ref<const std::string&>());
  });
}

bool sees_people(const Definition& definition, const Actor& actor, const store::RegisterRecord& row) {
  return definition.people.empty() || allows(definition.people, actor, row);
}

bool holds(const std::vector<Condition>& conditions, const Json& values) {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    const auto value = values.find(condition.field);
    if (value == values.end()) return condition.value == "false";
    if (value->is_boolean()) return condition.value == (value->get<bool>() ? "true" : "false");
    return value->is_string() && value->get_ref<const std::string&>() == condition.value;
  });
}

}  // namespace handslag::app
