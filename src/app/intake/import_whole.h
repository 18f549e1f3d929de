// SPDX-License-Identifier: Apache-2.0
// A file into the log of a running installation, as `import` does it: one file, one import, all of it or
// nothing, and it can be taken back out. It is read on any thread, so that the live system stands aside for
// the storing alone (about half a second for the largest).
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "io/format/read_events.h"
#include "io/store/event_log.h"

namespace handslag::app {

inline constexpr std::size_t kMostEventsOfUpload = 500'000;

/// How far the import of a file is. Written by its thread, read by any.
struct ImportSteps {
  enum class Step : std::uint8_t { None, Reading, Storing, Judging };
  std::atomic<Step> step = Step::None;
  std::atomic<std::uint64_t> read = 0;    // events of the file so far
  std::atomic<std::uint64_t> stored = 0;  // of those, once all are read
};

/// All that came of a file.
struct WholeFile {
  struct OnLine {
    model::Event event;
    std::uint64_t line = 0;
  };
  std::vector<OnLine> events;
  std::vector<format::RejectedRecord> rejects;
  format::ReadSummary summary;
  bool has_several = false;  // a record may give several events
  /// The identifier that the most of its events name; empty where none does. For a link to somebody.
  model::Identifier example;
};

/// Errors as read_events; Limit for more than kMostEventsOfUpload.
Result<WholeFile> read_whole_file(const format::ReadRequest& request, ImportSteps& steps);

/// On the thread that owns the log. Errors: Conflict (in already), Invalid (more than a tenth of its records
/// cannot be used), Unavailable; nothing of it is in then.
Result<store::ImportRecord> import_whole_file(store::EventLog& log, const store::ImportHeader& header,
                                              const WholeFile& file, ImportSteps& steps);

}  // namespace handslag::app
