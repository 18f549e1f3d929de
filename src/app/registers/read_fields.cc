// SPDX-License-Identifier: Apache-2.0
// [[fields]] of a definition.
#include <fmt/format.h>

#include <algorithm>

#include "app/registers/toml_reading.h"

namespace handslag::app {
namespace {

constexpr FieldKind kKinds[] = {
    FieldKind::Text,    FieldKind::LongText, FieldKind::Number, FieldKind::Instant, FieldKind::Date,
    FieldKind::YesNo,   FieldKind::Choice,   FieldKind::Unit,   FieldKind::Person,  FieldKind::Customer,
    FieldKind::Promise, FieldKind::Event,    FieldKind::Link};

bool is_field_id(std::string_view id) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !id.empty() && id.size() <= 40 && id[0] >= 'a' && id[0] <= 'z' &&
         std::all_of(id.begin(), id.end(), fits);
}

Status read_kind(const TomlTable& table, Field& field) {
  HANDSLAG_TRY(kind, table.needed_text("kind", "\"text\""));
  std::vector<std::string_view> names;
  for (const FieldKind it : kKinds) names.push_back(field_kind_name(it));
  HANDSLAG_CHECK_STATUS(table.check_names("kind", {kind}, names, "kind of field"));
  for (const FieldKind it : kKinds) {
    if (field_kind_name(it) == kind) field.kind = it;
  }
  return {};
}

// What only some kinds have.
Status check_fits(const TomlTable& table, const Field& field) {
  const auto is = [&](std::initializer_list<FieldKind> kinds) {
    return std::find(kinds.begin(), kinds.end(), field.kind) != kinds.end();
  };
  const std::pair<std::string_view, bool> only_some[] = {
      {"max_length", is({FieldKind::Text, FieldKind::LongText})},
      {"form", is({FieldKind::Text})},
      {"min", is({FieldKind::Number})},
      {"max", is({FieldKind::Number})},
      {"whole", is({FieldKind::Number})},
      {"measure", is({FieldKind::Number})},
      {"values", is({FieldKind::Choice})},
      {"registers", is({FieldKind::Link})},
      {"many", is({FieldKind::Link})},
  };
  for (const auto& [key, fits] : only_some) {
    if (table.has(key) && !fits)
      return table.wrong(key, fmt::format("{} does not go with the kind {}; take it away", key,
                                          field_kind_name(field.kind)));
  }
  return {};
}

Status read_text_limits(const TomlTable& table, Field& field) {
  const bool is_long = field.kind == FieldKind::LongText;
  const std::size_t most = is_long ? kMaxLongTextLength : kMaxTextLength;
  field.max_length = is_long ? 4'000 : 200;
  HANDSLAG_TRY(length, table.number("max_length"));
  if (length) {
    if (*length < 1 || *length > static_cast<double>(most)) {
      return table.wrong("max_length", fmt::format("max_length = 1 to {} expected", most));
    }
    field.max_length = static_cast<std::size_t>(*length);
  }
  HANDSLAG_TRY(form, table.text("form"));
  field.form = std::move(form);
  return {};
}

Status read_number_limits(const TomlTable& table, Field& field) {
  HANDSLAG_TRY(min, table.number("min"));
  HANDSLAG_TRY(max, table.number("max"));
  HANDSLAG_TRY(whole, table.flag("whole", false));
  HANDSLAG_TRY(measure, table.text("measure"));
  if (min && max && *min > *max) return table.wrong("min", "min is more than max; turn them round");
  field.min = min;
  field.max = max;
  field.whole = whole;
  field.measure = std::move(measure);
  return {};
}

Status read_choices(const TomlTable& table, Field& field) {
  if (field.kind != FieldKind::Choice) return {};
  HANDSLAG_TRY(values, table.tables("values", kMaxChoices));
  if (values.empty()) {
    return table.wrong("values", "say values = [{ id = \"…\", sv = \"…\", en = \"…\" }, …]");
  }
  for (const TomlTable& value : values) {
    HANDSLAG_CHECK_STATUS(value.only({"id", "sv", "en"}));
    HANDSLAG_TRY(id, value.needed_text("id", "\"mandate\""));
    HANDSLAG_TRY(swedish, value.needed_text("sv", "\"…\""));
    HANDSLAG_TRY(english, value.needed_text("en", "\"…\""));
    const auto same = [&](const Choice& it) { return it.id == id; };
    if (std::any_of(field.choices.begin(), field.choices.end(), same)) {
      return value.wrong("id", fmt::format("the value {} stands twice; take one away", id));
    }
    field.choices.push_back({std::move(id), {std::move(swedish), std::move(english)}});
  }
  return {};
}

Status read_links(const TomlTable& table, Field& field) {
  if (field.kind != FieldKind::Link) return {};
  HANDSLAG_TRY(registers, table.needed_texts("registers", "[\"case\"], the registers that it may lead to"));
  HANDSLAG_TRY(many, table.flag("many", false));
  field.registers = std::move(registers);
  field.many = many;
  return {};
}

// When it may be given, and who sees it. States are not known yet: check_later() looks at them.
Status read_times(const TomlTable& table, Field& field) {
  HANDSLAG_TRY(personal, table.flag("personal", field.kind == FieldKind::Customer));
  HANDSLAG_TRY(shown_in, table.texts("sealed_until"));
  HANDSLAG_TRY(at_creation, table.flag("at_creation", true));
  HANDSLAG_TRY(starts_as, table.text("starts_as"));
  field.personal = personal || field.kind == FieldKind::Customer;
  field.shown_in = std::move(shown_in);
  field.at_creation = at_creation;
  field.starts_as = std::move(starts_as);
  if (table.has("set_in")) {
    HANDSLAG_TRY(states, table.texts("set_in"));
    field.set_in = std::move(states);
  }
  const auto choice = [&](const Choice& it) { return "=" + it.id == field.starts_as; };
  const bool fits =
      field.starts_as.empty() || (field.starts_as == "actor" && field.kind == FieldKind::Person) ||
      (field.starts_as == "now" && (field.kind == FieldKind::Instant || field.kind == FieldKind::Date)) ||
      std::any_of(field.choices.begin(), field.choices.end(), choice);
  if (fits) return {};
  return table.wrong("starts_as",
                     "starts_as = \"actor\" for a person, \"now\" for an instant or a date, or \"=ID\" of a "
                     "choice's value expected");
}

Result<Field> read_field(const TomlTable& table) {
  HANDSLAG_CHECK_STATUS(
      table.only({"id",       "kind",         "name",        "help",    "required",  "max_length", "form",
                  "min",      "max",          "whole",       "measure", "values",    "registers",  "many",
                  "personal", "sealed_until", "at_creation", "set_in",  "starts_as", "beside"}));
  Field field;
  HANDSLAG_TRY(id, table.needed_text("id", "\"subject\""));
  if (!is_field_id(id)) {
    return table.wrong("id", "a field's id is 1 to 40 of a-z, 0-9 and _, and begins with a letter");
  }
  field.id = std::move(id);
  HANDSLAG_CHECK_STATUS(read_kind(table, field));
  HANDSLAG_CHECK_STATUS(check_fits(table, field));
  HANDSLAG_TRY(name, table.needed_words("name"));
  HANDSLAG_TRY(help, table.words("help"));
  HANDSLAG_TRY(beside, table.text("beside"));
  field.name = std::move(name);
  field.help = std::move(help);
  field.beside = std::move(beside);
  HANDSLAG_CHECK_STATUS(read_text_limits(table, field));
  HANDSLAG_CHECK_STATUS(read_number_limits(table, field));
  HANDSLAG_CHECK_STATUS(read_choices(table, field));
  HANDSLAG_CHECK_STATUS(read_links(table, field));
  HANDSLAG_CHECK_STATUS(read_times(table, field));
  return field;
}

// `required` may ask for other fields, so it is read when all are known.
Status read_required(const TomlTable& table, const Definition& definition, Field& field) {
  if (table.raw().get("required") != nullptr && table.raw().get("required")->is_table()) {
    HANDSLAG_TRY(conditions, table.conditions("required"));
    HANDSLAG_CHECK_STATUS(check_conditions(table, "required", conditions, definition));
    field.required_where = std::move(conditions);
  } else {
    HANDSLAG_TRY(required, table.flag("required", false));
    field.required = required;
  }
  if (!field.beside.empty()) {
    HANDSLAG_CHECK_STATUS(table.check_names("beside", {field.beside}, field_ids(definition), "field"));
  }
  return {};
}

}  // namespace

Status read_fields(const TomlTable& root, Definition& definition) {
  HANDSLAG_TRY(tables, root.tables("fields", kMaxFields));
  if (tables.empty()) return root.wrong("fields", "a register needs [[fields]], at least one");
  for (const TomlTable& table : tables) {
    HANDSLAG_TRY(field, read_field(table));
    if (definition.field(field.id) != nullptr) {
      return table.wrong("id", fmt::format("the field {} stands twice; give one another id", field.id));
    }
    definition.fields.push_back(std::move(field));
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    HANDSLAG_CHECK_STATUS(read_required(tables[i], definition, definition.fields[i]));
  }
  return {};
}

}  // namespace handslag::app
