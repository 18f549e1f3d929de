// SPDX-License-Identifier: Apache-2.0
// The gap as it stands now, for whoever tells it. On a worker.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "app/api/services.h"
#include "app/gaps/measure.h"

namespace handslag::app {

/// What to do with a name in `by` that no event carries: a cut where nothing has a value, or Invalid with the
/// nearest name.
enum class UnknownNames : std::uint8_t { Show, Refuse };

/// Counts what the live system has told, and calls tell(report) once. A cut by a name whose values the live
/// system does not keep (neither a promise nor the card looks at it) goes the batch way, a hundred times as
/// long. `promise`: an id; empty: all in force. Errors: Invalid (from and to, more than four names, one that
/// no event carries, where that is refused), Forbidden (by agent), NotFound (no such promise), Unavailable,
/// and what `tell` returns.
Status with_gap(const Services& services, const GapOptions& options, std::string_view promise,
                UnknownNames unknown, const std::function<Status(const GapReport&)>& tell);

/// What "each" says; nothing where it is empty. Invalid.
Result<std::optional<promise::Period>> period_asked(std::string_view each);

}  // namespace handslag::app
