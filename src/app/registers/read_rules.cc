// SPDX-License-Identifier: Apache-2.0
// [[due]], [[escalations]], [[tell]] and [[events]] of a definition.
#include <fmt/format.h>

#include <algorithm>

#include "app/registers/toml_reading.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMaxRules = 50;
constexpr std::size_t kMaxParts = 50;  // keys, or attributes, of an event
constexpr std::string_view kOccasions[] = {"created", "comment", "overdue"};
constexpr std::string_view kRecordReferences[] = {"@id",      "@due",   "@state",   "@actor",
                                                  "@creator", "@owner", "@comment", "@register"};

std::vector<std::string_view> occasions(const Definition& definition) {
  std::vector<std::string_view> known = state_ids(definition);
  known.insert(known.end(), std::begin(kOccasions), std::end(kOccasions));
  return known;
}

// `field` is of one of the kinds.
Status check_kind(const TomlTable& table, std::string_view key, const std::string& field,
                  const Definition& definition, std::initializer_list<FieldKind> kinds) {
  if (field.empty()) return {};
  HANDSLAG_CHECK_STATUS(table.check_names(key, {field}, field_ids(definition), "field"));
  const FieldKind kind = definition.field(field)->kind;
  if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return {};
  std::vector<std::string_view> names;
  for (const FieldKind it : kinds) names.push_back(field_kind_name(it));
  return table.wrong(key, fmt::format("{}: {} is of the kind {}, {} is needed", key, field,
                                      field_kind_name(kind), fmt::join(names, " or ")));
}

Status read_due(const TomlTable& table, Definition& definition) {
  HANDSLAG_CHECK_STATUS(table.only({"entering", "field", "after"}));
  DueRule rule;
  HANDSLAG_TRY(entering, table.needed_texts("entering", "[\"open\"]"));
  HANDSLAG_CHECK_STATUS(table.check_names("entering", entering, state_ids(definition), "state"));
  HANDSLAG_TRY(field, table.text("field"));
  HANDSLAG_CHECK_STATUS(check_kind(table, "field", field, definition, {FieldKind::Instant, FieldKind::Date}));
  HANDSLAG_TRY(after, table.duration("after"));
  if (field.empty() && !after) {
    return table.wrong("after", "say after = \"5 business days\", or field = \"…\", or both");
  }
  rule.entering = std::move(entering);
  rule.field = std::move(field);
  rule.after = after;
  definition.dues.push_back(std::move(rule));
  return {};
}

Status read_escalation(const TomlTable& table, Definition& definition) {
  HANDSLAG_CHECK_STATUS(table.only({"in", "silent", "past_due", "to", "takes_over", "state"}));
  Escalation rule;
  HANDSLAG_TRY(in, table.needed_texts("in", "[\"open\"]"));
  HANDSLAG_CHECK_STATUS(table.check_names("in", in, state_ids(definition), "state"));
  HANDSLAG_TRY(silent, table.duration("silent"));
  HANDSLAG_TRY(past_due, table.duration("past_due"));
  if (silent.has_value() == past_due.has_value()) {
    return table.wrong("silent", "say either silent = \"2 business days\" or past_due = \"0 s\"");
  }
  HANDSLAG_TRY(to, table.needed_text("to", "\"leader\", who is told"));
  HANDSLAG_TRY(takes_over, table.flag("takes_over", false));
  if (takes_over && definition.owner.empty()) {
    return table.wrong("takes_over", "nobody owns a record here: say owner = \"…\", a field, at the top");
  }
  HANDSLAG_TRY(state, table.text("state"));
  if (!state.empty())
    HANDSLAG_CHECK_STATUS(table.check_names("state", {state}, state_ids(definition), "state"));
  rule.in = std::move(in);
  rule.patience = silent ? Patience::Silent : Patience::PastDue;
  rule.after = silent ? *silent : *past_due;
  rule.to = std::move(to);
  rule.takes_over = takes_over;
  rule.state = std::move(state);
  definition.escalations.push_back(std::move(rule));
  return {};
}

Status read_tell(const TomlTable& table, Definition& definition) {
  HANDSLAG_CHECK_STATUS(table.only({"on", "to"}));
  HANDSLAG_TRY(on, table.needed_texts("on", "[\"answered\"]"));
  HANDSLAG_CHECK_STATUS(table.check_names("on", on, occasions(definition), "state or occasion"));
  HANDSLAG_TRY(to, table.needed_texts("to", "[\"creator\"]"));
  definition.tells.push_back({std::move(on), std::move(to)});
  return {};
}

// A reference that may go into an event: nothing masked or sealed leaves the record that way.
Status check_reference(const TomlTable& table, std::string_view key, const Reference& reference,
                       const EventRule& rule, const Definition& definition) {
  if (reference.empty() || reference[0] == '=') return {};
  std::vector<std::string_view> known = field_ids(definition);
  known.insert(known.end(), std::begin(kRecordReferences), std::end(kRecordReferences));
  HANDSLAG_CHECK_STATUS(table.check_names(key, {reference}, known, "field"));
  const Field* field = definition.field(reference);
  if (field == nullptr) return {};
  const auto is_open = [&](const std::string& occasion) {
    return std::find(field->shown_in.begin(), field->shown_in.end(), occasion) != field->shown_in.end();
  };
  if (!field->shown_in.empty() && !std::all_of(rule.on.begin(), rule.on.end(), is_open)) {
    return table.wrong(key, fmt::format("{} is sealed on that occasion; an event would show it", field->id));
  }
  if (field->personal) {
    return table.wrong(key, fmt::format("{} is personal; an event would show it unmasked. A customer goes "
                                        "into subject",
                                        field->id));
  }
  if (field->many) return table.wrong(key, fmt::format("{} is a list; an event takes one value", field->id));
  return {};
}

