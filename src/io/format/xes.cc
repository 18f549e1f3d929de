// SPDX-License-Identifier: Apache-2.0
#include "io/format/xes.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>

#include "base/text.h"
#include "io/format/json_event.h"

namespace handslag::format {
namespace {

constexpr int kChunkBytes = 256 * 1024;

enum class Tag : std::uint8_t {
  Log,
  Trace,
  Event,
  Text,
  Date,
  Integer,
  Float,
  Boolean,
  Identity,
  Group,
  Values,
  Other
};

Tag tag_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Tag>, 12> kTags = {{{"string", Tag::Text},
                                                                              {"date", Tag::Date},
                                                                              {"event", Tag::Event},
                                                                              {"int", Tag::Integer},
                                                                              {"float", Tag::Float},
                                                                              {"boolean", Tag::Boolean},
                                                                              {"id", Tag::Identity},
                                                                              {"list", Tag::Group},
                                                                              {"container", Tag::Group},
                                                                              {"values", Tag::Values},
                                                                              {"trace", Tag::Trace},
                                                                              {"log", Tag::Log}}};
  for (const auto& [word, tag] : kTags) {
    if (word == name) return tag;
  }
  return Tag::Other;
}

class XesReader {
 public:
  XesReader(Table& table, const Limits& limits, ReadOutput& output)
      : table_(table), limits_(limits), output_(output), parser_(XML_ParserCreate(nullptr)) {}
  ~XesReader() { XML_ParserFree(parser_); }
  XesReader(const XesReader&) = delete;
  XesReader& operator=(const XesReader&) = delete;

  Status read(runtime::ByteSource& source) {
    if (parser_ == nullptr)
      return Error{ErrorCode::Internal, "the XML parser cannot start; is there memory left?"};
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &on_start, &on_end);
    XML_SetStartDoctypeDeclHandler(parser_, &on_doctype);
    for (bool is_last = false; !is_last;) {
      void* room = XML_GetBuffer(parser_, kChunkBytes);
      if (room == nullptr) return Error{ErrorCode::Internal, "no memory for the XML parser"};
      HANDSLAG_TRY(size, source.read({static_cast<char*>(room), static_cast<std::size_t>(kChunkBytes)}));
      is_last = size == 0;
      fed_ += static_cast<std::int64_t>(size);
      if (XML_ParseBuffer(parser_, static_cast<int>(size), is_last ? 1 : 0) != XML_STATUS_OK)
        return failure();
      HANDSLAG_CHECK_STATUS(check_tag_length());
    }
    return {};
  }

 private:
  static void on_start(void* self, const char* name, const char** attributes) {
    static_cast<XesReader*>(self)->start(name, attributes);
  }
  static void on_end(void* self, const char*) { static_cast<XesReader*>(self)->end(); }
  static void on_doctype(void* self, const char*, const char*, const char*, int) {
    static_cast<XesReader*>(self)->stop(
        invalid("declares a document type, whose entities could fill the machine; XES needs none: remove "
                "<!DOCTYPE …>"));
  }

  std::string place() const { return "line " + std::to_string(XML_GetCurrentLineNumber(parser_)); }

  void stop(Error error) {
    if (!status_.ok()) return;
    status_ = std::move(error);
    XML_StopParser(parser_, XML_FALSE);
  }

  Error failure() const {
    if (!status_.ok() && is_stop(status_.error())) return status_.error();
    if (!status_.ok()) return Error(status_.error()).in(place());
    const char* what = XML_ErrorString(XML_GetErrorCode(parser_));
    return invalid(place() + ": not well-formed XML: " + what + "; repair or export the file again");
  }

  Status check_tag_length() const {
    const std::int64_t read_to = XML_GetCurrentByteIndex(parser_);
    if (read_to < 0 || fed_ - read_to <= static_cast<std::int64_t>(limits_.record_bytes)) return {};
    return over_limit(place() + ": a tag is longer than " + std::to_string(limits_.record_bytes) + " bytes");
  }

  void start(const char* name, const char** attributes) {
    if (!status_.ok()) return;
    if (++depth_ > limits_.depth) {
      return stop(over_limit("elements are nested deeper than " + std::to_string(limits_.depth) +
                             "; XES needs 5 or 6"));
    }
    if (ignored_ > 0) {
      ++ignored_;
      return;
    }
    const std::string_view full(name);
    const Tag tag = tag_of(full.substr(full.rfind(':') + 1));  // "xes:event" is an event
    if ((depth_ == 1) != (tag == Tag::Log))
      return stop(invalid("is XML but no XES: its one <log> must come first"));
    const bool is_structure = tag == Tag::Log || tag == Tag::Trace || tag == Tag::Event || tag == Tag::Values;
    if (tag == Tag::Other || (!is_structure && !is_in_trace_ && !is_in_event_)) {
      ignored_ = 1;
      return;
    }
    open_.push_back(tag);
    if (tag == Tag::Trace) begin_trace();
    if (tag == Tag::Event) begin_event();
    if (!is_structure) attribute(tag, attributes);
  }

  void end() {
    if (!status_.ok()) return;
    --depth_;
    if (ignored_ > 0) {
      --ignored_;
      return;
    }
    const Tag tag = open_.back();
    open_.pop_back();
    if (tag == Tag::Event)
      end_event();
    else if (tag == Tag::Trace)
      end_trace();
    else if (tag != Tag::Values && tag != Tag::Log)
      leave_attribute();
  }

