// SPDX-License-Identifier: Apache-2.0
#include "io/format/json_body.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "io/format/json_scanner.h"

namespace handslag::format {
namespace {

using simdjson::dom::element;

constexpr std::string_view kRemedy = "send one JSON object, a list of them, or one on each line";

Error not_json(simdjson::error_code failure) {
  return invalid("the body is not JSON (" + std::string(simdjson::error_message(failure)) + "); " +
                 std::string(kRemedy));
}

Error too_many(const WireLimits& limits) {
  return over_limit("the request holds more than " + std::to_string(limits.events) +
                    " records; send them in several requests");
}

// The records of one body, whatever its shape.
class BodyReader {
 public:
  BodyReader(std::string_view body, const WireLimits& limits, const UseJson& use, WireEvents& into)
      : body_(body), limits_(limits), use_(use), into_(into) {}

  Status read() {
    const char first = body_.first();
    if (first == '\0') return invalid("the body is empty; " + std::string(kRemedy));
    HANDSLAG_CHECK_STATUS(first == '[' ? read_list() : read_object_or_lines());
    if (records_ > 0 && objects_ == 0) return nothing_readable();
    return {};
  }

 private:
  Status read_list() {
    element json;
    const auto failure = body_.parse_part(body_.text(), json);
    if (failure != simdjson::SUCCESS) return read_cut_list(failure);
    objects_ = 0;
    const simdjson::dom::array list = json.get_array().value_unsafe();
    for (const element item : list) {
      if (item.is_object()) ++objects_;
    }
    records_ = list.size();
    return read_json_list(list, "", limits_, use_, into_);
  }

  // Some element is not JSON: the others are found by cutting the text where elements end.
  Status read_cut_list(simdjson::error_code failure) {
    const auto source = runtime::bytes_source(body_.text());
    JsonScanner scanner(*source, limits_.of_record());
    for (;;) {
      const auto has_text = scanner.next();
      if (!has_text.ok()) return not_json(failure);  // the list itself is cut short, or no list
      if (!*has_text) return {};
      const JsonText& text = scanner.text();
      HANDSLAG_CHECK_STATUS(read_text(text.text, text.is_too_long, 0));  // of a long one, its beginning alone
    }
  }

  Status read_object_or_lines() {
    const std::string_view text = trimmed(body_.text());
    element json;
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.size() < text.size() && body_.parse_part(line, json) == simdjson::SUCCESS) return read_lines();
    first_failure_ = body_.parse_part(text, json);
    if (first_failure_ != simdjson::SUCCESS) return read_lines();
    records_ = 1;
    if (!json.is_object()) return {};
    objects_ = 1;
    Fault fault;
    if (text.size() > limits_.event_bytes + kFrameBytes) {
      fault = {"", too_long()};
    } else if (use_(json, {1, 0}, fault)) {
      return {};
    }
    reject(into_, {1, 0}, std::move(fault), text);
    return {};
  }

  Status read_lines() {
    std::uint64_t number = 0;
    for (std::string_view rest = body_.text(); !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      ++number;
      if (!line.empty()) HANDSLAG_CHECK_STATUS(read_text(line, line.size() > limits_.event_bytes, number));
    }
    return {};
  }

  Status read_text(std::string_view text, bool is_too_long, std::uint64_t line) {
    if (records_ >= limits_.events) return too_many(limits_);
    const RecordPlace place{++records_, line};
    element json;
    Fault fault;
    if (is_too_long) {
      ++objects_;
      fault.reason = too_long();
    } else if (const auto failure = body_.parse_part(text, json); failure != simdjson::SUCCESS) {
      fault.reason = "is not JSON (" + std::string(simdjson::error_message(failure)) + "); correct it";
    } else {
      if (json.is_object()) ++objects_;
      if (use_(json, place, fault)) return {};
    }
    fault.column = "/" + std::to_string(place.record - 1) + fault.column;
    reject(into_, place, std::move(fault), text, is_too_long);
    return {};
  }

  std::string too_long() const {
    return "is longer than " + std::to_string(limits_.event_bytes) + " bytes; shorten it";
  }

  Error nothing_readable() {
    into_ = {};
    if (first_failure_ != simdjson::SUCCESS) return not_json(first_failure_);
    return invalid("the body holds no JSON object; " + std::string(kRemedy));
  }

  // Why: an event in another format's frame may be somewhat longer than what is read out of it.
  static constexpr std::size_t kFrameBytes = 64 << 10;

  JsonBody body_;
  const WireLimits& limits_;
  const UseJson& use_;
  WireEvents& into_;
  std::size_t records_ = 0;
  std::size_t objects_ = 0;
  simdjson::error_code first_failure_ = simdjson::SUCCESS;
};

}  // namespace

JsonBody::JsonBody(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  size_ = body.size();
  bytes_.resize(size_ + simdjson::SIMDJSON_PADDING);
  if (size_ > 0) std::memcpy(bytes_.data(), body.data(), size_);
}

char JsonBody::first() const {
  const std::string_view found = trimmed(text().substr(0, 64));
  if (!found.empty()) return found.front();
  const std::string_view all = trimmed(text());
  return all.empty() ? '\0' : all.front();
}

Result<element> JsonBody::parse() {
  element json;
  const auto failure = parse_part(text(), json);
  if (failure != simdjson::SUCCESS) return not_json(failure);
  return json;
}

simdjson::error_code JsonBody::parse_part(std::string_view part, element& json) {
  return parser_.parse(part.data(), part.size(), false).get(json);
}

Status read_json_body(std::string_view body, const WireLimits& limits, const UseJson& use, WireEvents& into) {
  return BodyReader(body, limits, use, into).read();
}

Status read_json_list(simdjson::dom::array list, std::string_view at, const WireLimits& limits,
                      const UseJson& use, WireEvents& into) {
  // Why not list.size(): it is cut off at 16 million, and the loop must end at the limit anyway.
  RecordPlace place;
  for (const element item : list) {
    if (place.record >= limits.events) return too_many(limits);
    ++place.record;
    Fault fault;
    if (use(item, place, fault)) continue;
    fault.column = std::string(at) + "/" + std::to_string(place.record - 1) + fault.column;
    reject(into, place, std::move(fault), simdjson::minify(item));
  }
  return {};
}

std::string json_quoted(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20) {
      quoted.append("\\u00").append(1, kHex[byte >> 4U]).append(1, kHex[byte & 15U]);
    } else {
      quoted += c;
    }
  }
  return quoted += '"';
}

}  // namespace handslag::format
