// SPDX-License-Identifier: Apache-2.0
// CloudEvents 1.0 over HTTP, in its three modes, in JSON: a batch and a structured event by the body's type,
// a binary one by `ce-*` headers. What becomes what stands in contract/intake.md.
#pragma once

#include "base/result.h"
#include "io/format/wire_request.h"

namespace handslag::format {

enum class CloudEventsMode : std::uint8_t { None, Batch, Structured, Binary };

/// By Content-Type and headers; None: it is no CloudEvent.
CloudEventsMode cloud_events_mode(const WireRequest& request);

/// Whether the body's format is one that read_cloud_events() reads; else the answer is 415.
bool is_cloud_events_format_known(const WireRequest& request);

/// Invalid where the body is no JSON of that mode or the request no CloudEvent, Limit for more events than a
/// request may have. An empty batch is no error. Any thread.
Result<WireEvents> read_cloud_events(const WireRequest& request, const WireSetting& setting,
                                     const WireLimits& limits = {});

}  // namespace handslag::format
