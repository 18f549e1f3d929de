// SPDX-License-Identifier: Apache-2.0
// Not for callers of read_events(): what the readers of this folder write to. Counts on the way to the sink.
// One thread.
#pragma once

#include <string_view>

#include "io/format/event_sink.h"
#include "io/runtime/file.h"

namespace handslag::format {

/// Where a record stands.
struct RecordPlace {
  std::uint64_t record = 0;
  std::uint64_t line = 0;
};

/// Why a record cannot be used.
struct Fault {
  std::string column;
  std::string reason;
};

class ReadOutput {
 public:
  /// Keeps `sink`, which must outlive this.
  explicit ReadOutput(EventSink& sink) : sink_(sink) {}

  Status event(const model::Event& event, std::uint64_t line) {
    ++summary_.events;
    if (event.time < summary_.first_time || summary_.first_time == kNoTime) summary_.first_time = event.time;
    if (event.time > summary_.last_time) summary_.last_time = event.time;
    return sink_.event_on_line(event, line);
  }
  /// `raw` is cut at kRawBytes, between characters; who cuts it before leaves more, so that the cut shows.
  Status reject(RecordPlace place, Fault fault, std::string_view raw);
  Status progress(std::uint64_t bytes_read);
  void warn(WarningKind kind, RecordPlace place, std::string_view detail = {});

  void count_record() { ++summary_.records; }
  void count_unused() { ++summary_.unused; }
  ReadSummary& summary() { return summary_; }

 private:
  EventSink& sink_;
  ReadSummary summary_;
};

/// `source`, telling `output` of the progress while it is read; a sink that says stop makes read() fail so.
/// Keeps `output`.
std::unique_ptr<runtime::ByteSource> reporting(std::unique_ptr<runtime::ByteSource> source,
                                               ReadOutput& output);

/// The first `bytes` of UTF-8 text, never half a character.
std::string_view cut_text(std::string_view text, std::size_t bytes);
/// One step of a JSON pointer: "/" and the name, in which ~ and / are written as pointers have them, cut at
/// 200 bytes.
std::string pointer_step(std::string_view name);

}  // namespace handslag::format
