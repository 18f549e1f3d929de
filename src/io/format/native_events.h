// SPDX-License-Identifier: Apache-2.0
// Our own events (contract/event.md) as they come over the wire: `POST /v1/events`.
#pragma once

#include "base/result.h"
#include "io/format/wire_request.h"

namespace handslag::format {

/// One event, a list, or one on each line, by what stands in `body`. Each needs an `id`. Invalid where there
/// is no JSON object in it, Limit for more than `limits.events`. Any thread. About 1 µs an event.
Result<WireEvents> read_native(std::string_view body, const WireSetting& setting,
                               const WireLimits& limits = {});

}  // namespace handslag::format
