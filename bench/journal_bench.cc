// SPDX-License-Identifier: Apache-2.0
// How fast the intake journal answers, every answer durable: many threads, each with one batch under way,
// while the event log takes over twice a second what is stored. journal_bench [SECONDS] [DIRECTORY] [THREADS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "bench/stopwatch.h"
#include "bench/synthetic_events.h"
#include "io/store/event_codec.h"
#include "io/store/intake_journal.h"

namespace handslag::bench {
namespace {

struct Figures {
  std::vector<double> answers_ms;
  double seconds = 0, processor_seconds = 0;
  std::uint64_t commits = 0, file_bytes = 0;
};

// About 150 bytes each once they are encoded.
std::string encoded_events(std::uint32_t count) {
  std::string bytes;
  model::Event event;
  for (std::uint32_t i = 0; i < count; ++i) {
    fill_event(i, 1000, event);
    event.id = "evt-" + std::to_string(1'000'000 + i);
    event.channel = "web";
    event.data.push_back({"product", model::Value{std::string("broadband-250")}});
    event.data.push_back({"city", model::Value{std::string("Malmö")}});
    event.known = event.time;
    store::append_event(event, bytes);
  }
  return bytes;
}

bool send_one(store::IntakeJournal& journal, const std::string& events, std::uint32_t count) {
  std::promise<bool> answer;
  const Status taken = journal.append({Timestamp{1}, events, count, {}},
                                      [&](Result<store::Position> stored) { answer.set_value(stored.ok()); });
  return taken.ok() && answer.get_future().get();
}

void follow(store::IntakeJournal& journal, std::future<void> end) {
  while (end.wait_for(std::chrono::milliseconds(500)) == std::future_status::timeout) {
    journal.drop_through(journal.state().last_position);
  }
}

struct Load {
  int threads = 64;
  std::uint32_t batch_events = 1000;
  double batches_per_second = 0;  // of all threads together; 0: each sends as soon as it is answered
};

// Times run from when a batch was due, so that one that had to wait for its thread counts as late.
std::vector<double> send_for(store::IntakeJournal& journal, double seconds, const std::string& events,
                             const Load& load, int thread) {
  std::promise<void> never;
  const std::future<void> pause = never.get_future();
  const auto start = std::chrono::steady_clock::now();
  std::vector<double> answers_ms;
  const Stopwatch all;
  for (int sent = 0; all.seconds() < seconds; ++sent) {
    double due = all.seconds();
    if (load.batches_per_second > 0) {
      due = (sent * load.threads + thread) / load.batches_per_second;
      pause.wait_until(start + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                   std::chrono::duration<double>(due)));
    }
    if (!send_one(journal, events, load.batch_events)) {
      std::fprintf(stderr, "a batch was not stored\n");
      std::exit(3);
    }
    answers_ms.push_back((all.seconds() - due) * 1e3);
  }
  return answers_ms;
}

Figures measure(const std::string& path, double seconds, const Load& load) {
  const std::string events = encoded_events(load.batch_events);
  auto journal = store::IntakeJournal::open(path, {}).value();
  std::promise<void> end;
  std::thread follower([&] { follow(*journal, end.get_future()); });
  Figures figures;
  const Stopwatch watch;
  std::vector<std::future<std::vector<double>>> senders;
  for (int i = 0; i < load.threads; ++i) {
    senders.push_back(
        std::async(std::launch::async, [&, i] { return send_for(*journal, seconds, events, load, i); }));
  }
  for (auto& sender : senders) {
    const std::vector<double> some = sender.get();
    figures.answers_ms.insert(figures.answers_ms.end(), some.begin(), some.end());
  }
  figures.seconds = watch.seconds();
  figures.processor_seconds = watch.processor_seconds();
  end.set_value();
  follower.join();
  figures.commits = journal->state().commits;
  figures.file_bytes = std::filesystem::file_size(path) + std::filesystem::file_size(path + "-wal");
  std::sort(figures.answers_ms.begin(), figures.answers_ms.end());
  return figures;
}

void print(const Figures& figures, const Load& load) {
  const auto batches = static_cast<double>(figures.answers_ms.size());
  const auto at = [&](double share) {
    return figures.answers_ms[static_cast<std::size_t>((batches - 1) * share)];
  };
  std::printf(
      "%d threads, batches of %u%s: %.0f batches/s = %.0f events/s; answer p50 %.1f ms, p99 %.1f ms, longest "
      "%.1f ms; "
      "%.0f commits/s; %.2f processors; files %.0f MB\n",
      load.threads, load.batch_events, load.batches_per_second > 0 ? ", paced" : "",
      batches / figures.seconds, batches * load.batch_events / figures.seconds, at(0.5), at(0.99), at(1),
      static_cast<double>(figures.commits) / figures.seconds, figures.processor_seconds / figures.seconds,
      static_cast<double>(figures.file_bytes) / 1e6);
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  using namespace handslag;
  const double seconds = argc > 1 ? std::strtod(argv[1], nullptr) : 10;
  std::string directory = (std::filesystem::temp_directory_path() / "handslag-journal-XXXXXX").string();
  directory = argc > 2 ? argv[2] : mkdtemp(directory.data());
  const int threads = argc > 3 ? std::atoi(argv[3]) : 64;
  std::filesystem::create_directories(directory);
  for (const bench::Load& load : {bench::Load{threads, 1000, 0}, bench::Load{threads, 1000, 250},
                                  bench::Load{threads, 1, 0}, bench::Load{threads, 1, 10'000}}) {
    const std::string path = directory + "/journal.sqlite";
    bench::print(bench::measure(path, seconds, load), load);
    std::filesystem::remove(path);
  }
  if (argc <= 2) std::filesystem::remove_all(directory);
  return 0;
}
