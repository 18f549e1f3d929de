// SPDX-License-Identifier: Apache-2.0
#include "app/registers/record_json.h"

#include <algorithm>

namespace handslag::app {
namespace {

Json words_json(const Words& words) {
  return words.en.empty() ? Json() : Json{{"sv", words.sv}, {"en", words.en}};
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

bool is_hidden(const Definition& definition, const store::RegisterRecord& row, const std::string& person,
               const Actor& actor) {
  if (definition.hides_creator && person == row.creator && actor.id != row.creator) return true;
  return person != actor.id && !sees_people(definition, actor, row);
}

// As sight_of, and a person is masked for whoever does not see people.
Sight sight_in(const Definition& definition, const Field& field, const store::RegisterRecord& row,
               const Actor& actor) {
  const Sight sight = sight_of(field, row, actor);
  const bool is_person = field.kind == FieldKind::Person;
  return is_person && sight == Sight::Open && !sees_people(definition, actor, row) ? Sight::Masked : sight;
}

Json conditions_json(const std::vector<Condition>& conditions) {
  Json json = Json::object();
  for (const Condition& it : conditions) {
    json[it.field] = it.value == "true" || it.value == "false" ? Json(it.value == "true") : Json(it.value);
  }
  return json;
}

Json field_json(const Field& field) {
  Json json{{"id", field.id},
            {"kind", field_kind_name(field.kind)},
            {"name", words_json(field.name)},
            {"help", words_json(field.help)},
            {"required",
             field.required_where.empty() ? Json(field.required) : conditions_json(field.required_where)},
            {"personal", field.personal},
            {"at_creation", field.at_creation}};
  if (field.kind == FieldKind::Text || field.kind == FieldKind::LongText)
    json["max_length"] = field.max_length;
  if (!field.form.empty()) json["form"] = field.form;
  if (field.min) json["min"] = number_json(*field.min);
  if (field.max) json["max"] = number_json(*field.max);
  if (field.kind == FieldKind::Number) json["whole"] = field.whole;
  if (!field.measure.empty()) json["measure"] = field.measure;
  if (!field.registers.empty()) json["registers"] = field.registers;
  if (field.kind == FieldKind::Link) json["many"] = field.many;
  if (!field.shown_in.empty()) json["sealed_until"] = field.shown_in;
  if (field.set_in) json["set_in"] = *field.set_in;
  if (!field.starts_as.empty()) json["starts_as"] = field.starts_as;
  if (!field.beside.empty()) json["beside"] = field.beside;
  for (const Choice& choice : field.choices) {
    json["values"].push_back({{"id", choice.id}, {"name", words_json(choice.name)}});
  }
  return json;
}

Json move_json(const Move& move, bool needs_comment) {
  Json json{{"to", move.to},       {"name", words_json(move.name)}, {"comment", needs_comment},
            {"takes", move.takes}, {"needs", move.needs},           {"asks", move.asks}};
  if (move.waits_for) {
    json["waits_for"] = {{"register", move.waits_for->register_id},
                         {"field", move.waits_for->field},
                         {"states", move.waits_for->states},
                         {"at_least", move.waits_for->at_least}};
  }
  return json;
}

}  // namespace

bool is_overdue(const Definition& definition, const store::RegisterRecord& row, Timestamp now) {
  const State* state = definition.state(row.state);
  return state != nullptr && state->owes && row.due && *row.due < now;
}

Json title_json(const Definition& definition, const store::RegisterRecord& row, const Actor& actor) {
  const Field* field = definition.field(definition.title);
  if (field != nullptr && sight_of(*field, row, actor) != Sight::Open) return {};
  return text_or_null(row.title);
}

Json record_json(const Definition& definition, const Record& record, const Actor& actor, Timestamp now) {
  const store::RegisterRecord& row = record.row;
  Json values = Json::object(), masked = Json::array(), sealed = Json::array();
  for (const Field& field : definition.fields) {
    const auto value = record.values.find(field.id);
    if (value == record.values.end()) continue;
    const Sight sight = sight_in(definition, field, row, actor);
    if (sight == Sight::Open) values[field.id] = *value;
    if (sight == Sight::Masked) masked.push_back(field.id);
    if (sight == Sight::Sealed) sealed.push_back(field.id);
  }
  return {{"id", row.id},
          {"register", row.register_id},
          {"version", row.version},
          {"state", row.state},
          {"title", title_json(definition, row, actor)},
          {"owner", values.value(definition.owner, Json())},
          {"unit", text_or_null(row.unit)},
          {"created_at", time_json(row.created_at)},
          {"created_by", is_hidden(definition, row, row.creator, actor) ? Json() : text_or_null(row.creator)},
          {"changed_at", time_json(row.changed_at)},
          {"state_since", time_json(row.state_since)},
          {"due", time_json(row.due)},
          {"overdue", is_overdue(definition, row, now)},
          {"values", std::move(values)},
          {"masked", std::move(masked)},
          {"sealed", std::move(sealed)}};
}

Json moves_json(const Definition& definition, const store::RegisterRecord& row, const Actor& actor) {
  Json list = Json::array();
  for (const Move& move : definition.moves) {
    if (std::find(move.from.begin(), move.from.end(), row.state) == move.from.end()) continue;
    if (!allows(move.who.empty() ? definition.change : move.who, actor, row)) continue;
    list.push_back(move_json(move, move.needs_comment || definition.always_comment));
  }
  return list;
}

Json change_json(const Definition& definition, const store::RegisterRecord& row,
                 const store::RegisterChange& change, const Actor& actor) {
  const Json details = Json::parse(change.details, nullptr, false);
  Json changes = Json::array();
  for (const Json& it : details.is_array() ? details : Json::array()) {
    const Field* field = definition.field(it.value("field", ""));
    const Sight sight = field == nullptr ? Sight::Open : sight_in(definition, *field, row, actor);
    // Why a field that is defined no more is left out: nobody knows whether it was personal.
    if (field == nullptr && it.value("field", "") != "@due") continue;
    if (sight == Sight::Open) {
      changes.push_back(it);
    } else {
      changes.push_back({{"field", field->id}, {sight == Sight::Masked ? "masked" : "sealed", true}});
    }
  }
  const Json by = is_hidden(definition, row, change.by, actor)
                      ? Json()
                      : Json{{"id", text_or_null(change.by)}, {"name", text_or_null(change.by_name)}};
  return {{"version", change.version},
          {"at", time_json(change.at)},
          {"by", by},
          {"action", change.action},
          {"from_state", text_or_null(change.from_state)},
          {"to_state", change.to_state},
          {"comment", text_or_null(change.comment)},
          {"changes", std::move(changes)}};
}

Json definition_json(const Definition& definition) {
  Json fields = Json::array(), states = Json::array(), moves = Json::array();
  for (const Field& field : definition.fields) fields.push_back(field_json(field));
  for (const State& state : definition.states) {
    states.push_back(
        {{"id", state.id}, {"name", words_json(state.name)}, {"owes", state.owes}, {"final", state.final}});
  }
  for (const Move& move : definition.moves) {
    Json json = move_json(move, move.needs_comment || definition.always_comment);
    json["from"] = move.from;
    moves.push_back(std::move(json));
  }
  return {{"id", definition.id},
          {"name", words_json(definition.name)},
          {"plural", words_json(definition.plural)},
          {"help", words_json(definition.help)},
          {"title", definition.title},
          {"owner", text_or_null(definition.owner)},
          {"unit", text_or_null(definition.unit)},
          {"waiting", text_or_null(definition.waiting)},
          {"customer", text_or_null(definition.customer)},
          {"unique", definition.unique},
          {"always_comment", definition.always_comment},
          {"hides_creator", definition.hides_creator},
          {"initial", definition.initial},
          {"fields", std::move(fields)},
          {"states", std::move(states)},
          {"moves", std::move(moves)}};
}

}  // namespace handslag::app
