// SPDX-License-Identifier: Apache-2.0
// Not for callers of the wire formats: the JSON of a request's body, record by record. A body is one object,
// a list, or objects on lines of their own; told apart by what stands there. One thread.
#pragma once

#include <simdjson.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "io/format/wire_event.h"

namespace handslag::format {

/// Bytes in the room that simdjson needs, without a byte order mark; and what it makes of them. What parse()
/// gives lives until the next call.
class JsonBody {
 public:
  explicit JsonBody(std::string_view body);

  std::string_view text() const { return {bytes_.data() + begin_, size_}; }
  /// The first character that is no white space; '\0' in an empty body.
  char first() const;

  /// Invalid where the body is not JSON.
  Result<simdjson::dom::element> parse();
  /// A part of text().
  simdjson::error_code parse_part(std::string_view part, simdjson::dom::element& json);

 private:
  std::vector<char> bytes_;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
  simdjson::dom::parser parser_;
};

/// Uses a record; false, with the fault, where it cannot be. Fault::column is a pointer inside the record.
using UseJson = std::function<bool(simdjson::dom::element json, RecordPlace place, Fault& fault)>;

/// Gives every record of `body` to `use`, and puts down in `into` those that it refuses and those that are
/// not JSON. Invalid where the body is empty (but not for an empty list) or holds no JSON object at all;
/// Limit for more records than a request may have.
Status read_json_body(std::string_view body, const WireLimits& limits, const UseJson& use, WireEvents& into);

/// The same for a list inside a body; `at` is its pointer ("/batch").
Status read_json_list(simdjson::dom::array list, std::string_view at, const WireLimits& limits,
                      const UseJson& use, WireEvents& into);

/// Text as a JSON string, in quotes.
std::string json_quoted(std::string_view text);

}  // namespace handslag::format
