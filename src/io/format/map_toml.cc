// SPDX-License-Identifier: Apache-2.0
// parse_map(): TOML to a Map, with every error of the text in one pass.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/text.h"
#include "io/format/encoding.h"
#include "io/format/map.h"
#include "io/format/read_output.h"
#include "io/format/time_reader.h"
#include "io/format/toml_table.h"

namespace handslag::format {
namespace {

constexpr std::size_t kMostMapBytes = 1 << 20;
constexpr std::size_t kEvents = 1000;

// "text" is a constant; { column = "c" } a column.
TextField text_field(const TableReader& in, std::string_view key) {
  const toml::node* node = in.find(key);
  if (node == nullptr) return {};
  const toml::table* table = node->as_table();
  if (table == nullptr) return {in.text(key), ""};
  const TableReader field = in.inner(*table, std::string(key));
  field.check_keys(std::array<std::string_view, 1>{"column"});
  if (field.find("column") == nullptr) field.error(node, "needs column = \"…\"");
  return {"", field.text("column")};
}

void read_time_options(const TableReader& in, TimeField& time) {
  if (in.find("zone") != nullptr) time.zone = in.text("zone");
  if (in.find("format") == nullptr) return;
  time.format = in.text("format");
  if (Status valid = check_time_format(time.format); !valid.ok() && time.format != "?") {
    in.error(in.find("format"), valid.error().message);
  }
}

// "c" is a column; { column = "c", format = …, zone = … } says how its times are written.
TimeField time_field(const TableReader& in, std::string_view key) {
  TimeField time;
  const toml::node* node = in.find(key);
  if (node == nullptr) return time;
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    time.column = in.text(key);
    return time;
  }
  const TableReader field = in.inner(*table, std::string(key));
  field.check_keys(std::array<std::string_view, 3>{"column", "format", "zone"});
  if (field.find("column") == nullptr) field.error(node, "needs column = \"…\"");
  time.column = field.text("column");
  read_time_options(field, time);
  return time;
}

SubjectField subject_field(const TableReader& in) {
  in.check_keys(std::array<std::string_view, 3>{"type", "column", "scope"});
  for (std::string_view key : {"type", "column"}) {
    if (in.find(key) == nullptr) in.error(nullptr, "needs " + std::string(key) + " = \"…\"");
  }
  SubjectField subject{in.text("type"), in.text("column")};
  if (in.find("scope") != nullptr) subject.type += "@" + in.text("scope");
  return subject;
}

std::vector<SubjectField> subject_fields(const TableReader& in) {
  std::vector<SubjectField> subject;
  const toml::node* node = in.find("subject");
  if (node == nullptr) return subject;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    in.error(node, "subject must be a list: subject = [{ type = \"…\", column = \"…\" }]");
    return subject;
  }
  for (const toml::node& element : *list) {
    if (const toml::table* table = element.as_table()) {
      subject.push_back(subject_field(in.inner(*table, "subject " + std::to_string(subject.size() + 1))));
    } else {
      in.error(&element, "subject must hold tables: { type = \"…\", column = \"…\" }");
    }
  }
  return subject;
}

std::vector<KeyField> key_fields(const TableReader& in) {
  std::vector<KeyField> keys;
  const toml::node* node = in.find("keys");
  if (node == nullptr) return keys;
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    in.error(node, "keys must be a table: keys = { order = \"column\" }");
    return keys;
  }
  const TableReader inner = in.inner(*table, "keys");
  for (const auto& [key, value] : *table)
    keys.push_back({std::string(key.str()), {"", inner.text_of(value, key.str())}});
  return keys;
}

model::Value constant_of(const TableReader& in, const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* boolean = node.as_boolean()) return boolean->get();
  if (const auto* integer = node.as_integer()) return static_cast<double>(integer->get());
  if (const auto* number = node.as_floating_point(); number != nullptr && std::isfinite(number->get())) {
    return number->get();
  }
  in.error(&node, "value must be a text, a number, true or false");
  return {};
}

DataType data_type(const std::string& word) {
  static constexpr std::array<std::string_view, 6> kTypes = {"auto",    "text", "number",
                                                             "instant", "date", "boolean"};
  const auto* found = std::find(kTypes.begin(), kTypes.end(), word);
  return found == kTypes.end() ? DataType::Auto : static_cast<DataType>(found - kTypes.begin());
}

