// SPDX-License-Identifier: Apache-2.0
#include "io/format/xes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>

#include "base/text.h"
#include "io/format/encoding.h"
#include "io/format/json_event.h"
#include "io/format/xml_scanner.h"

namespace handslag::format {
namespace {

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
  XesReader(Table& table, runtime::ByteSource& source, const Limits& limits, ReadOutput& output)
      : table_(table), limits_(limits), output_(output), scanner_(source, limits.record_bytes) {}

  Status read() {
    Status done = read_tags();
    if (done.ok() || is_stop(done.error())) return done;
    return std::move(done).error().in("line " + std::to_string(scanner_.line()));
  }

 private:
  Status read_tags() {
    while (true) {
      HANDSLAG_TRY(token, scanner_.next());
      if (token == XmlToken::FileEnd) return {};
      HANDSLAG_CHECK_STATUS(token == XmlToken::Start ? start() : end());
    }
  }

  Status start() {
    if (++depth_ > limits_.depth) {
      return over_limit("elements are nested deeper than " + std::to_string(limits_.depth) +
                        "; XES needs 5 or 6");
    }
    if (ignored_ > 0) {
      ++ignored_;
      return {};
    }
    const std::string_view full = scanner_.name();
    const Tag tag = tag_of(full.substr(full.rfind(':') + 1));  // "xes:event" is an event
    if ((depth_ == 1) != (tag == Tag::Log))
      return invalid("is XML but no XES: its one <log> must come first");
    const bool is_structure = tag == Tag::Log || tag == Tag::Trace || tag == Tag::Event || tag == Tag::Values;
    if (tag == Tag::Other || (!is_structure && !is_in_trace_ && !is_in_event_)) {
      ignored_ = 1;
      return {};
    }
    open_.push_back(tag);
    if (tag == Tag::Trace) return begin_trace();
    if (tag == Tag::Event) return begin_event();
    if (!is_structure) attribute(tag);
    return {};
  }

  Status end() {
    --depth_;
    if (ignored_ > 0) {
      --ignored_;
      return {};
    }
    const Tag tag = open_.back();
    open_.pop_back();
    if (tag == Tag::Event) return end_event();
    if (tag == Tag::Trace)
      end_trace();
    else if (tag != Tag::Values && tag != Tag::Log)
      leave_attribute();
    return {};
  }

  Status begin_trace() {
    if (is_in_trace_ || is_in_event_) return invalid("a trace stands inside a trace or an event");
    is_in_trace_ = true;
    has_events_ = false;
    return {};
  }
  void end_trace() {
    is_in_trace_ = false;
    forget(trace_columns_);
  }
  Status begin_event() {
    if (is_in_event_) return invalid("an event stands inside an event");
    is_in_event_ = true;
    event_line_ = scanner_.line();
    event_bytes_ = 0;
    fault_ = {};
    return {};
  }
  Status end_event() {
    is_in_event_ = false;
    has_events_ = true;
    const RecordPlace place{++record_, event_line_};
    Status given = fault_.reason.empty() ? table_.row(place, cells_, {}) : reject(place);
    forget(event_columns_);
    return given;
  }
  Status reject(RecordPlace place) {
    output_.count_record();
    return output_.reject(place, std::move(fault_), {});
  }
  void forget(std::vector<std::uint32_t>& columns) {
    for (std::uint32_t column : columns) cells_[column] = {};
    columns.clear();
  }

  void attribute(Tag tag) {
    std::string_view key, value;
    bool has_value = false;
    for (const XmlAttribute& attribute : scanner_.attributes()) {
      if (attribute.name == "key") key = attribute.value;
      if (attribute.name == "value") {
        value = attribute.value;
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
    if (!is_in_event_ && has_events_) output_.warn(WarningKind::LateTraceAttribute, {0, scanner_.line()});
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
  XmlScanner scanner_;
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

// By byte order mark, else as the XML declaration says.
Result<Encoding> encoding_of(std::string_view head) {
  const Encoding detected = detect_encoding(head.substr(0, 3));
  if (detected == Encoding::Utf16LittleEndian || detected == Encoding::Utf16BigEndian) return detected;
  const std::string named = xml_encoding(head);
  if (named.empty() || named == "utf-8" || named == "us-ascii") return Encoding::Utf8;
  if (named == "iso-8859-1" || named == "latin1" || named == "windows-1252") return Encoding::Windows1252;
  return invalid("is written in an encoding that is not known here; convert it to UTF-8");
}

}  // namespace

Status read_xes(runtime::Peeked peeked, const Map& map, const TableSetting& setting, const Limits& limits,
                ReadOutput& output) {
  HANDSLAG_TRY(encoding, encoding_of(peeked.head));
  const auto source = decode(std::move(peeked.source), encoding, peeked.head);
  HANDSLAG_TRY(table, Table::create(map, setting, limits, output));
  XesReader reader(*table, *source, limits, output);
  HANDSLAG_CHECK_STATUS(reader.read());
  // Why: not every log has resources and lifecycles, which the built-in map would take.
  if (&map != &xes_map()) table->warn_of_unseen_columns();
  return {};
}

}  // namespace handslag::format
