// SPDX-License-Identifier: Apache-2.0
// A map: how the rows of a table become events. contract/map.md is its text for people; here are its plain
// values and its reading from TOML. Immutable once read; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pure/model/value.h"

namespace handslag::format {

/// A text that is the same for all rows, or stands in a column. Neither: none.
struct TextField {
  std::string constant;
  std::string column;
  bool is_given() const { return !constant.empty() || !column.empty(); }
};

struct TimeField {
  std::string column;
  std::string format = "iso";  // see time_reader.h
  std::string zone;            // empty: the map's
};

struct SubjectField {
  std::string type;  // with its scope: "customer_no@billing"
  std::string column;
};

struct KeyField {
  std::string name;
  TextField value;
};

enum class DataType : std::uint8_t { Auto, Text, Number, Instant, Date, Boolean };

struct DataField {
  std::string name;
  std::string column;  // empty: `constant`
  model::Value constant;
  DataType type = DataType::Auto;
  TimeField time;  // of Instant; its column is unused
};

struct Filter {
  enum class Operation : std::uint8_t { In, NotIn, Present, Missing };
  std::string column;
  Operation operation = Operation::In;
  std::vector<std::string> values;
};

/// One event from a row.
struct EventRule {
  TextField source, type, unit, channel, touchpoint, agent;
  TimeField when;
  std::optional<TimeField> known;
  std::vector<std::string> id;            // columns; empty: none
  bool derives_empty_id = false;          // an empty cell there is as no id; else it rejects the row
  std::string sequence, replaces, voids;  // columns
  std::vector<SubjectField> subject;
  std::vector<KeyField> keys;
  std::vector<DataField> data;
  bool data_rest = false;  // every column that the map does not name
  std::vector<Filter> filters;
  std::string once_per;  // column: only the first row for each of its values
};

struct FormatOptions {
  std::string kind;                  // "csv", "json", "xes", "parquet"; empty: found out
  std::string separator;             // one character; empty: found out
  std::optional<std::string> quote;  // one character, or empty for none; absent: '"'
  std::string encoding;              // empty: found out
  std::vector<std::string> columns;  // names for a file without a header
  bool short_rows_are_missing = false;
};

struct Map {
  std::string name;  // for messages: its file
  std::string source;
  std::string zone;
  std::vector<std::string> missing;  // texts that count as an empty cell
  bool decimal_comma = false;
  FormatOptions format;
  std::vector<EventRule> events;  // not empty
};

/// Reads the TOML text of a map. `name` stands in messages. All errors in one pass, a line each:
/// "map.toml:12: [[event]] 2: unknown key "tyep"; did you mean "type"?". Invalid, or Limit for more than a
/// megabyte.
Result<Map> parse_map(std::string_view toml, const std::string& name);

/// The same from a file.
Result<Map> read_map(const std::string& path);

/// The map of XES files that come without one: type concept:name, time time:timestamp, subject and key
/// `case`, agent org:resource, attribute lifecycle, and all the rest as attributes.
const Map& xes_map();

/// The map of a CSV file in our own columns (contract/map.md): `type` and `time`, the event's other fields by
/// their names, `subject.TYPE`, `key.NAME`, `data.NAME`. Invalid where a column is none of these.
Result<Map> native_csv_map(const std::vector<std::string>& header);

}  // namespace handslag::format
