// SPDX-License-Identifier: Apache-2.0
#include "io/format/json.h"

#include <simdjson.h>

#include <deque>

#include "base/text.h"
#include "io/format/json_event.h"
#include "io/format/json_scanner.h"

namespace handslag::format {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// What becomes of one parsed text.
class JsonRecords {
 public:
  virtual ~JsonRecords() = default;
  virtual Status record(element json, RecordPlace place, std::string_view raw) = 0;
};

class NativeRecords final : public JsonRecords {
 public:
  NativeRecords(JsonEventReader reader, ReadOutput& output) : reader_(std::move(reader)), output_(output) {}

  Status record(element json, RecordPlace place, std::string_view raw) override {
    output_.count_record();
    Fault fault;
    if (!reader_.read(json, place, event_, output_, fault))
      return output_.reject(place, std::move(fault), raw);
    return output_.event(event_, place.line);
  }

 private:
  JsonEventReader reader_;
  ReadOutput& output_;
  model::Event event_;
};

// Any object as a row of a table: the columns are its names, those of inner objects and lists joined by dots.
class MappedRecords final : public JsonRecords {
 public:
  MappedRecords(Table& table, const Limits& limits, ReadOutput& output)
      : table_(table), limits_(limits), output_(output) {}

  Status record(element json, RecordPlace place, std::string_view raw) override {
    cells_.assign(table_.columns(), {});
    numbers_.clear();
    path_.clear();
    Fault fault{"", "is no JSON object; a map needs objects"};
    if (json.is_object() && flatten(json, 1, fault)) return table_.row(place, cells_, raw);
    output_.count_record();
    return output_.reject(place, std::move(fault), raw);
  }

 private:
  bool flatten(element value, std::size_t depth, Fault& fault) {
    if (depth > limits_.depth) {
      fault = {"", "is nested deeper than " + std::to_string(limits_.depth) + " levels; flatten it"};
      return false;
    }
    const std::size_t size = path_.size();
    const auto enter = [&](std::string_view name, element inner) {
      if (!path_.empty()) path_ += '.';
      path_ += name;
      const bool is_nested = inner.is_object() || inner.is_array();
      const bool is_read = is_nested ? flatten(inner, depth + 1, fault) : set(inner, fault);
      path_.resize(size);
      return is_read;
    };
    if (value.is_object()) {
      const simdjson::dom::object object = value.get_object().value_unsafe();
      for (const auto field : object) {
        if (!enter(field.key, field.value)) return false;
      }
      return true;
    }
    const simdjson::dom::array list = value.get_array().value_unsafe();
    std::size_t i = 0;
    for (const element item : list) {
      if (!enter(std::to_string(i++), item)) return false;
    }
    return true;
  }

  bool set(element value, Fault& fault) {
    if (value.is_null()) return true;
    auto column = table_.column(path_);
    if (!column.ok()) {
      fault = {"", column.error().message};
      return false;
    }
    if (*column >= cells_.size()) cells_.resize(*column + 1U);
    TableCell& cell = cells_[*column];
    if (cell.kind != TableCell::Kind::Missing) {
      fault = {path_, "stands twice in the object; keep one"};
      return false;
    }
    cell = cell_of(value);
    if (cell.text.size() <= limits_.cell_bytes) return true;
    fault = {path_, "is longer than " + std::to_string(limits_.cell_bytes) + " bytes; shorten it"};
    return false;
  }

  TableCell cell_of(element value) {
    switch (value.type()) {
      case element_type::STRING: {
        const std::string_view text = value.get_string().value_unsafe();
        // Why: JSON has no times of its own; a text that looks like one may be one, but never a number.
        return parse_date(text) || parse_rfc3339(text) ? TableCell::of_text(text)
                                                       : TableCell::of_typed_text(text);
      }
      case element_type::INT64:
        if (const std::int64_t number = value.get_int64().value_unsafe(); is_exact(number)) {
          return TableCell::of_number(static_cast<double>(number));
        }
        return as_text(value);
      case element_type::DOUBLE:
        return TableCell::of_number(value.get_double().value_unsafe());
      case element_type::BOOL:
        return TableCell::of(TableCell::Kind::Boolean, value.get_bool().value_unsafe() ? 1 : 0);
      default:
        return as_text(value);
    }
  }

  TableCell as_text(element value) {
    (void)scalar_text(value, numbers_.emplace_back());  // Why: only numbers come here, and they have a text
    return TableCell::of_typed_text(numbers_.back());
  }

  Table& table_;
  const Limits& limits_;
  ReadOutput& output_;
  std::vector<TableCell> cells_;
  std::deque<std::string> numbers_;  // too large to be exact
  std::string path_;
};

Status read_all(runtime::ByteSource& source, const Limits& limits, ReadOutput& output, JsonRecords& records) {
  JsonScanner scanner(source, limits);
  simdjson::dom::parser parser;
  for (std::uint64_t record = 1;; ++record) {
    HANDSLAG_TRY(has_text, scanner.next());
    if (!has_text) return {};
    const JsonText& text = scanner.text();
    const RecordPlace place{record, text.line};
    element json;
    const auto failure = text.is_too_long ? simdjson::CAPACITY
                                          : parser.parse(text.text.data(), text.text.size(), false).get(json);
    if (failure == simdjson::SUCCESS) {
      HANDSLAG_CHECK_STATUS(records.record(json, place, text.text));
      continue;
    }
    output.count_record();
    std::string reason =
        text.is_too_long
            ? "is longer than " + std::to_string(limits.record_bytes) + " bytes; one event is one line"
            : "is not JSON (" + std::string(simdjson::error_message(failure)) + "); one event is one line";
    HANDSLAG_CHECK_STATUS(output.reject(place, {"", std::move(reason)}, is_utf8(text.text) ? text.text : ""));
  }
}

}  // namespace

Status read_json(runtime::ByteSource& source, const Map* map, const TableSetting& setting,
                 const Limits& limits, ReadOutput& output) {
  if (map == nullptr) {
    HANDSLAG_TRY(zone, choose_zone(setting.zone, setting.zones));
    NativeRecords records(JsonEventReader(setting.source, TimeReader("iso", zone), limits), output);
    return read_all(source, limits, output, records);
  }
  HANDSLAG_TRY(table, Table::create(*map, setting, limits, output));
  MappedRecords records(*table, limits, output);
  HANDSLAG_CHECK_STATUS(read_all(source, limits, output, records));
  table->warn_of_unseen_columns();
  return {};
}

}  // namespace handslag::format
