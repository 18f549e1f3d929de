// SPDX-License-Identifier: Apache-2.0
#include "io/format/map.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "io/runtime/file.h"

namespace handslag::format {
namespace {

constexpr std::size_t kMapBytes = 1 << 20;

constexpr std::string_view kXesMap = R"(
[[event]]
type = { column = "concept:name" }
when = "time:timestamp"
agent = { column = "org:resource" }
subject = [{ type = "case", column = "case:concept:name" }]
keys = { case = "case:concept:name" }
data = { lifecycle = { column = "lifecycle:transition", type = "text" } }
data_rest = true
)";

constexpr std::array<std::string_view, 12> kNativeColumns = {"source",     "id",       "type",     "time",
                                                             "known",      "sequence", "unit",     "channel",
                                                             "touchpoint", "agent",    "replaces", "voids"};

// Where a column holds one of the event's fields.
bool set_field(EventRule& rule, const std::string& column) {
  if (column == "source")
    rule.source.column = column;
  else if (column == "id")
    rule.id = {column};
  else if (column == "type")
    rule.type.column = column;
  else if (column == "time")
    rule.when.column = column;
  else if (column == "known")
    rule.known = TimeField{column, "iso", ""};
  else if (column == "sequence")
    rule.sequence = column;
  else if (column == "unit")
    rule.unit.column = column;
  else if (column == "channel")
    rule.channel.column = column;
  else if (column == "touchpoint")
    rule.touchpoint.column = column;
  else if (column == "agent")
    rule.agent.column = column;
  else if (column == "replaces")
    rule.replaces = column;
  else if (column == "voids")
    rule.voids = column;
  else
    return false;
  return true;
}

// Where it is "subject.email" and the like.
bool set_prefixed(EventRule& rule, const std::string& column) {
  const std::size_t dot = column.find('.');
  if (dot == std::string::npos || dot + 1 == column.size()) return false;
  const std::string prefix = column.substr(0, dot), name = column.substr(dot + 1);
  if (prefix == "subject")
    rule.subject.push_back({name, column});
  else if (prefix == "key")
    rule.keys.push_back({name, {"", column}});
  else if (prefix == "data")
    rule.data.push_back({name, column, {}, DataType::Auto, {}});
  else
    return false;
  return true;
}

// Why by the look: the first row may be no header but somebody's data, which is not to be shown.
bool looks_like_name(const std::string& column) {
  constexpr std::size_t kLongestName = 40;
  std::size_t digits = 0;
  for (const char c : column) digits += c >= '0' && c <= '9' ? 1 : 0;
  const bool has_control =
      std::any_of(column.begin(), column.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return !column.empty() && !has_control && column.size() <= kLongestName && digits < 4 &&
         !(column.front() >= '0' && column.front() <= '9') && column.find('@') == std::string::npos;
}

std::string unknown_columns_text(const std::vector<std::string>& header,
                                 const std::vector<std::size_t>& unknown) {
  constexpr std::size_t kMostNamed = 20;
  if (!std::all_of(header.begin(), header.end(), looks_like_name)) {
    return unknown.size() == 1
               ? "column " + std::to_string(unknown.front() + 1) + " is none of an event's own"
               : "of " + std::to_string(header.size()) + " columns " + std::to_string(unknown.size()) +
                     " are none of an event's own";
  }
  std::string text = "these columns are none of an event's own: ";
  for (std::size_t i = 0; i < unknown.size() && i < kMostNamed; ++i)
    text += (i > 0 ? ", \"" : "\"") + header[unknown[i]] + "\"";
  return unknown.size() > kMostNamed ? text + " …" : text;
}

// The first message that somebody with a table of their own gets: what was seen, and where to go on.
Error unknown_columns(const std::vector<std::string>& header, const std::vector<std::size_t>& unknown) {
  std::string message = unknown_columns_text(header, unknown);
  const auto near = nearest_word(header[unknown.front()], kNativeColumns);
  message += unknown.size() == 1 && near ? "; did you mean \"" + std::string(*near) + "\"? " : ". ";
  return invalid(
      message +
      "Say in a map which columns make an event: --map FILE.toml (described in contract/map.md, "
      "examples in examples/*/map.toml). Without a map a CSV file has the columns type and time, "
      "and may have source, id, known, sequence, unit, channel, touchpoint, agent, replaces, voids, "
      "subject.TYPE, key.NAME, data.NAME");
}

}  // namespace

Result<Map> read_map(const std::string& path) {
  HANDSLAG_TRY(text, runtime::read_small_file(path, kMapBytes));
  return parse_map(text, path);
}

const Map& xes_map() {
  static const Map map = parse_map(kXesMap, "the built-in map of XES").value();
  return map;
}

Result<Map> native_csv_map(const std::vector<std::string>& header) {
  EventRule rule;
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (!set_field(rule, header[i]) && !set_prefixed(rule, header[i])) unknown.push_back(i);
  }
  if (!unknown.empty()) return unknown_columns(header, unknown);
  rule.derives_empty_id = true;
  if (rule.type.column.empty() || rule.when.column.empty()) {
    return invalid("the table has no column \"" + std::string(rule.type.column.empty() ? "type" : "time") +
                   "\"; say in a map (--map) which columns make an event");
  }
  Map map;
  map.name = "the header";
  map.events.push_back(std::move(rule));
  return map;
}

}  // namespace handslag::format
