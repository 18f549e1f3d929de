// SPDX-License-Identifier: Apache-2.0
#include "app/serve/metrics.h"

#include <gtest/gtest.h>

#include "app/serve/metrics_listener.h"
#include "io/http/client.h"

namespace handslag::app {
namespace {

void expect_line(const std::string& text, const std::string& line) {
  EXPECT_NE(("\n" + text).find("\n" + line + "\n"), std::string::npos) << line << "\nis not in\n" << text;
}

TEST(Metrics, RequestsStandByRouteAndStatusInBucketsThatAddUp) {
  RequestTimes times;
  for (const std::int64_t micros : {400, 500, 501, 99'000, 20'000'000})
    times.add({"GET", "/v1/card", 200, micros, 0, 0, "id"});
  times.add({"POST", "", 404, 100, 0, 0, "id"});
  MetricsReading reading;
  reading.requests = times.times();
  const std::string text = metrics_text(reading);
  const std::string of =
      "http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/card\",status=\"200\",le=";
  expect_line(text, of + "\"0.0005\"} 2");
  expect_line(text, of + "\"0.001\"} 3");
  expect_line(text, of + "\"0.05\"} 3");
  expect_line(text, of + "\"0.1\"} 4");
  expect_line(text, of + "\"10\"} 4");
  expect_line(text, of + "\"+Inf\"} 5");
  expect_line(text,
              "http_request_duration_seconds_count{method=\"GET\",route=\"/v1/card\",status=\"200\"} 5");
  expect_line(
      text, "http_request_duration_seconds_sum{method=\"GET\",route=\"/v1/card\",status=\"200\"} 20.100401");
  expect_line(text, "http_request_duration_seconds_count{method=\"POST\",route=\"none\",status=\"404\"} 1");
  expect_line(text, "# TYPE http_request_duration_seconds histogram");
}

TEST(Metrics, StatesAreToldInSeconds) {
  MetricsReading reading;
  reading.version = "1.2.3";
  reading.now = Timestamp{10'000'000};
  reading.watch.waiting_since = Timestamp{7'500'000};
  reading.watch.waiting_events = 12;
  reading.watch.counts.duplicates = 3;
  reading.journal.commits = 4;
  reading.journal.failed_commits = 1;
  reading.journal.commit_us = 2'500'000;
  reading.ingested["shop"] = {7, 2, 0};
  const std::string text = metrics_text(reading);
  expect_line(text, "handslag_watch_lag_seconds 2.5");
  expect_line(text, "handslag_watch_waiting_events 12");
  expect_line(text, "handslag_duplicate_events_total 3");
  expect_line(text, "handslag_intake_commit_seconds_count 5");
  expect_line(text, "handslag_intake_commit_seconds_sum 2.5");
  expect_line(text, "ingest_events_total{source=\"shop\",outcome=\"accepted\"} 7");
  expect_line(text, "ingest_events_total{source=\"shop\",outcome=\"rejected\"} 2");
  EXPECT_NE(text.find("build_info{version=\"1.2.3\",compiler="), std::string::npos) << text;
  reading.watch.waiting_since = kNoTime;
  expect_line(metrics_text(reading), "handslag_watch_lag_seconds 0");
}

TEST(Metrics, TheProcessIsKnown) {
  MetricsReading reading;
  read_process(reading);
  EXPECT_GT(reading.resident_bytes, 1U << 20U);
  EXPECT_GT(reading.cpu_seconds, 0);
}

TEST(MetricsListener, AnswersOnePathToWhoeverReads) {
  auto listener = MetricsListener::start("127.0.0.1:0", [] { return std::string("a 1\n"); });
  ASSERT_TRUE(listener.ok()) << listener.error().message;
  http::ClientOptions options;
  options.allow_private_addresses = true;
  auto client = http::Client::start(options);
  ASSERT_TRUE(client.ok());
  const std::string at = "http://127.0.0.1:" + std::to_string((*listener)->port());
  const auto fetch = [&](const std::string& path, http::Method method) {
    http::OutgoingRequest request;
    request.url = at + path;
    request.method = method;
    return (*client)->fetch(std::move(request));
  };
  const auto status = [&](const std::string& path, http::Method method) {
    const auto answer = fetch(path, method);
    return answer.ok() ? answer->status : 0;
  };
  const auto read = fetch("/metrics", http::Method::Get);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->status, 200U);
  EXPECT_EQ(read->body, "a 1\n");
  EXPECT_EQ(*read->header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(status("/", http::Method::Get), 404U);
  EXPECT_EQ(status("/metrics", http::Method::Post), 404U);
}

TEST(MetricsListener, SaysWhichSettingIsWrong) {
  const auto listener = MetricsListener::start("nowhere", [] { return std::string(); });
  ASSERT_FALSE(listener.ok());
  EXPECT_EQ(listener.error().message.substr(0, 14), "metrics_listen");
}

}  // namespace
}  // namespace handslag::app
