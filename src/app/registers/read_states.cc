// SPDX-License-Identifier: Apache-2.0
// [[states]] and [[moves]] of a definition.
#include <fmt/format.h>

#include <algorithm>

#include "app/registers/toml_reading.h"

namespace handslag::app {
namespace {

bool is_state_id(std::string_view id) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), fits);
}

Result<State> read_state(const TomlTable& table) {
  HANDSLAG_CHECK_STATUS(table.only({"id", "name", "owes", "final"}));
  HANDSLAG_TRY(id, table.needed_text("id", "\"open\""));
  if (!is_state_id(id)) return table.wrong("id", "a state's id is 1 to 40 of a-z, 0-9 and -");
  if (id == "created" || id == "comment" || id == "overdue") {
    return table.wrong("id", fmt::format("\"{}\" is the name of an occasion; call the state otherwise", id));
  }
  HANDSLAG_TRY(name, table.needed_words("name"));
  HANDSLAG_TRY(owes, table.flag("owes", false));
  HANDSLAG_TRY(is_final, table.flag("final", false));
  return State{std::move(id), std::move(name), owes, is_final};
}

// The fields were read before the states that they name.
Status check_fields(const TomlTable& root, const Definition& definition) {
  HANDSLAG_TRY(tables, root.tables("fields", kMaxFields));
  const auto states = state_ids(definition);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Field& field = definition.fields[i];
    HANDSLAG_CHECK_STATUS(tables[i].check_names("sealed_until", field.shown_in, states, "state"));
    if (field.set_in) HANDSLAG_CHECK_STATUS(tables[i].check_names("set_in", *field.set_in, states, "state"));
  }
  return {};
}

Result<std::optional<WaitsFor>> read_waits(const TomlTable& table) {
  HANDSLAG_TRY(inner, table.table("waits_for"));
  if (!inner) return std::optional<WaitsFor>();
  HANDSLAG_CHECK_STATUS(inner->only({"register", "field", "states", "at_least"}));
  HANDSLAG_TRY(register_id, inner->needed_text("register", "\"readiness\""));
  HANDSLAG_TRY(field, inner->needed_text("field", "\"offer\", the link that leads here"));
  HANDSLAG_TRY(states, inner->needed_texts("states", "[\"confirmed\"]"));
  HANDSLAG_TRY(at_least, inner->number("at_least"));
  if (at_least && (*at_least < 0 || *at_least > 1'000)) {
    return inner->wrong("at_least", "at_least = 0 to 1000 expected");
  }
  return std::optional(WaitsFor{std::move(register_id), std::move(field), std::move(states),
                                static_cast<std::uint64_t>(at_least.value_or(1))});
}

Result<Move> read_move(const TomlTable& table, const Definition& definition) {
  HANDSLAG_CHECK_STATUS(
      table.only({"from", "to", "name", "who", "comment", "takes", "needs", "asks", "waits_for"}));
  const auto states = state_ids(definition);
  const auto fields = field_ids(definition);
  Move move;
  HANDSLAG_TRY(from, table.needed_texts("from", "[\"open\"]"));
  HANDSLAG_CHECK_STATUS(table.check_names("from", from, states, "state"));
  HANDSLAG_TRY(to, table.needed_text("to", "\"taken\""));
  HANDSLAG_CHECK_STATUS(table.check_names("to", {to}, states, "state"));
  HANDSLAG_TRY(name, table.needed_words("name"));
  HANDSLAG_TRY(who, table.texts("who"));
  HANDSLAG_TRY(needs_comment, table.flag("comment", false));
  HANDSLAG_TRY(takes, table.flag("takes", false));
  if (takes && definition.owner.empty()) {
    return table.wrong("takes", "nobody owns a record here: say owner = \"…\", a field, at the top");
  }
  HANDSLAG_TRY(needs, table.texts("needs"));
  HANDSLAG_CHECK_STATUS(table.check_names("needs", needs, fields, "field"));
  HANDSLAG_TRY(asks, table.texts("asks"));
  HANDSLAG_CHECK_STATUS(table.check_names("asks", asks, fields, "field"));
  HANDSLAG_TRY(waits_for, read_waits(table));
  move.from = std::move(from);
  move.to = std::move(to);
  move.name = std::move(name);
  move.who = std::move(who);
  move.needs_comment = needs_comment;
  move.takes = takes;
  move.needs = std::move(needs);
  move.asks = std::move(asks);
  move.waits_for = std::move(waits_for);
  return move;
}

}  // namespace

Status read_states(const TomlTable& root, Definition& definition) {
  HANDSLAG_TRY(tables, root.tables("states", kMaxStates));
  if (tables.empty()) return root.wrong("states", "a register needs [[states]], at least one");
  for (const TomlTable& table : tables) {
    HANDSLAG_TRY(state, read_state(table));
    if (definition.state(state.id) != nullptr) {
      return table.wrong("id", fmt::format("the state {} stands twice; give one another id", state.id));
    }
    definition.states.push_back(std::move(state));
  }
  definition.initial = definition.states.front().id;
  return check_fields(root, definition);
}

Status read_moves(const TomlTable& root, Definition& definition) {
  HANDSLAG_TRY(tables, root.tables("moves", kMaxMoves));
  for (const TomlTable& table : tables) {
    HANDSLAG_TRY(move, read_move(table, definition));
    for (const std::string& from : move.from) {
      if (definition.move(from, move.to) == nullptr) continue;
      return table.wrong("from",
                         fmt::format("the move from {} to {} stands twice; take one away", from, move.to));
    }
    definition.moves.push_back(std::move(move));
  }
  return {};
}

}  // namespace handslag::app
