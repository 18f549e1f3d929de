// SPDX-License-Identifier: Apache-2.0
// How fast files become events, storing and evaluating left out: import_bench [ROWS] [FILE [MAP]]
// Without FILE: CSV and JSON lines of ROWS (default 2,000,000) events of five fields, made in memory. With
// FILE: that file. The best of five.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "io/format/read_events.h"

namespace handslag::bench {
namespace {

struct CountingSink final : format::EventSink {
  std::uint64_t events = 0;
  std::uint64_t rejects = 0;
  Status event(const model::Event&) override {
    ++events;
    return {};
  }
  Status reject(const format::RejectedRecord&) override {
    ++rejects;
    return {};
  }
  Status progress(std::uint64_t) override { return {}; }
};

constexpr const char* kMap = R"(
source = "shop"
zone = "UTC"
[[event]]
type = { column = "type" }
when = "time"
subject = [{ type = "customer_no", column = "customer" }]
keys = { order = "order" }
data = { amount = { column = "amount", type = "number" } }
)";

std::string clock_text(std::size_t row) {
  char text[32];
  std::snprintf(text, sizeof text, "2026-%02zu-%02zu %02zu:%02zu:%02zu", row / 28 % 12 + 1, row % 28 + 1,
                row % 24, row / 7 % 60, row / 3 % 60);
  return text;
}

std::string csv_of(std::size_t rows) {
  std::string text = "customer,order,type,time,amount\n";
  for (std::size_t i = 0; i < rows; ++i) {
    text += std::to_string(100'000 + i % 50'000) + ",A-" + std::to_string(i) + ",order.placed," +
            clock_text(i) + "," + std::to_string(i % 1000) + ".50\n";
  }
  return text;
}

std::string json_of(std::size_t rows) {
  std::string text;
  for (std::size_t i = 0; i < rows; ++i) {
    std::string time = clock_text(i) + "Z";
    time[10] = 'T';
    text += R"({"type":"order.placed","time":")" + time + R"(","subject":[{"type":"customer_no","value":")" +
            std::to_string(100'000 + i % 50'000) + R"("}],"keys":{"order":"A-)" + std::to_string(i) +
            R"("},"data":{"amount":)" + std::to_string(i % 1000) + ".5}}\n";
  }
  return text;
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Reads five times and prints the best.
template <typename Read>
bool measure(const char* name, double megabytes, Read read) {
  double best = 1e9, best_cpu = 1e9;
  std::uint64_t events = 0;
  for (int run = 0; run < 5; ++run) {
    CountingSink sink;
    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = cpu_seconds();
    auto summary = read(sink);
    best_cpu = std::min(best_cpu, cpu_seconds() - cpu_start);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (!summary.ok()) {
      std::fprintf(stderr, "%s\n", summary.error().message.c_str());
      return false;
    }
    events = sink.events;
  }
  const auto count = static_cast<double>(events);
  std::printf("%-10s %9.0f events  %.3f s wall  %.3f s cpu  %.2f M events/s and %.0f MB/s by cpu\n", name,
              count, best, best_cpu, count / best_cpu / 1e6, megabytes / best_cpu);
  return true;
}

bool measure_bytes(const char* name, const std::string& bytes, const format::Map* map) {
  format::ReadRequest request;
  request.path = name;
  request.source = "bench";
  request.map = map;
  return measure(name, static_cast<double>(bytes.size()) / 1e6,
                 [&](CountingSink& sink) { return format::read_events_from(bytes, request, sink); });
}

bool measure_file(const char* path, const char* map_path) {
  format::Map map;
  format::ReadRequest request;
  request.path = path;
  request.source = "bench";
  if (map_path != nullptr) {
    auto read = format::read_map(map_path);
    if (!read.ok()) {
      std::fprintf(stderr, "%s\n", read.error().message.c_str());
      return false;
    }
    map = std::move(read).value();
    request.map = &map;
  }
  auto size = runtime::file_size_bytes(path);
  return measure("file", size.ok() ? static_cast<double>(*size) / 1e6 : 0,
                 [&](CountingSink& sink) { return format::read_events(request, sink); });
}

int run(int argc, char** argv) {
  const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2'000'000;
  if (argc > 2) return measure_file(argv[2], argc > 3 ? argv[3] : nullptr) ? 0 : 1;
  const format::Map map = format::parse_map(kMap, "bench.toml").value();
  return measure_bytes("csv", csv_of(rows), &map) && measure_bytes("json lines", json_of(rows), nullptr) ? 0
                                                                                                         : 1;
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  return handslag::bench::run(argc, argv);
}
