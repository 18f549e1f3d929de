// SPDX-License-Identifier: Apache-2.0
// What stands in a file, and what a map would make of it, for whoever is making the map.
//
// Any thread; a call reads the first records of the file, so it takes some tenths of a second.
#pragma once

#include <string>

#include "app/language/json.h"
#include "app/terminal/terminal.h"
#include "base/result.h"
#include "io/format/read_events.h"

namespace handslag::app {

inline constexpr std::size_t kLookedAtRecords = 2'000;
inline constexpr std::size_t kTriedRecords = 100'000;

/// {"format", "records", "whole", "columns": [{"name", "kind", "filled", "distinct", "samples"}]} of the
/// first kLookedAtRecords. `kind` is "text" but where the format has types of its own. Errors as read_events.
Result<Json> look_at_file(const format::ReadRequest& request);

/// What the first kTriedRecords give: counts, the first events, the first records that would be rejected.
/// `shows_raw`: with what stands in these. Nothing is stored. Errors as read_events.
Result<Json> try_file(const format::ReadRequest& request, Language language, bool shows_raw);

/// Warnings of a reading, in words.
Json warnings_json(const format::ReadSummary& summary, Language language);

}  // namespace handslag::app