DataField data_field(const TableReader& in, const std::string& name) {
  static constexpr std::array<std::string_view, 5> kKeys = {"column", "value", "type", "format", "zone"};
  static constexpr std::array<std::string_view, 6> kTypes = {"auto",    "text", "number",
                                                             "instant", "date", "boolean"};
  in.check_keys(kKeys);
  DataField field;
  field.name = name;
  const toml::node* value = in.find("value");
  if ((value != nullptr) == (in.find("column") != nullptr)) in.error(nullptr, "needs either column or value");
  if (value != nullptr) field.constant = constant_of(in, *value);
  field.column = in.text("column");
  field.type = data_type(in.word("type", kTypes));
  read_time_options(in, field.time);
  const bool has_time_options = in.find("format") != nullptr || in.find("zone") != nullptr;
  if (has_time_options && field.type != DataType::Instant) {
    in.error(nullptr, "format and zone are for type = \"instant\"");
  }
  return field;
}

std::vector<DataField> data_fields(const TableReader& in) {
  std::vector<DataField> data;
  const toml::node* node = in.find("data");
  if (node == nullptr) return data;
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    in.error(node,
             "data must be a table: data = { status = \"column\" }; for all other columns, data_rest = true");
    return data;
  }
  const TableReader inner = in.inner(*table, "data");
  for (const auto& [key, value] : *table) {
    const std::string name(key.str());
    if (const toml::table* field = value.as_table()) {
      data.push_back(data_field(in.inner(*field, "data " + in_quotes(name)), name));
    } else {
      data.push_back({name, inner.text_of(value, name), {}, DataType::Auto, {}});
    }
  }
  return data;
}

Filter filter(const TableReader& in) {
  static constexpr std::array<std::string_view, 5> kKeys = {"column", "equals", "not", "in", "present"};
  in.check_keys(kKeys);
  Filter found;
  if (in.find("column") == nullptr) in.error(nullptr, "needs column = \"…\"");
  found.column = in.text("column");
  int operations = 0;
  for (std::string_view key : {"equals", "not", "in"}) {
    if (in.find(key) == nullptr) continue;
    ++operations;
    found.operation = key == "not" ? Filter::Operation::NotIn : Filter::Operation::In;
    found.values = in.texts(key);
  }
  if (in.find("present") != nullptr) {
    ++operations;
    found.operation = in.flag("present") ? Filter::Operation::Present : Filter::Operation::Missing;
  }
  if (operations != 1) in.error(nullptr, "needs one of equals, not, in, present");
  return found;
}

std::vector<Filter> filters(const TableReader& in) {
  std::vector<Filter> found;
  const toml::node* node = in.find("filter");
  if (node == nullptr) return found;
  if (const toml::table* table = node->as_table()) return {filter(in.inner(*table, "filter"))};
  const toml::array* list = node->as_array();
  for (const toml::node& element : list != nullptr ? *list : toml::array{}) {
    if (const toml::table* table = element.as_table()) {
      found.push_back(filter(in.inner(*table, "filter " + std::to_string(found.size() + 1))));
    } else {
      in.error(&element, "filter must hold tables: { column = \"…\", equals = \"…\" }");
    }
  }
  if (list == nullptr)
    in.error(node, "filter must be a table or a list: filter = [{ column = \"…\", equals = \"…\" }]");
  return found;
}

void check_distinct(const TableReader& in, const EventRule& rule) {
  std::set<std::string> names;
  for (const DataField& field : rule.data) names.insert(field.name);
  if (names.contains("")) in.error(in.find("data"), "an attribute needs a name");
  for (const KeyField& key : rule.keys) {
    if (key.name.empty()) in.error(in.find("keys"), "a key needs a name");
  }
}

EventRule event_rule(const TableReader& in) {
  static constexpr std::array<std::string_view, 18> kKeys = {
      "type",    "when",       "source", "id",    "subject",  "keys",     "data",  "data_rest", "unit",
      "channel", "touchpoint", "agent",  "known", "sequence", "replaces", "voids", "filter",    "once_per"};
  in.check_keys(kKeys);
  for (std::string_view key : {"type", "when"}) {
    if (in.find(key) == nullptr) in.error(nullptr, "needs " + std::string(key) + " = …");
  }
  EventRule rule;
  rule.type = text_field(in, "type");
  rule.when = time_field(in, "when");
  rule.source = text_field(in, "source");
  rule.id = in.texts("id");
  rule.subject = subject_fields(in);
  rule.keys = key_fields(in);
  rule.data = data_fields(in);
  rule.data_rest = in.flag("data_rest");
  rule.unit = text_field(in, "unit");
  rule.channel = text_field(in, "channel");
  rule.touchpoint = text_field(in, "touchpoint");
  rule.agent = text_field(in, "agent");
  if (in.find("known") != nullptr) rule.known = time_field(in, "known");
  rule.sequence = in.text("sequence");
  rule.replaces = in.text("replaces");
  rule.voids = in.text("voids");
  rule.filters = filters(in);
  rule.once_per = in.text("once_per");
  check_distinct(in, rule);
  return rule;
}

