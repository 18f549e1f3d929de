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

// Why a column that looks like no name goes by its number: the first row may be no header but somebody's
// data.
Error unknown_column(const std::string& column, std::size_t number, bool is_header) {
  std::string message = "column " + std::to_string(number) + (is_header ? " (\"" + column + "\")" : "") +
                        " is none of an event's";
  if (auto near = nearest_word(column, kNativeColumns))
    message += "; did you mean \"" + std::string(*near) + "\"?";
  return invalid(
      message +
      " Without a map, a CSV file has the columns type, time, source, id, known, sequence, unit, channel, "
      "touchpoint, agent, replaces, voids, subject.TYPE, key.NAME, data.NAME; for any other table, give a "
      "map (--map)");
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
  const bool is_header = std::any_of(header.begin(), header.end(), [](const std::string& column) {
    return column == "type" || column == "time";
  });
  std::size_t number = 0;
  for (const std::string& column : header) {
    ++number;
    if (!set_field(rule, column) && !set_prefixed(rule, column))
      return unknown_column(column, number, is_header);
  }
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