// The references of [events.keys] and [events.data].
Status read_parts(const TomlTable& table, std::string_view key, const EventRule& rule,
                  const Definition& definition, std::vector<std::pair<std::string, Reference>>& parts) {
  HANDSLAG_TRY(inner, table.table(key));
  if (!inner) return {};
  if (inner->raw().size() > kMaxParts) return table.wrong(key, fmt::format("at most {} {}", kMaxParts, key));
  for (const auto& [name, node] : inner->raw()) {
    HANDSLAG_TRY(reference, inner->needed_text(name.str(), "a field in quotes, \"@id\" or \"=text\""));
    HANDSLAG_CHECK_STATUS(check_reference(*inner, name.str(), reference, rule, definition));
    parts.emplace_back(std::string(name.str()), std::move(reference));
  }
  return {};
}

Status read_places(const TomlTable& table, const Definition& definition, EventRule& rule) {
  const std::pair<std::string_view, Reference*> places[] = {{"unit", &rule.unit},
                                                            {"channel", &rule.channel},
                                                            {"touchpoint", &rule.touchpoint},
                                                            {"agent", &rule.agent}};
  for (const auto& [key, place] : places) {
    HANDSLAG_TRY(reference, table.text(key));
    HANDSLAG_CHECK_STATUS(check_reference(table, key, reference, rule, definition));
    *place = std::move(reference);
  }
  return {};
}

Status read_event(const TomlTable& table, Definition& definition) {
  HANDSLAG_CHECK_STATUS(table.only({"on", "where", "type", "voids", "time", "subject", "unit", "channel",
                                    "touchpoint", "agent", "keys", "data"}));
  EventRule rule;
  HANDSLAG_TRY(on, table.needed_texts("on", "[\"created\"]"));
  HANDSLAG_CHECK_STATUS(table.check_names("on", on, occasions(definition), "state or occasion"));
  HANDSLAG_TRY(where, table.conditions("where"));
  HANDSLAG_CHECK_STATUS(check_conditions(table, "where", where, definition));
  HANDSLAG_TRY(type, table.needed_text("type", "\"case.opened\""));
  HANDSLAG_TRY(voids, table.text("voids"));
  HANDSLAG_TRY(time, table.text("time"));
  HANDSLAG_CHECK_STATUS(check_kind(table, "time", time, definition, {FieldKind::Instant}));
  HANDSLAG_TRY(subject, table.text("subject"));
  HANDSLAG_CHECK_STATUS(check_kind(table, "subject", subject, definition, {FieldKind::Customer}));
  rule.on = std::move(on);
  rule.where = std::move(where);
  rule.type = std::move(type);
  rule.voids = std::move(voids);
  rule.time = std::move(time);
  rule.subject = std::move(subject);
  HANDSLAG_CHECK_STATUS(read_places(table, definition, rule));
  HANDSLAG_CHECK_STATUS(read_parts(table, "keys", rule, definition, rule.keys));
  HANDSLAG_CHECK_STATUS(read_parts(table, "data", rule, definition, rule.data));
  definition.events.push_back(std::move(rule));
  return {};
}

// Why exactly one: the second event of a type has another id, which no `voids` names.
Status check_voids(const TomlTable& table, Definition& definition) {
  HANDSLAG_TRY(voids, table.text("voids"));
  if (voids.empty()) return {};
  const auto made =
      std::count_if(definition.events.begin(), definition.events.end(), [&](const EventRule& rule) {
        return rule.type == voids &&
               std::any_of(rule.on.begin(), rule.on.end(), [&](const std::string& occasion) {
                 return occasion == "created" || occasion == definition.initial;
               });
      });
  if (made == 1) return {};
  return table.wrong(
      "voids", fmt::format("{} events of type {} come of the making of a record, and one is meant; name "
                           "the type of an event on \"created\"",
                           made, voids));
}

using ReadOne = Status (*)(const TomlTable&, Definition&);

Status read_each(const TomlTable& root, std::string_view key, std::size_t limit, Definition& definition,
                 ReadOne read) {
  HANDSLAG_TRY(tables, root.tables(key, limit));
  for (const TomlTable& table : tables) HANDSLAG_CHECK_STATUS(read(table, definition));
  return {};
}

}  // namespace

Status read_rules(const TomlTable& root, Definition& definition) {
  HANDSLAG_CHECK_STATUS(read_each(root, "due", kMaxRules, definition, read_due));
  HANDSLAG_CHECK_STATUS(read_each(root, "escalations", kMaxEscalations, definition, read_escalation));
  return read_each(root, "tell", kMaxRules, definition, read_tell);
}

Status read_events(const TomlTable& root, Definition& definition) {
  HANDSLAG_CHECK_STATUS(read_each(root, "events", kMaxRules, definition, read_event));
  return read_each(root, "events", kMaxRules, definition, check_voids);
}

}  // namespace handslag::app
