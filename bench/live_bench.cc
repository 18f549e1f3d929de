// SPDX-License-Identifier: Apache-2.0
// What the live system's thread costs an event, without a network: live_bench DIRECTORY [EVENTS]. DIRECTORY:
// made by ingest_bench, with a promise in force that begins with order.placed, and no server. Orders of now
// are placed and delivered, a customer each, in batches of a thousand; five of them are settled at once, and
// every 200,000 events are written to the log. The events stay in the directory.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "app/watch/live.h"
#include "bench/stopwatch.h"
#include "io/runtime/clock.h"

namespace handslag::bench {
namespace {

constexpr std::uint64_t kInBatch = 1'000, kBatchesAtOnce = 5, kCommitEvents = 200'000;

std::vector<model::Event> batch_from(std::uint64_t first, std::uint64_t customers, const std::string& run,
                                     Timestamp now) {
  std::vector<model::Event> events(kInBatch);
  for (std::uint64_t i = 0; i < kInBatch; ++i) {
    const std::uint64_t order = (first + i) / 2;
    model::Event& event = events[i];
    event.source = "webshop";
    event.id = "live-" + run + std::to_string(first + i);
    event.type = i % 2 == 0 ? "order.placed" : "order.delivered";
    event.time = now;
    event.subject = {{"customer_no", std::to_string(order * 0x9E37'79B9'7F4A'7C15ULL % customers)}};
    event.keys = {{"order", "B-" + run + std::to_string(order)}};
    event.channel = "web";
    event.data = {{"amount", static_cast<double>(i)}};
  }
  return events;
}

// Processor time of all threads, and wall time.
struct Cost {
  double processor_s = 0, wall_s = 0;

  template <typename Work>
  Status of(const Work& work) {
    const Stopwatch watch;
    const Status status = work();
    processor_s += watch.processor_seconds();
    wall_s += watch.seconds();
    return status;
  }
  void print(const char* what, std::uint64_t events) const {
    const auto each = 1e6 / static_cast<double>(events);
    std::printf("%-8s %6.2f us of processor time an event, %6.2f us in all\n", what, processor_s * each,
                wall_s * each);
  }
};

Status settle_all(app::Live& live, const runtime::Clock& clock) {
  constexpr std::size_t kCustomersAtOnce = 400;
  while (true) {
    HANDSLAG_TRY(more, live.settle(clock.now(), kCustomersAtOnce));
    if (!more) return {};
  }
}

Status measure(const std::string& path, std::uint64_t events) {
  const runtime::WallClock clock;
  HANDSLAG_TRY(directory, store::DataDirectory::open(path, store::Mode::Write, "bench", clock.now()));
  HANDSLAG_TRY(live, app::Live::open(directory, {}, clock.now()));
  const std::uint64_t customers = live->counts().customers;
  const std::string run = std::to_string(std::random_device{}()) + "-";
  Cost take, settle, commit;
  std::vector<app::Refused> refused;
  std::uint64_t position = live->position();
  for (std::uint64_t done = 0; done < events; done += kInBatch) {
    auto batch = batch_from(done, customers, run, clock.now());
    HANDSLAG_CHECK_STATUS(
        take.of([&] { return live->take(++position, batch, clock.now(), clock.now(), refused); }));
    if ((done / kInBatch) % kBatchesAtOnce == kBatchesAtOnce - 1)
      HANDSLAG_CHECK_STATUS(settle.of([&] { return settle_all(*live, clock); }));
    if (live->uncommitted() >= kCommitEvents)
      HANDSLAG_CHECK_STATUS(commit.of([&] { return live->commit(clock.now()); }));
  }
  const app::LiveCounts counts = live->counts();
  std::printf("%llu events of %llu customers onto %zu: %llu evaluations, %llu changes\n",
              static_cast<unsigned long long>(counts.events), static_cast<unsigned long long>(customers),
              counts.columns, static_cast<unsigned long long>(counts.evaluations),
              static_cast<unsigned long long>(counts.changes));
  take.print("take", events);
  settle.print("settle", events);
  commit.print("commit", events);
  return live->commit(clock.now());
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "live_bench DIRECTORY [EVENTS]\n"), 2;
  const auto measured =
      handslag::bench::measure(argv[1], argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000);
  if (measured.ok()) return 0;
  std::fprintf(stderr, "%s\n", measured.error().message.c_str());
  return 1;
}
