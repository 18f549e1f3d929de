// SPDX-License-Identifier: Apache-2.0
// What the server tells Prometheus: text format 0.0.4. Everything is read when it is asked for, from states
// that are kept anyway; no label holds personal data, and their numbers are bounded. The names are listed in
// contract/metrics.md. Plain functions, any thread.
#pragma once

#include <string>

#include "app/intake/ingest_counts.h"
#include "app/serve/request_times.h"
#include "app/watch/watch.h"
#include "io/store/intake_journal.h"

namespace handslag::app {

struct MetricsReading {
  std::string version;
  Timestamp now, started;
  std::map<RequestTimes::Key, RequestTimes::Times> requests;
  IngestCounts::BySource ingested;
  store::JournalState journal;
  WatchState watch;
  http::ServerCounters server;
  std::uint64_t resident_bytes = 0;
  double cpu_seconds = 0;
};

/// What the system knows of this process.
void read_process(MetricsReading& reading);
std::string metrics_text(const MetricsReading& reading);

}  // namespace handslag::app
