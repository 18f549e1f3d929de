// SPDX-License-Identifier: Apache-2.0
// What a server's reports cost, counted from what it has told, without a network: report_bench DIRECTORY
// [RUNS]. The directory must have promises in force, and no server; nothing is written to it but what a start
// writes.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "app/gaps/gap_json.h"
#include "app/gaps/measure.h"
#include "app/quarters/quarters.h"
#include "app/watch/live.h"
#include "bench/stopwatch.h"
#include "io/runtime/clock.h"
#include "io/runtime/disk.h"

namespace handslag::bench {
namespace {

double median(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print(const char* what, int runs, const std::function<std::size_t()>& work) {
  std::vector<double> wall_ms, processor_ms;
  std::size_t size = 0;
  for (int i = 0; i < runs; ++i) {
    const Stopwatch watch;
    size = work();
    wall_ms.push_back(watch.seconds() * 1e3);
    processor_ms.push_back(watch.processor_seconds() * 1e3);
  }
  std::printf("%-20s median %8.2f ms, of processor time %8.2f ms   %zu\n", what, median(wall_ms),
              median(processor_ms), size);
}

Status measure_reports(const std::string& path, int runs) {
  const runtime::WallClock clock;
  const Stopwatch start;
  HANDSLAG_TRY(directory, store::DataDirectory::open(path, store::Mode::Write, "bench", clock.now()));
  app::LiveOptions options;
  options.names = app::quarter_names();
  HANDSLAG_TRY(live, app::Live::open(directory, options, clock.now()));
  const app::LiveCounts counts = live->counts();
  std::printf("start %.2f s: %zu events, %zu customers, %zu instances, columns %.1f MB; peak memory %s\n",
              start.seconds(), counts.columns, counts.customers, counts.instances,
              static_cast<double>(counts.column_bytes) / 1e6,
              runtime::format_bytes(runtime::peak_resident_bytes()).c_str());
  HANDSLAG_TRY(more, live->settle(clock.now(), 1'000'000));
  (void)more;  // Why: what has passed since the start is a few instances, and does not matter here
  print("share (instances)", runs, [&] { return live->verdicts().told.size(); });
  const app::LiveVerdicts verdicts = live->verdicts();
  const auto gap = [&](app::GapOptions how) {
    return
        [&verdicts, how] { return app::json_text(app::gap_json(measure(judged_by(verdicts), how))).size(); };
  };
  app::GapOptions each, by_unit, by_channel;
  each.each = promise::Period::Month;
  by_unit.by = {app::kByUnit};
  by_channel.by = {"channel"};
  print("gap (bytes)", runs, gap({}));
  print("gap, each month", runs, gap(each));
  print("gap, by unit", runs, gap(by_unit));
  print("gap, by channel", runs, gap(by_channel));
  const model::TimeRules& rules = *verdicts.calendars->find({}, {});
  print("quarters (number)", runs, [&] {
    app::QuarterCount count(rules, verdicts.events.last());
    verdicts.events.each_customer(
        [&](const model::Columns& columns, model::CustomerIndex customer) { count.add(columns, customer); });
    return count.quarters().size();
  });
  return {};
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "report_bench DIRECTORY [RUNS]\n"), 2;
  const auto done = handslag::bench::measure_reports(argv[1], argc > 2 ? std::atoi(argv[2]) : 9);
  if (!done.ok()) return std::fprintf(stderr, "%s\n", done.error().message.c_str()), 3;
  return 0;
}
