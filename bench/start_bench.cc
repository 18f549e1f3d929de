// SPDX-License-Identifier: Apache-2.0
// How soon 10 million events on disk are columns in memory for one promise with a key and an attribute.
// start_bench [DIRECTORY]: made by ingest_bench EVENTS DIRECTORY
#include <cstdio>

#include "bench/stopwatch.h"
#include "io/runtime/clock.h"
#include "io/runtime/disk.h"
#include "io/store/data_directory.h"
#include "io/store/load.h"

namespace handslag::bench {
namespace {

std::uint64_t column_bytes(const model::Columns& columns) {
  std::uint64_t bytes = columns.offsets.capacity() * sizeof(columns.offsets[0]) +
                        columns.time.capacity() * 8 + columns.type.capacity() * 2 +
                        columns.row.capacity() * 4;
  for (const auto& [name, key] : columns.keys) bytes += key.capacity() * 4;
  for (const auto& [name, column] : columns.names) bytes += column.size_bytes();
  for (const auto& [name, column] : columns.attributes) bytes += column.size_bytes();
  return bytes;
}

Status start(const std::string& directory) {
  const runtime::WallClock clock;
  const Stopwatch begin;
  HANDSLAG_TRY(data, store::DataDirectory::open(directory, store::Mode::Read, "bench", clock.now()));
  const double opened = begin.seconds();
  model::ColumnNeeds needs;
  needs.keys = {"order"};
  needs.names = {"amount"};
  store::LoadOptions options;
  options.wall = clock.now();
  HANDSLAG_TRY(loaded, store::load(data.log(), needs, options));
  const double all = begin.seconds(), processor = begin.processor_seconds();
  const auto events = static_cast<double>(loaded.columns.events());
  std::printf(
      "start with %.0f events of %zu customers: %.2f s (%.2f s of processor time, opened after %.2f s), "
      "columns %.1f bytes an event, "
      "peak memory %s = %.1f bytes an event\n",
      events, loaded.columns.customers(), all, processor, opened,
      static_cast<double>(column_bytes(loaded.columns)) / events,
      runtime::format_bytes(runtime::peak_resident_bytes()).c_str(),
      static_cast<double>(runtime::peak_resident_bytes()) / events);
  std::vector<store::RowNumber> rows;
  for (std::size_t i = 0; i < 300; ++i) rows.push_back(loaded.columns.row[i * loaded.columns.events() / 300]);
  const Stopwatch fetch;
  HANDSLAG_TRY(witnesses, data.log().fetch(rows));
  std::printf("fetch of %zu whole events: %.0f ms (%.0f ms of processor time)\n", witnesses.size(),
              fetch.seconds() * 1000, fetch.processor_seconds() * 1000);
  return {};
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  if (argc != 2)
    return std::fprintf(stderr, "start_bench DIRECTORY (made by: ingest_bench 10000000 DIRECTORY)\n"), 2;
  const handslag::Status done = handslag::bench::start(argv[1]);
  if (!done.ok()) return std::fprintf(stderr, "%s\n", done.error().message.c_str()), 3;
  return 0;
}
