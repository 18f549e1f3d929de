// SPDX-License-Identifier: Apache-2.0
// Model values as JSON, in one way everywhere: instants RFC 3339 UTC, absent is null.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "base/time.h"
#include "pure/model/event.h"

namespace handslag::app {

using Json = nlohmann::ordered_json;

/// null for kNoTime.
Json time_json(Timestamp time);
Json time_json(std::optional<Timestamp> time);
/// 4 for 4.0.
Json number_json(double number);
Json value_json(const model::Value& value);
/// The whole event in the native form (contract/event.md); fields without a value are left out.
Json event_json(const model::Event& event);
/// Who, when and what, for witnesses: {"source","id","time","type"}.
Json event_reference_json(const model::Event& event);
/// Two spaces, a line end; bytes that are no UTF-8 are replaced, never refused.
std::string json_text(const Json& json);

}  // namespace handslag::app
