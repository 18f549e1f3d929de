// SPDX-License-Identifier: Apache-2.0
// Events over the network, whatever their format was: made durable, answered, handed to the watch. A receipt
// is given when they are on disk, and not before.
//
// Any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/intake/ingest_counts.h"
#include "app/watch/watch.h"
#include "base/result.h"
#include "io/format/wire_request.h"
#include "io/store/intake_journal.h"

namespace handslag::app {

/// What became of a request's events. Whether one was sent before is found out later, and counts once.
struct Receipt {
  store::Position position = 0;
  std::size_t accepted = 0;
  std::vector<format::RejectedRecord> rejected;  // kept with their reason, to be mended and sent again
};

class LiveIntake {
 public:
  /// Keeps both.
  LiveIntake(store::IntakeJournal& journal, Watch& watch) : journal_(journal), watch_(watch) {}

  /// `kind` says how they came: "events", "segment", "hook:zendesk". `done` is called once, from any thread.
  /// Errors: Limit (too much at once: wait seconds_to_wait()), Unavailable (the disk is full or failed);
  /// nothing was taken then.
  void accept(std::string kind, std::string source, format::WireEvents events, Timestamp received,
              std::function<void(Result<Receipt>)> done);
  /// The same for threads that may wait for the disk: workers, never the journal's.
  Result<Receipt> accept_and_wait(std::string kind, std::string source, format::WireEvents events,
                                  Timestamp received);
  std::uint32_t seconds_to_wait() const { return journal_.seconds_to_wait(); }
  const IngestCounts& counts() const { return counts_; }

 private:
  store::IntakeJournal& journal_;
  Watch& watch_;
  IngestCounts counts_;
};

}  // namespace handslag::app