std::optional<std::string> quote_option(const TableReader& in) {
  const toml::node* node = in.find("quote");
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_string();
  if (value == nullptr || value->get().size() > 1) {
    in.error(node, "quote must be one character, or \"\" where cells are never quoted");
    return std::nullopt;
  }
  return value->get();
}

FormatOptions format_options(const TableReader& in) {
  static constexpr std::array<std::string_view, 6> kKeys = {"kind",     "separator", "quote",
                                                            "encoding", "columns",   "short_rows"};
  static constexpr std::array<std::string_view, 4> kKinds = {"csv", "json", "xes", "parquet"};
  static constexpr std::array<std::string_view, 5> kEncodings = {"utf-8", "latin1", "windows-1252",
                                                                 "utf-16le", "utf-16be"};
  static constexpr std::array<std::string_view, 2> kShortRows = {"reject", "missing"};
  in.check_keys(kKeys);
  FormatOptions options;
  options.kind = in.word("kind", kKinds);
  options.separator = in.text("separator");
  if (options.separator.size() > 1 || options.separator == "\n" || options.separator == "\r") {
    in.error(in.find("separator"), "separator must be one character (\"\\t\" for a tab)");
  }
  options.quote = quote_option(in);
  if (options.quote && !options.quote->empty() && options.quote == options.separator) {
    in.error(in.find("quote"), "quote and separator must differ");
  }
  options.encoding = in.word("encoding", kEncodings);
  options.columns = in.texts("columns");
  options.short_rows_are_missing = in.word("short_rows", kShortRows) == "missing";
  return options;
}

void read_events_of_map(const TableReader& in, Map& map) {
  const toml::node* node = in.find("event");
  const toml::array* list = node != nullptr ? node->as_array() : nullptr;
  if (list == nullptr || list->empty()) {
    in.error(node, "needs at least one [[event]] with type and when");
    return;
  }
  if (list->size() > kEvents) return in.error(node, "has more than 1000 [[event]]; split the map");
  for (const toml::node& element : *list) {
    const std::string place = "[[event]] " + std::to_string(map.events.size() + 1);
    if (const toml::table* table = element.as_table()) {
      map.events.push_back(event_rule(in.inner(*table, place)));
    } else {
      in.error(&element, place + " must be a table");
    }
  }
}

// Two events of one row get ids that end in their types; they must differ.
void check_ids(const TableReader& in, const Map& map) {
  for (std::size_t i = 0; i < map.events.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const EventRule &a = map.events[j], &b = map.events[i];
      if (b.id.empty() || a.id != b.id || a.type.constant.empty() || a.type.constant != b.type.constant)
        continue;
      in.error(in.find("event"),
               "[[event]] " + std::to_string(j + 1) + " and " + std::to_string(i + 1) +
                   " have the same type and id, so that their ids would be equal; give one another "
                   "id, or none");
    }
  }
}

Map read_table(const TableReader& in, const std::string& name) {
  // `hook` is for parse_hook(): the map of a webhook reads files of the same records as well.
  static constexpr std::array<std::string_view, 7> kKeys = {"source", "zone",  "missing", "decimal_comma",
                                                            "format", "event", "hook"};
  in.check_keys(kKeys);
  Map map;
  map.name = name;
  map.source = in.text("source");
  map.zone = in.text("zone");
  map.missing = in.texts("missing");
  map.decimal_comma = in.flag("decimal_comma");
  if (const toml::node* node = in.find("format")) {
    if (const toml::table* table = node->as_table()) {
      map.format = format_options(in.inner(*table, "[format]"));
    } else {
      in.error(node, "format must be a table: [format]");
    }
  }
  read_events_of_map(in, map);
  check_ids(in, map);
  return map;
}

}  // namespace

Result<Map> parse_map(std::string_view text, const std::string& name) {
  if (text.size() > kMostMapBytes) return over_limit(name + " is larger than a megabyte; is it a map?");
  HANDSLAG_TRY(parsed, parse_toml(text, name));
  std::vector<std::string> errors;
  Map map = read_table(TableReader(parsed, "", name, errors), name);
  if (errors.empty()) return map;
  return joined(errors);
}

}  // namespace handslag::format