  void begin_trace() {
    if (is_in_trace_ || is_in_event_) return stop(invalid("a trace stands inside a trace or an event"));
    is_in_trace_ = true;
    has_events_ = false;
  }
  void end_trace() {
    is_in_trace_ = false;
    forget(trace_columns_);
  }
  void begin_event() {
    if (is_in_event_) return stop(invalid("an event stands inside an event"));
    is_in_event_ = true;
    event_line_ = XML_GetCurrentLineNumber(parser_);
    event_bytes_ = 0;
    fault_ = {};
  }
  void end_event() {
    is_in_event_ = false;
    has_events_ = true;
    const RecordPlace place{++record_, event_line_};
    Status given = fault_.reason.empty() ? table_.row(place, cells_, {}) : reject(place);
    if (!given.ok()) stop(std::move(given).error());
    forget(event_columns_);
  }
  Status reject(RecordPlace place) {
    output_.count_record();
    return output_.reject(place, std::move(fault_), {});
  }
  void forget(std::vector<std::uint32_t>& columns) {
    for (std::uint32_t column : columns) cells_[column] = {};
    columns.clear();
  }

  void attribute(Tag tag, const char** attributes) {
    std::string_view key, value;
    bool has_value = false;
    for (; *attributes != nullptr; attributes += 2) {
      const std::string_view name(attributes[0]);
      if (name == "key") key = attributes[1];
      if (name == "value") {
        value = attributes[1];
        has_value = true;
      }
    }
    path_sizes_.push_back(path_.size());
    if (path_.empty()) {
      path_ = is_in_event_ ? "" : "case:";
    } else {
      path_ += '.';
    }
    path_ += key;
    if (!has_value || tag == Tag::Group) return;
    if (!is_in_event_ && has_events_)
      output_.warn(WarningKind::LateTraceAttribute, {0, XML_GetCurrentLineNumber(parser_)});
    if (value.size() > limits_.cell_bytes || (event_bytes_ += value.size()) > limits_.record_bytes) {
      fault_ = {
          std::string(cut_text(path_, 60)),
          "the attribute is too long; at most " + std::to_string(limits_.cell_bytes) + " bytes are taken"};
      return;
    }
    set(tag, value);
  }

  void leave_attribute() {
    path_.resize(path_sizes_.back());
    path_sizes_.pop_back();
  }

  void set(Tag tag, std::string_view value) {
    auto column = table_.column(path_);
    if (!column.ok()) {
      fault_ = {std::string(cut_text(path_, 60)), column.error().message};
      return;
    }
    while (cells_.size() <= *column) {
      cells_.emplace_back();
      texts_.emplace_back();
    }
    TableCell& cell = cells_[*column];
    if (cell.kind != TableCell::Kind::Missing) return;  // the trace's, or the first of two
    texts_[*column].assign(value);
    cell = cell_of(tag, texts_[*column]);
    (is_in_event_ ? event_columns_ : trace_columns_).push_back(*column);
  }

  // A value that is not what its tag says stays the text that it is.
  TableCell cell_of(Tag tag, std::string_view text) const {
    if (tag == Tag::Date) return date_cell(text);
    if (tag == Tag::Boolean && (text == "true" || text == "false")) {
      return TableCell::of(TableCell::Kind::Boolean, text == "true" ? 1 : 0);
    }
    if (tag == Tag::Float) {
      if (auto number = parse_number(text)) return TableCell::of_number(*number);
    }
    if (tag == Tag::Integer) {
      std::int64_t number = 0;
      const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
      const bool is_whole = failure == std::errc{} && end == text.data() + text.size();
      if (is_whole && is_exact(number)) return TableCell::of_number(static_cast<double>(number));
    }
    return TableCell::of_typed_text(text);
  }

  TableCell date_cell(std::string_view text) const {
    const TimeReading reading = zoned_.read(text);
    if (reading.problem == TimeProblem::None) return TableCell::of(TableCell::Kind::Instant, reading.time.us);
    if (reading.problem != TimeProblem::NoZone) return TableCell::of_typed_text(text);
    return TableCell::of(TableCell::Kind::LocalTime, local_.read(text).time.us);
  }

  Table& table_;
  const Limits& limits_;
  ReadOutput& output_;
  XML_Parser parser_;
  Status status_;
  std::int64_t fed_ = 0;
  std::size_t depth_ = 0;
  std::size_t ignored_ = 0;  // depth inside an element that is nothing to us
  std::vector<Tag> open_;
  bool is_in_trace_ = false;
  bool is_in_event_ = false;
  bool has_events_ = false;  // the trace at hand
  std::uint64_t record_ = 0;
  std::uint64_t event_line_ = 0;
  std::size_t event_bytes_ = 0;
  Fault fault_;

  std::string path_;  // of the attribute at hand
  std::vector<std::size_t> path_sizes_;
  std::vector<TableCell> cells_;
  std::deque<std::string> texts_;  // by column; a deque, because cells point into it
  std::vector<std::uint32_t> trace_columns_, event_columns_;
  TimeReader zoned_{"iso", ZoneChoice{}};
  TimeReader local_{"iso", ZoneChoice{true, nullptr}};
};

}  // namespace

Status read_xes(runtime::ByteSource& source, const Map& map, const TableSetting& setting,
                const Limits& limits, ReadOutput& output) {
  HANDSLAG_TRY(table, Table::create(map, setting, limits, output));
  XesReader reader(*table, limits, output);
  HANDSLAG_CHECK_STATUS(reader.read(source));
  // Why: not every log has resources and lifecycles, which the built-in map would take.
  if (&map != &xes_map()) table->warn_of_unseen_columns();
  return {};
}

}  // namespace handslag::format
