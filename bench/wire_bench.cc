// SPDX-License-Identifier: Apache-2.0
// How fast the bodies of requests become events, on one core: wire_bench [EVENTS_A_REQUEST [REQUESTS]]
// (default 1,000 and 200). The events are those of contract/event.md. The median of five.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/stopwatch.h"
#include "io/format/cloud_events.h"
#include "io/format/native_events.h"
#include "io/format/segment.h"

namespace handslag::bench {
namespace {

std::string native_event(std::size_t i) {
  return R"({"id":"b7c0ffee-0000-4000-8000-)" + std::to_string(100'000'000'000 + i) +
         R"(","source":"webshop","type":"order.placed","time":"2026-11-21T10:00:00+01:00","subject":[)"
         R"({"type":"email","value":"a)" +
         std::to_string(i % 5000) + R"(@example.se"},{"type":"customer_no@webshop","value":")" +
         std::to_string(i % 5000) +
         R"("}],"unit":"sales","channel":"web","touchpoint":"checkout","agent":null,"keys":{"order":"A-)" +
         std::to_string(i) + R"("},"data":{"amount":499,"promised_at":"2026-12-01"}})";
}

std::string cloud_event(std::size_t i) {
  return R"({"specversion":"1.0","id":"b7c0ffee-0000-4000-8000-)" + std::to_string(100'000'000'000 + i) +
         R"(","source":"/webshop","type":"order.placed","time":"2026-11-21T10:00:00Z","subject":"email:a)" +
         std::to_string(i % 5000) + R"(@example.se","data":{"keys":{"order":"A-)" + std::to_string(i) +
         R"("},"amount":499,"promised_at":"2026-12-01"}})";
}

std::string segment_event(std::size_t i) {
  return R"({"timestamp":"2026-11-21T10:00:00.000Z","integrations":{},"type":"track","event":"Order Completed",)"
         R"("userId":"u-)" +
         std::to_string(i % 5000) + R"(","messageId":"b7c0ffee-0000-4000-8000-)" +
         std::to_string(100'000'000'000 + i) + R"(","properties":{"order_id":"A-)" + std::to_string(i) +
         R"(","total":499,"promised_at":"2026-12-01"},"context":{"library":{"name":"x","version":"3.1.0"}}})";
}

template <typename Event>
std::string list_of(std::size_t events, Event event) {
  std::string body = "[";
  for (std::size_t i = 0; i < events; ++i) body += (i == 0 ? "" : ",") + event(i);
  return body + "]";
}

std::string lines_of(std::size_t events) {
  std::string body;
  for (std::size_t i = 0; i < events; ++i) body += native_event(i) + "\n";
  return body;
}

// Reads the body many times and prints the median of five rounds; false where an event is not read.
template <typename Read>
bool measure(const char* name, std::size_t bytes, std::size_t events, std::size_t requests, Read read) {
  std::array<double, 5> seconds{};
  for (double& second : seconds) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < requests; ++i) {
      const auto got = read();
      if (!got.ok() || got->events.size() != events) {
        std::fprintf(stderr, "%s: %s\n", name, got.ok() ? "events are missing" : got.error().message.c_str());
        return false;
      }
    }
    second = watch.processor_seconds();
  }
  std::sort(seconds.begin(), seconds.end());
  const double total = static_cast<double>(events * requests);
  std::printf("%-14s %8.0f events  %.3f s cpu  %.2f M events/s  %.0f MB/s\n", name, total, seconds[2],
              total / seconds[2] / 1e6, static_cast<double>(bytes * requests) / seconds[2] / 1e6);
  return true;
}

int run(int argc, char** argv) {
  const std::size_t events = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000;
  const std::size_t requests = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 200;
  const format::WireSetting setting{"webshop", true, *parse_rfc3339("2026-11-21T10:00:00Z"), nullptr};
  const std::string list = list_of(events, native_event), lines = lines_of(events);
  const std::string clouds = list_of(events, cloud_event);
  const std::string batch =
      R"({"batch":)" + list_of(events, segment_event) + R"(,"sentAt":"2026-11-21T10:00:00Z"})";
  const format::WireHeader batch_type{"content-type", "application/cloudevents-batch+json"};
  format::WireRequest cloud, segment;
  cloud.headers = {&batch_type, 1};
  cloud.body = clouds;
  segment.path = "/v1/batch";
  segment.body = batch;
  const bool is_done = measure("native list", list.size(), events, requests,
                               [&] { return format::read_native(list, setting); }) &&
                       measure("native lines", lines.size(), events, requests,
                               [&] { return format::read_native(lines, setting); }) &&
                       measure("cloudevents", clouds.size(), events, requests,
                               [&] { return format::read_cloud_events(cloud, setting); }) &&
                       measure("segment", batch.size(), events, requests,
                               [&] { return format::read_segment(segment, setting); });
  return is_done ? 0 : 1;
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  return handslag::bench::run(argc, argv);
}
