// SPDX-License-Identifier: Apache-2.0
#include "app/registers/definition.h"

#include <algorithm>
#include <iterator>

namespace handslag::app {
namespace {

constexpr std::string_view kKindNames[] = {"text",    "long text", "number", "instant", "date",
                                           "yes/no",  "choice",    "unit",   "person",  "customer",
                                           "promise", "event",     "link"};

}  // namespace

std::string_view field_kind_name(FieldKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

const Field* Definition::field(std::string_view field_id) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& it) { return it.id == field_id; });
  return found == fields.end() ? nullptr : &*found;
}

const State* Definition::state(std::string_view state_id) const {
  const auto found =
      std::find_if(states.begin(), states.end(), [&](const State& it) { return it.id == state_id; });
  return found == states.end() ? nullptr : &*found;
}

const Move* Definition::move(std::string_view from, std::string_view to) const {
  const auto found = std::find_if(moves.begin(), moves.end(), [&](const Move& it) {
    return it.to == to && std::find(it.from.begin(), it.from.end(), from) != it.from.end();
  });
  return found == moves.end() ? nullptr : &*found;
}

}  // namespace handslag::app
