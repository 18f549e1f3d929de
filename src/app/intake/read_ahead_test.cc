// SPDX-License-Identifier: Apache-2.0
#include "app/intake/read_ahead.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace handslag::app {
namespace {

constexpr int kLines = 10'000;  // several batches

// Remembers what came; fails at the event it is told to.
class Remembering final : public format::EventSink {
 public:
  Status event(const model::Event& event) override {
    if (event.id == fail_at) return over_limit("enough");
    ids.push_back(event.id);
    return {};
  }
  Status reject(const format::RejectedRecord& rejected) override {
    rejected_lines.push_back(rejected.line);
    return {};
  }
  Status progress(std::uint64_t) override { return {}; }

  std::string fail_at;
  std::vector<std::string> ids;
  std::vector<std::uint64_t> rejected_lines;
};

class ReadAhead : public testing::Test {
 protected:
  ReadAhead()
      : path_(std::filesystem::temp_directory_path() /
              ("handslag_read_ahead_test_" + std::to_string(::getpid()) + ".jsonl")) {
    std::ofstream file(path_);
    for (int i = 1; i <= kLines; ++i) {
      if (i % 1000 == 0) {
        file << "{broken\n";
        continue;
      }
      file << R"({"id":")" << i << R"(","source":"s","type":"t","time":"2026-03-02T10:00:00Z"})" << '\n';
    }
    request_.path = path_.string();
  }
  ~ReadAhead() override { std::filesystem::remove(path_); }

  std::filesystem::path path_;
  format::ReadRequest request_;
};

TEST_F(ReadAhead, GivesEveryEventAndRejectedRecordInTheFilesOrder) {
  Remembering sink;
  const auto summary = read_ahead(request_, sink);
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary->events, 9'990U);
  EXPECT_EQ(summary->rejected, 10U);
  ASSERT_EQ(sink.ids.size(), 9'990U);
  EXPECT_EQ(sink.ids[998], "999");
  EXPECT_EQ(sink.ids[999], "1001");
  EXPECT_EQ(sink.rejected_lines,
            (std::vector<std::uint64_t>{1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000}));
}

TEST_F(ReadAhead, EndsWithTheSinksErrorAndTakesNothingAfterIt) {
  Remembering sink;
  sink.fail_at = "1500";
  const auto summary = read_ahead(request_, sink);
  ASSERT_FALSE(summary.ok());
  EXPECT_EQ(summary.error().code, ErrorCode::Limit);
  EXPECT_EQ(sink.ids.back(), "1499");
}

TEST_F(ReadAhead, EndsWithTheReadersError) {
  Remembering sink;
  request_.path += ".none";
  const auto summary = read_ahead(request_, sink);
  ASSERT_FALSE(summary.ok());
  EXPECT_EQ(summary.error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace handslag::app
