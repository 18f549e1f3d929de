// SPDX-License-Identifier: Apache-2.0
#include "app/registers/definition_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/registers/toml_reading.h"
#include "base/text.h"
#include "io/format/parse_toml.h"

namespace handslag::app {
namespace {

using model::DurationUnit;

struct UnitWord {
  std::string_view word;
  DurationUnit unit;
  std::int64_t most;  // a hundred years
};
constexpr std::int64_t kMostHours = 876'600;
constexpr UnitWord kUnitWords[] = {
    {"s", DurationUnit::Seconds, kMostHours * 3'600},
    {"min", DurationUnit::Minutes, kMostHours * 60},
    {"h", DurationUnit::Hours, kMostHours},
    {"day", DurationUnit::Days, model::kLongestDurationDays},
    {"days", DurationUnit::Days, model::kLongestDurationDays},
    {"business day", DurationUnit::BusinessDays, model::kLongestDurationDays},
    {"business days", DurationUnit::BusinessDays, model::kLongestDurationDays},
    {"business hour", DurationUnit::BusinessHours, kMostHours},
    {"business hours", DurationUnit::BusinessHours, kMostHours},
};

bool is_register_id(std::string_view id) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  return !id.empty() && id.size() <= 40 && id[0] != '-' && id.back() != '-' &&
         std::all_of(id.begin(), id.end(), fits);
}

Status read_names(const TomlTable& root, Definition& definition) {
  HANDSLAG_TRY(id, root.needed_text("id", "\"case\""));
  if (!is_register_id(id)) return root.wrong("id", "a register's id is 1 to 40 of a-z and -, such as walk");
  definition.id = std::move(id);
  HANDSLAG_TRY(name, root.needed_words("name"));
  HANDSLAG_TRY(plural, root.needed_words("plural"));
  HANDSLAG_TRY(help, root.words("help"));
  definition.name = std::move(name);
  definition.plural = std::move(plural);
  definition.help = std::move(help);
  return {};
}

// A top key that names a field of one kind, and the field.
Status read_column(const TomlTable& root, std::string_view key, FieldKind kind, const Definition& definition,
                   std::string& column) {
  HANDSLAG_TRY(name, root.text(key));
  if (name.empty()) return {};
  HANDSLAG_CHECK_STATUS(root.check_names(key, {name}, field_ids(definition), "field"));
  if (definition.field(name)->kind != kind) {
    return root.wrong(key, fmt::format("{}: {} is of the kind {}, {} is needed", key, name,
                                       field_kind_name(definition.field(name)->kind), field_kind_name(kind)));
  }
  column = std::move(name);
  return {};
}

Status read_columns(const TomlTable& root, Definition& definition) {
  HANDSLAG_TRY(title, root.needed_text("title", "\"subject\", the field that names a record in lists"));
  HANDSLAG_CHECK_STATUS(root.check_names("title", {title}, field_ids(definition), "field"));
  const Field& field = *definition.field(title);
  if (!field.shown_in.empty()) {
    return root.wrong("title", fmt::format("{} is sealed; take another field for the title", title));
  }
  if (field.many || field.kind == FieldKind::Customer || field.kind == FieldKind::Event) {
    return root.wrong("title", fmt::format("{} is no single text; take another field for the title", title));
  }
  definition.title = std::move(title);
  HANDSLAG_CHECK_STATUS(read_column(root, "owner", FieldKind::Person, definition, definition.owner));
  HANDSLAG_CHECK_STATUS(read_column(root, "unit", FieldKind::Unit, definition, definition.unit));
  HANDSLAG_CHECK_STATUS(read_column(root, "waiting", FieldKind::Unit, definition, definition.waiting));
  HANDSLAG_CHECK_STATUS(read_column(root, "customer", FieldKind::Customer, definition, definition.customer));
  HANDSLAG_TRY(unique, root.texts("unique"));
  HANDSLAG_CHECK_STATUS(root.check_names("unique", unique, field_ids(definition), "field"));
  definition.unique = std::move(unique);
  HANDSLAG_TRY(hides_creator, root.flag("hides_creator", false));
  HANDSLAG_TRY(to_any_unit, root.flag("to_any_unit", false));
  HANDSLAG_TRY(always_comment, root.flag("always_comment", false));
  definition.hides_creator = hides_creator;
  definition.to_any_unit = to_any_unit;
  definition.always_comment = always_comment;
  HANDSLAG_TRY(calendar, root.text("calendar"));
  if (!calendar.empty()) definition.calendar = std::move(calendar);
  HANDSLAG_TRY(zone, root.text("zone"));
  if (!zone.empty()) definition.zone = std::move(zone);
  return {};
}

Status read_who(const TomlTable& root, Definition& definition) {
  HANDSLAG_TRY(who, root.table("who"));
  if (!who) return root.wrong("who", "say who = { read = [\"anyone\"], create = […], change = […] }");
  HANDSLAG_CHECK_STATUS(who->only({"read", "create", "change", "comment", "people"}));
  HANDSLAG_TRY(read, who->needed_texts("read", "[\"anyone\"], or roles"));
  HANDSLAG_TRY(create, who->needed_texts("create", "[\"front-line\"], or other roles"));
  HANDSLAG_TRY(change, who->needed_texts("change", "[\"creator\", \"owner\"], or roles"));
  HANDSLAG_TRY(comment, who->texts("comment"));
  HANDSLAG_TRY(people, who->texts("people"));
  definition.people = std::move(people);
  definition.comment = comment.empty() ? read : std::move(comment);
  definition.read = std::move(read);
  definition.create = std::move(create);
  definition.change = std::move(change);
  return {};
}

Status read_parts(const TomlTable& root, Definition& definition) {
  HANDSLAG_CHECK_STATUS(root.only(
      {"id",       "name",   "plural",        "help",        "title",          "owner",    "unit",  "waiting",
       "customer", "unique", "hides_creator", "to_any_unit", "always_comment", "calendar", "zone",  "who",
       "fields",   "states", "moves",         "due",         "escalations",    "tell",     "events"}));
  HANDSLAG_CHECK_STATUS(read_names(root, definition));
  HANDSLAG_CHECK_STATUS(read_fields(root, definition));
  HANDSLAG_CHECK_STATUS(read_states(root, definition));
  HANDSLAG_CHECK_STATUS(read_columns(root, definition));
  HANDSLAG_CHECK_STATUS(read_who(root, definition));
  HANDSLAG_CHECK_STATUS(read_moves(root, definition));
  HANDSLAG_CHECK_STATUS(read_rules(root, definition));
  return read_events(root, definition);
}

}  // namespace

std::optional<model::Duration> parse_patience(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 0) return std::nullopt;
  const std::string_view word = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  for (const UnitWord& it : kUnitWords) {
    if (it.word == word && count <= it.most) return model::Duration{count, it.unit};
  }
  return std::nullopt;
}

Result<Definition> read_definition(std::string_view toml, const std::string& file) {
  if (toml.size() > kMaxDefinitionBytes) {
    return over_limit(fmt::format("{}: {} bytes are too many for a register; at most {}", file, toml.size(),
                                  kMaxDefinitionBytes));
  }
  HANDSLAG_TRY(table, format::parse_toml(toml, file));
  Definition definition;
  HANDSLAG_CHECK_STATUS(read_parts(TomlTable(file, table), definition));
  return definition;
}

}  // namespace handslag::app
