// SPDX-License-Identifier: Apache-2.0
// A rejected event read again: in the form in which it came, which its kind names, or as our own. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>

#include "app/api/hooks.h"
#include "io/format/segment.h"
#include "io/format/wire_request.h"
#include "io/http/message.h"
#include "io/store/intake_rows.h"

namespace handslag::app {

/// Kinds of what comes in (store::IntakeReject::kind). Others: "replay", "import" (a row of a file), "log"
/// (what the event log refused, in our own form). Written to disk; never rename.
inline constexpr std::string_view kNativeKind = "events";
inline constexpr std::string_view kCloudEventsKind = "cloudevents";
/// "segment" for one of a batch, else "segment:track".
std::string segment_kind(format::SegmentCall call);
std::string hook_kind(std::string_view name);

/// The events of the body of `request`, or of the reject as it came where the body is empty; with headers and
/// query of the request, for maps that name some. A body may be of our own form too, whatever the kind.
/// Whole or not at all: either events, or what is wrong in `rejected`, by what it was read as.
/// What says no time of its own gets the one at which it came at first; it counts as known from
/// `request.received` on.
format::WireEvents read_again(const store::StoredIntakeReject& stored, const http::Request& request,
                              const Hooks& hooks);

}  // namespace handslag::app
