// SPDX-License-Identifier: Apache-2.0
#include "app/watch/change_json.h"

#include <fmt/format.h>

namespace handslag::app {

std::string_view kind_name(Change::Kind kind) {
  return kind == Change::Kind::Warning ? "warning" : "verdict";
}

Json change_json(const Change& change) {
  Json json{{"kind", kind_name(change.kind)},
            {"at", time_json(change.at)},
            {"promise", change.promise},
            {"title", change.title},
            {"version", change.version},
            {"unit", change.unit},
            {"customer", change.customer},
            {"instance", fmt::format("{}/{}/{}", change.promise, change.version, change.activation_row)},
            {"due", time_json(change.due)},
            {"before", change.before ? Json(model::verdict_name(*change.before)) : Json()},
            {"after", change.after ? Json(model::verdict_name(*change.after)) : Json()},
            {"cause", cause_name(change.cause)}};
  if (!change.activation_type.empty()) {
    json["activation"] = {{"type", change.activation_type}, {"time", time_json(change.activation_time)}};
  }
  return json;
}

}  // namespace handslag::app
