// SPDX-License-Identifier: Apache-2.0
// How fast the event log takes events in, everything but reading the file included: five columns a row,
// durable at the end. ingest_bench [EVENTS] [DIRECTORY] [own]
// own: each event has an id of its own, of 36 characters, as exports have them.
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "bench/stopwatch.h"
#include "bench/synthetic_events.h"
#include "io/runtime/clock.h"
#include "io/runtime/disk.h"
#include "io/store/data_directory.h"

namespace handslag::bench {
namespace {

// As long as the ids that many programs give, and different for each number.
void give_id(std::uint64_t number, model::Event& event) {
  char id[40];
  const std::uint64_t mixed = (number + 1) * 0x9E37'79B9'7F4A'7C15ULL;  // odd: no two numbers give the same
  std::snprintf(id, sizeof id, "%016llx-%019llu", static_cast<unsigned long long>(mixed),
                static_cast<unsigned long long>(number));
  event.id = id;
}

Status ingest(const std::string& directory, std::uint64_t events, bool own_ids, double& adding) {
  const runtime::WallClock clock;
  HANDSLAG_TRY(data, store::DataDirectory::open(directory, store::Mode::Create, "bench", clock.now()));
  store::ImportHeader header;
  header.file_name = "synthetic";
  header.digest = "0123456789abcdef0123456789abcdef";
  header.source = "webshop";
  header.started = header.now = clock.now();
  HANDSLAG_TRY(import, data.log().begin_import(header));
  const Stopwatch start;
  model::Event event;
  for (std::uint64_t i = 0; i < events; ++i) {
    fill_event(i, events / 20 + 1, event);
    if (own_ids) give_id(i, event);
    HANDSLAG_CHECK_STATUS(import->add(event));
  }
  adding = start.seconds();
  HANDSLAG_CHECK_STATUS(import->commit(clock.now()));
  return {};
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  using namespace handslag;
  const std::uint64_t events = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2'000'000;
  std::string directory = (std::filesystem::temp_directory_path() / "handslag-ingest-XXXXXX").string();
  directory = argc > 2 ? argv[2] : mkdtemp(directory.data());
  const bench::Stopwatch start;
  double adding = 0;
  const Status done = bench::ingest(directory, events, argc > 3, adding);
  const double all = start.seconds(), processor = start.processor_seconds();
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  if (argc <= 2) std::filesystem::remove_all(directory);
  if (!done.ok()) return std::fprintf(stderr, "%s\n", done.error().message.c_str()), 3;
  const auto count = static_cast<double>(events);
  std::printf(
      "ingest %llu events: %.2f s in all = %.0f rows/s (adding %.2f s; %.2f s of processor time, two "
      "threads), %.1f bytes an event on disk, "
      "peak memory %s\n",
      static_cast<unsigned long long>(events), all, count / all, adding, processor,
      static_cast<double>(bytes) / count, runtime::format_bytes(runtime::peak_resident_bytes()).c_str());
  return 0;
}
