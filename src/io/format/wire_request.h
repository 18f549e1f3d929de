// SPDX-License-Identifier: Apache-2.0
// What the formats of the wire read, and what they give: one request with its headers and body, out of it
// events and rejected records. Plain values that know no server; contract/intake.md says what each format
// means. The readers are native_events.h, cloud_events.h, segment.h and hook.h; each call stands alone, so
// any thread may make one.
//
// (1) A record that cannot be used never spoils the others: it is a RejectedRecord with its reason.
// (2) A body that cannot be read at all is an Error: Invalid, or Limit. Then nothing of it is used.
// (3) Every event given has a source, an id, a type, a time and `known`; it stands in no file, so that
//     `record` is 0, and its `sequence`, where the sender gives none, is its place in the request, from 1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/format/event_sink.h"
#include "io/format/limits.h"
#include "pure/model/event.h"
#include "pure/model/local_times.h"

namespace handslag::format {

/// What is kept of a rejected record at most: as much as the intake keeps (store::kIntakeRawBytes), so that
/// it can be sent again.
inline constexpr std::size_t kWireRawBytes = 256 * 1024;

struct WireHeader {
  std::string_view name;  // in any case
  std::string_view value;
};

/// Views of what the server holds; they must outlive the call, not more.
struct WireRequest {
  std::string_view method = "POST";
  std::string_view path;   // "/v1/batch"
  std::string_view query;  // behind the ?, as it came; empty where there is none
  /// As the sender wrote it, with scheme and host: behind a proxy, what people outside see. Only signatures
  /// need it.
  std::string_view full_url;
  std::span<const WireHeader> headers;
  std::string_view body;  // inflated

  /// The first header of that name, which is in lower case.
  std::optional<std::string_view> header(std::string_view name) const;
};

struct WireSetting {
  std::string source;  // of events that name none
  /// The sender may speak for `source` alone (its key is bound to it).
  bool is_source_fixed = true;
  Timestamp received;  // now: `known` of events that say none, the time of those whose format needs none
  const model::LocalTimesSource* zones = nullptr;  // for the zone of a hook's map; null: only UTC is known
};

struct WireLimits {
  std::size_t events = 10'000;  // in a request
  std::size_t event_bytes = 1 << 20;
  std::size_t depth = 64;  // of JSON
  std::size_t id_bytes = 1024;
  std::size_t identifiers = 64;
  std::size_t keys = 256;
  std::size_t attributes = 1024;

  /// The same for the readers that files use too.
  Limits of_record() const;
};

/// `rejected[i].column` is the place as a JSON pointer in the body ("/3/time"); in a binary CloudEvent the
/// name of the header. `record` counts from 1, `line` is 0 but for lines.
struct WireEvents {
  std::vector<model::Event> events;
  std::vector<RejectedRecord> rejected;
  std::string file = {};  // the digest of the file whose records these are; empty: no file's
};

}  // namespace handslag::format
