// SPDX-License-Identifier: Apache-2.0
// calendars.toml → definitions of calendars; the form is contract/calendars.md. Whether the definitions make
// sense (hours in order, what is extended exists) is for pure/calendar, which refuses them with calendar and
// field.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "pure/model/calendar_definition.h"

namespace handslag::format {

inline constexpr std::size_t kMaxCalendarsBytes = 1 << 20;

/// Calendars in the order of their names. `file` is named in messages. Invalid: not TOML, an unknown key, a
/// value of the wrong kind: "FILE:LINE: calendar "x": field: what; remedy", the first one. Limit: larger than
/// kMaxCalendarsBytes. Any bytes give a result or an error.
Result<std::vector<model::CalendarDefinition>> read_calendars(std::string_view toml, std::string_view file);

}  // namespace handslag::format
