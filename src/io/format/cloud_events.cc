// SPDX-License-Identifier: Apache-2.0
#include "io/format/cloud_events.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/url_encoding.h"
#include "io/format/base64.h"
#include "io/format/cloud_event_reader.h"
#include "io/format/json_body.h"

namespace handslag::format {
namespace {

constexpr std::string_view kPrefix = "application/cloudevents";
constexpr std::string_view kBatchPrefix = "application/cloudevents-batch";

std::string content_type(const WireRequest& request) {
  return lower_case(trimmed(request.header("content-type").value_or("")));
}

// Why: the JavaScript library writes what is not ASCII neither percent-encoded nor as UTF-8, but as Latin-1.
std::string utf8_of(std::string_view value) {
  if (is_utf8(value)) return std::string(value);
  std::string text;
  for (char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0U | byte >> 6U);
      text += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return text;
}

// RFC 9110's quoted string, undone; then one round of percent-decoding.
std::string header_text(std::string_view raw) {
  const std::string text = utf8_of(trimmed(raw));
  const std::string_view value = text;
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return percent_decoded(value);
  std::string bare;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '\\' && i + 2 < value.size()) ++i;
    bare += value[i];
  }
  return percent_decoded(bare);
}

// The headers of a binary event as the members of a structured one.
bool members_of_headers(const WireRequest& request, std::string& members, Fault& fault) {
  std::vector<std::string> names;
  for (const WireHeader& header : request.headers) {
    std::string name = lower_case(header.name);
    if (!name.starts_with("ce-")) continue;
    const std::string text = header_text(header.value);
    if (name == "ce-data" || name == "ce-data_base64" || name == "ce-datacontenttype") {
      fault = {name,
               "is no header of a binary event; the body is its data, and Content-Type says of what type"};
      return false;
    }
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      fault = {name, "stands twice among the headers; send one"};
      return false;
    }
    if (!is_utf8(name) || !is_utf8(text)) {
      fault = {is_utf8(name) ? name : "", "is not UTF-8; percent-encode it as UTF-8"};
      return false;
    }
    members += json_quoted(std::string_view(name).substr(3)) + ":" + json_quoted(text) + ",";
    names.push_back(std::move(name));
  }
  return true;
}

// The whole as a structured event, so that one reader serves all modes.
bool structured_of(const WireRequest& request, std::string& structured, Fault& fault) {
  structured = "{";
  if (!members_of_headers(request, structured, fault)) return false;
  const std::string_view body = trimmed(request.body);
  if (!body.empty()) {
    const std::string type = content_type(request);
    if (!is_json_type(type)) {
      fault = {"content-type", "is not JSON; send the data as application/json"};
      return false;
    }
    JsonBody data(body);
    if (auto json = data.parse(); !json.ok()) {
      fault = {"", json.error().message};
      return false;
    }
    structured.append("\"data\":").append(data.text()).append(",");
  }
  if (structured.size() > 1) structured.pop_back();
  structured += '}';
  return true;
}

// The place inside the made-up structured event as one in the request.
std::string place_in_binary(const std::string& pointer) {
  if (pointer.starts_with("/data/") || pointer == "/data") return pointer.substr(5);
  return pointer.empty() ? pointer : "ce-" + pointer.substr(1);
}

WireEvents read_binary(const WireRequest& request, const WireSetting& setting, const WireLimits& limits) {
  WireEvents read;
  Fault fault;
  std::string structured;
  const RecordPlace place{1, 0};
  if (!structured_of(request, structured, fault)) {
    reject(read, place, std::move(fault), request.body);
    return read;
  }
  JsonBody body(structured);
  CloudEventReader reader(setting, limits);
  const auto json = body.parse();
  if (!json.ok()) {
    fault = {"", json.error().message};
  } else if (reader.read(*json, place, read.events.emplace_back(), fault)) {
    return read;
  }
  read.events.clear();
  fault.column = place_in_binary(fault.column);
  reject(read, place, std::move(fault), structured);
  return read;
}

}  // namespace

CloudEventsMode cloud_events_mode(const WireRequest& request) {
  const std::string type = content_type(request);
  if (type.starts_with(kBatchPrefix)) return CloudEventsMode::Batch;
  if (type.starts_with(kPrefix)) return CloudEventsMode::Structured;
  const bool is_binary = request.header("ce-specversion") || request.header("ce-id");
  return is_binary ? CloudEventsMode::Binary : CloudEventsMode::None;
}

bool is_cloud_events_format_known(const WireRequest& request) {
  const CloudEventsMode mode = cloud_events_mode(request);
  if (mode != CloudEventsMode::Batch && mode != CloudEventsMode::Structured) return true;
  std::string type = content_type(request);
  type.resize(std::min(type.find_first_of("; \t"), type.size()));
  return type == std::string(mode == CloudEventsMode::Batch ? kBatchPrefix : kPrefix) + "+json";
}

Result<WireEvents> read_cloud_events(const WireRequest& request, const WireSetting& setting,
                                     const WireLimits& limits) {
  const CloudEventsMode mode = cloud_events_mode(request);
  if (mode == CloudEventsMode::None) {
    return invalid(
        "the request is no CloudEvent; send Content-Type: application/cloudevents+json, or ce-* headers");
  }
  if (!is_cloud_events_format_known(request)) {
    return invalid("CloudEvents are read in JSON alone; send application/cloudevents+json");
  }
  if (mode == CloudEventsMode::Binary) return read_binary(request, setting, limits);
  WireEvents read;
  CloudEventReader reader(setting, limits);
  const auto use = [&](simdjson::dom::element json, RecordPlace place, Fault& fault) {
    if (reader.read(json, place, read.events.emplace_back(), fault)) return true;
    read.events.pop_back();
    return false;
  };
  const bool is_list = JsonBody(request.body.substr(0, 4096)).first() == '[';
  if (is_list != (mode == CloudEventsMode::Batch)) {
    return invalid(is_list ? "a structured event is one JSON object; send a list as "
                             "application/cloudevents-batch+json"
                           : "a batch is a JSON list; send a single event as application/cloudevents+json");
  }
  HANDSLAG_CHECK_STATUS(read_json_body(request.body, limits, use, read));
  return read;
}

}  // namespace handslag::format
