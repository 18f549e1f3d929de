// SPDX-License-Identifier: Apache-2.0
#include "app/serve/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <limits>
#include <sstream>
#include <vector>

namespace handslag::app {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

class Families {
 public:
  MetricFamily& begin(const char* name, const char* help, MetricType type) {
    families_.push_back({name, help, type, {}});
    return families_.back();
  }
  void counter(const char* name, const char* help, double value) {
    add(begin(name, help, MetricType::Counter), {}).counter.value = value;
  }
  void gauge(const char* name, const char* help, double value) {
    add(begin(name, help, MetricType::Gauge), {}).gauge.value = value;
  }
  // How often and how long in all.
  void times(const char* name, const char* help, std::uint64_t count, std::int64_t micros) {
    ClientMetric& metric = add(begin(name, help, MetricType::Summary), {});
    metric.summary.sample_count = count;
    metric.summary.sample_sum = static_cast<double>(micros) / 1e6;
  }
  static ClientMetric& add(MetricFamily& family, Labels labels) {
    family.metric.emplace_back();
    family.metric.back().label = std::move(labels);
    return family.metric.back();
  }
  std::string text() const {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families_);
    return out.str();
  }

 private:
  std::vector<MetricFamily> families_;
};

template <typename Number>
double number(Number value) {
  return static_cast<double>(value);
}

void add_requests(Families& families, const MetricsReading& reading) {
  MetricFamily& family =
      families.begin("http_request_duration_seconds",
                     "From the complete head of a request to the last byte of its answer; a stream counts "
                     "when it ends",
                     MetricType::Histogram);
  for (const auto& [key, times] : reading.requests) {
    ClientMetric& metric = Families::add(
        family, {{"method", key.method}, {"route", key.route}, {"status", std::to_string(key.status)}});
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < RequestTimes::kBounds.size(); ++i) {
      so_far += times.counts[i];
      metric.histogram.bucket.push_back({so_far, RequestTimes::kBounds[i]});
    }
    metric.histogram.bucket.push_back({times.count, std::numeric_limits<double>::infinity()});
    metric.histogram.sample_count = times.count;
    metric.histogram.sample_sum = number(times.micros) / 1e6;
  }
}

void add_server(Families& families, const http::ServerCounters& server) {
  families.gauge("handslag_http_open_connections", "Connections now", number(server.open_connections));
  families.gauge("handslag_stream_listeners", "Listeners of /v1/stream now", number(server.open_streams));
  families.counter("handslag_http_refused_connections_total", "Past the limits on connections",
                   number(server.refused_connections));
  families.counter("handslag_http_expired_connections_total",
                   "Closed by a deadline, or too far behind on a stream", number(server.expired_connections));
}

void add_intake(Families& families, const MetricsReading& reading) {
  MetricFamily& family = families.begin("ingest_events_total",
                                        "Events by source (\"other\" past 50 and for what looks like none) "
                                        "and what became of them",
                                        MetricType::Counter);
  for (const auto& [source, counts] : reading.ingested) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      Families::add(
          family, {{"source", source}, {"outcome", std::string(outcome_name(static_cast<IngestOutcome>(i)))}})
          .counter.value = number(counts[i]);
    }
  }
  const store::JournalState& journal = reading.journal;
  families.gauge("handslag_intake_queued_bytes", "Taken and not yet on disk", number(journal.queued_bytes));
  families.gauge("handslag_intake_queued_batches", "Requests that wait for the disk",
                 number(journal.queued_batches));
  families.times("handslag_intake_commit_seconds", "Commits of the intake",
                 journal.commits + journal.failed_commits, journal.commit_us);
  families.counter("handslag_intake_failed_commits_total", "Commits that the disk refused",
                   number(journal.failed_commits));
  families.gauge("handslag_rejects_waiting", "Rejected events that wait for a person",
                 number(journal.waiting_rejects));
}

void add_watch(Families& families, const MetricsReading& reading) {
  const WatchState& watch = reading.watch;
  families.gauge("handslag_watch_waiting_events", "On disk and not yet evaluated",
                 number(watch.waiting_events));
  families.gauge("handslag_watch_lag_seconds", "How long the oldest of them has waited",
                 watch.waiting_since == kNoTime
                     ? 0
                     : number(std::max<std::int64_t>(0, reading.now.us - watch.waiting_since.us)) / 1e6);
  families.gauge("handslag_watch_stands_still", "1 while the event log cannot be written",
                 watch.failure.empty() ? 0 : 1);
  families.gauge("handslag_log_uncommitted_events", "Evaluated and not yet in the event log",
                 number(watch.uncommitted_events));
  families.times("handslag_log_commit_seconds", "Commits of the event log", watch.log_commits,
                 watch.log_commit_us);
  const LiveCounts& counts = watch.counts;
  families.counter("handslag_events_total", "New events evaluated since the start", number(counts.events));
  families.counter("handslag_duplicate_events_total", "Events that had been sent before",
                   number(counts.duplicates));
  families.counter("handslag_refused_events_total", "Events that the event log would not take",
                   number(counts.refused));
  families.counter("handslag_lost_refused_events_total", "Of them, those that could not wait for a person",
                   number(watch.lost_refused));
  families.counter("handslag_evaluations_total", "Customers evaluated", number(counts.evaluations));
  families.counter("handslag_verdict_changes_total", "Changes told", number(counts.changes));
  families.counter("handslag_loads_total", "Loads of all columns", number(counts.loads));
  families.gauge("handslag_customers", "Customers", number(counts.customers));
  families.gauge("handslag_instances", "Instances of promises", number(counts.instances));
  families.gauge("handslag_deadlines", "Deadlines ahead", number(counts.deadlines));
  families.gauge("handslag_arrived_events", "Since the last load", number(counts.arrived));
  families.gauge("handslag_columns_bytes", "Memory of the columns, without texts",
                 number(counts.column_bytes));
}

void add_process(Families& families, const MetricsReading& reading) {
  MetricFamily& family = families.begin("build_info", "The program; always 1", MetricType::Gauge);
  Families::add(family, {{"version", reading.version}, {"compiler", "g++ " __VERSION__}}).gauge.value = 1;
  families.gauge("process_start_time_seconds", "Since 1970", number(reading.started.us) / 1e6);
  families.gauge("process_resident_memory_bytes", "Memory in use", number(reading.resident_bytes));
  families.counter("process_cpu_seconds_total", "Of all threads", reading.cpu_seconds);
}

}  // namespace

void read_process(MetricsReading& reading) {
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    unsigned long long all = 0, resident = 0;
    if (std::fscanf(file, "%llu %llu", &all, &resident) == 2)
      reading.resident_bytes = resident * static_cast<unsigned long long>(sysconf(_SC_PAGESIZE));
    (void)std::fclose(file);  // Why: it was only read
  }
  rusage used{};
  if (getrusage(RUSAGE_SELF, &used) != 0) return;
  reading.cpu_seconds = number(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                        number(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

std::string metrics_text(const MetricsReading& reading) {
  Families families;
  add_process(families, reading);
  add_requests(families, reading);
  add_server(families, reading.server);
  add_intake(families, reading);
  add_watch(families, reading);
  return families.text();
}

}  // namespace handslag::app
