// SPDX-License-Identifier: Apache-2.0
// What a reader gives: events, records that cannot be used, how far it is, and a summary at the end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "pure/model/event.h"

namespace handslag::format {

inline constexpr std::size_t kRawBytes = 2048;

/// A record that cannot be used. `raw` may hold personal data: keep it where people who may see it look,
/// never in a log. `reason` says what is wrong and what to do, and quotes no cell.
struct RejectedRecord {
  std::uint64_t line = 0;    // where it begins, from 1; 0 where the format has no lines (Parquet)
  std::uint64_t record = 0;  // its number in the file, from 1
  std::string column;        // the column or field; empty where it is the whole record
  std::string reason;
  std::string raw;          // as it stood in the file, cut at kRawBytes; of the wire, at kWireRawBytes
  bool is_raw_cut = false;  // there was more of it
};

/// What takes the events of a file. A failing status stops the reading and is returned by read_events(); with
/// stop_reading() the reading stops and counts as done so far.
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// `event` is filled anew after the call: copy what is to be kept.
  virtual Status event(const model::Event& event) = 0;
  /// What readers call: `line` is where the record begins, as in RejectedRecord.
  virtual Status event_on_line(const model::Event& event, std::uint64_t line) {
    (void)line;  // Why: most sinks have no use for it
    return this->event(event);
  }
  virtual Status reject(const RejectedRecord& rejected) = 0;
  /// Called about every megabyte of the file (compressed bytes, where it is compressed).
  virtual Status progress(std::uint64_t bytes_read) = 0;
};

/// For a sink that has seen enough, such as a dry run.
Status stop_reading();
/// True for the error of stop_reading().
bool is_stop(const Error& error);

/// Something that people should know though the record was used.
enum class WarningKind : std::uint8_t {
  DoubledLocalTime,    // daylight saving has that local time twice; the first was taken (P-21)
  DayWithoutTime,      // a time that is only a day; its first instant was taken
  NoSubject,           // the map names a subject, the record has none: the event is the organisation's (P-1)
  LateTraceAttribute,  // XES: a trace's attribute stands behind events, which do not get it
  ColumnNeverSeen,     // the map names a column that no record has
  GuessedEncoding,     // CSV that is not UTF-8 and whose map names no encoding: read as windows-1252
};
inline constexpr std::size_t kWarningKinds = 6;

/// A sentence for people, without numbers: "local times that daylight saving doubles: the first was taken".
std::string_view warning_text(WarningKind kind);

struct Warning {
  WarningKind kind;
  std::uint64_t count = 0;
  std::uint64_t first_line = 0;  // or record, where the format has no lines; 0: of the whole file
  std::string detail;            // of the first; a column's name, never a cell
};

struct ReadSummary {
  std::string format;          // "csv", "json", "xes", "parquet"
  std::uint64_t records = 0;   // rows, lines or XES events; the header and blank lines not counted
  std::uint64_t events = 0;    // given to the sink
  std::uint64_t rejected = 0;  // records
  std::uint64_t unused = 0;    // records that by the map give no event (filters, empty times)
  std::uint64_t bytes = 0;     // of the file
  Timestamp first_time = kNoTime;
  Timestamp last_time = kNoTime;
  std::vector<Warning> warnings;
  bool is_whole = true;  // false where the sink stopped the reading
};

}  // namespace handslag::format
