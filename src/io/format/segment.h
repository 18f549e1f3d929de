// SPDX-License-Identifier: Apache-2.0
// Segment's and RudderStack's wire format, so that their stock clients work by changing the URL. What becomes
// what stands in contract/intake.md. The body is JSON whatever its Content-Type says: browsers send it as
// text/plain, RudderStack's as a form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/format/wire_request.h"

namespace handslag::format {

/// Metrics are what browsers send about themselves: answer kSegmentAccepted and use nothing.
enum class SegmentCall : std::uint8_t { Batch, Identify, Track, Page, Screen, Group, Alias, Metrics };

/// What a path asks for: "/v1/batch", "/v1/import", "/v1/track", "/v1/t", …; nothing for other paths. A slash
/// at the end does no harm.
std::optional<SegmentCall> segment_call(std::string_view path);

/// "batch", "track": the longer of its paths, without "/v1/". REQUIRES: not Metrics.
std::string_view segment_call_name(SegmentCall call);

/// The key of a request: the user of Basic authorization, else the Bearer token, else `writeKey` in the body.
/// Nothing where there is none. Reads the body only where no header has a key.
std::optional<std::string> write_key(const WireRequest& request);

/// `setting.source` is that of the write key: it is the source of every event. Invalid where the path is none
/// of Segment's or the body no JSON of its shape, Limit for more events than a request may have. Any thread.
Result<WireEvents> read_segment(const WireRequest& request, const WireSetting& setting,
                                const WireLimits& limits = {});

/// "order.completed" of "Order Completed": lower case (letters of Latin-1), white space to one dot.
std::string event_type_of(std::string_view segment_name);

/// The body that Segment's clients expect of a 200, also where single events of a batch were rejected; its
/// Content-Type is application/json.
inline constexpr std::string_view kSegmentAccepted = R"({"success":true})";
/// The body of any other status.
std::string segment_refusal(std::string_view message);

}  // namespace handslag::format
