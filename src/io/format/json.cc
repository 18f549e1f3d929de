// SPDX-License-Identifier: Apache-2.0
#include "io/format/json.h"

#include <simdjson.h>

#include "base/text.h"
#include "io/format/json_event.h"
#include "io/format/json_scanner.h"
#include "io/format/json_table.h"

namespace handslag::format {
namespace {

using simdjson::dom::element;

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

// Any object as a row of a table.
class MappedRecords final : public JsonRecords {
 public:
  MappedRecords(Table& table, const Limits& limits, ReadOutput& output)
      : table_(table), rows_(table, limits), output_(output) {}

  Status record(element json, RecordPlace place, std::string_view raw) override {
    Fault fault;
    if (rows_.read(json, fault)) return table_.row(place, rows_.cells(), raw);
    output_.count_record();
    return output_.reject(place, std::move(fault), raw);
  }

 private:
  Table& table_;
  JsonTable rows_;
  ReadOutput& output_;
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
