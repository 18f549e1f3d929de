// SPDX-License-Identifier: Apache-2.0
#include "io/format/segment.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "io/format/base64.h"
#include "io/format/json_body.h"
#include "io/format/segment_event.h"

namespace handslag::format {
namespace {

using simdjson::dom::element;

struct NamedCall {
  std::string_view path;
  SegmentCall call;
};
// The longer ones first; the short ones are what browsers use.
constexpr std::array<NamedCall, 16> kCalls = {{
    {"batch", SegmentCall::Batch},
    {"import", SegmentCall::Batch},
    {"b", SegmentCall::Batch},
    {"identify", SegmentCall::Identify},
    {"i", SegmentCall::Identify},
    {"track", SegmentCall::Track},
    {"t", SegmentCall::Track},
    {"page", SegmentCall::Page},
    {"p", SegmentCall::Page},
    {"screen", SegmentCall::Screen},
    {"s", SegmentCall::Screen},
    {"group", SegmentCall::Group},
    {"g", SegmentCall::Group},
    {"alias", SegmentCall::Alias},
    {"a", SegmentCall::Alias},
    {"m", SegmentCall::Metrics},
}};

constexpr std::size_t kKeyBytes = 512;

// A key that is there and not longer than any key is.
std::optional<std::string> key_of(std::string_view text) {
  if (text.empty() || text.size() > kKeyBytes) return std::nullopt;
  return std::string(text);
}

// The credentials behind a scheme ("Basic "), whose name is in any case.
std::optional<std::string_view> credentials(std::string_view authorization, std::string_view scheme) {
  if (authorization.size() <= scheme.size() || authorization[scheme.size()] != ' ') return std::nullopt;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    if ((authorization[i] | 0x20) != scheme[i]) return std::nullopt;
  }
  return trimmed(authorization.substr(scheme.size()));
}

std::string_view sent_at(element body) {
  std::string_view text;
  return body["sentAt"].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

}  // namespace

std::optional<SegmentCall> segment_call(std::string_view path) {
  if (path.ends_with('/')) path.remove_suffix(1);
  if (!path.starts_with("/v1/")) return std::nullopt;
  path.remove_prefix(4);
  for (const NamedCall& named : kCalls) {
    if (named.path == path) return named.call;
  }
  return std::nullopt;
}

std::string_view segment_call_name(SegmentCall call) {
  const auto* const named =
      std::find_if(kCalls.begin(), kCalls.end(), [call](const NamedCall& it) { return it.call == call; });
  return named->path;
}

std::optional<std::string> write_key(const WireRequest& request) {
  const std::string_view authorization = trimmed(request.header("authorization").value_or(""));
  if (const auto basic = credentials(authorization, "basic")) {
    const auto pair = base64_decoded(*basic);
    if (!pair) return std::nullopt;
    return key_of(std::string_view(*pair).substr(0, pair->find(':')));
  }
  if (const auto token = credentials(authorization, "bearer")) return key_of(*token);
  JsonBody body(request.body);
  const auto json = body.parse();
  std::string_view key;
  if (!json.ok() || (*json)["writeKey"].get(key) != simdjson::SUCCESS) return std::nullopt;
  return key_of(key);
}

Result<WireEvents> read_segment(const WireRequest& request, const WireSetting& setting,
                                const WireLimits& limits) {
  const auto call = segment_call(request.path);
  if (!call) return invalid("the path is none of Segment's; send to /v1/batch");
  WireEvents read;
  if (*call == SegmentCall::Metrics) return read;
  JsonBody body(request.body);
  HANDSLAG_TRY(json, body.parse());
  SegmentEventReader reader(setting, limits, sent_at(json));
  const auto use = [&](element event, RecordPlace place, Fault& fault) {
    if (reader.read(event, *call, place, read.events.emplace_back(), fault)) return true;
    read.events.pop_back();
    return false;
  };
  if (*call == SegmentCall::Batch) {
    simdjson::dom::array batch;
    if (json["batch"].get(batch) != simdjson::SUCCESS)
      return invalid("the body has no list \"batch\"; send {\"batch\":[…],\"sentAt\":…}");
    HANDSLAG_CHECK_STATUS(read_json_list(batch, "/batch", limits, use, read));
    return read;
  }
  if (!json.is_object()) return invalid("the body is no JSON object; send one event");
  Fault fault;
  if (!use(json, {1, 0}, fault)) reject(read, {1, 0}, std::move(fault), body.text());
  return read;
}

std::string segment_refusal(std::string_view message) {
  return "{\"success\":false,\"message\":" + json_quoted(message) + "}";
}

}  // namespace handslag::format
