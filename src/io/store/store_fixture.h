// SPDX-License-Identifier: Apache-2.0
// A data directory in a temporary folder, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/store/data_directory.h"
#include "pure/model/event.h"

namespace handslag::store {

inline const Timestamp kTestNow = *parse_rfc3339("2026-11-21T10:02:00Z");

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    std::string name = (std::filesystem::temp_directory_path() / "handslag-store-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    path_ = folder_ + "/data";
  }
  ~StoreTest() override {
    data_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// Opens (again), for writing unless told otherwise.
  void open(Mode mode = Mode::Create) {
    data_.reset();
    Result<DataDirectory> opened = DataDirectory::open(path_, mode, "test", kTestNow);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    data_.emplace(std::move(*opened));
  }
  EventLog& log() { return data_->log(); }

  static ImportHeader header(const std::string& digest) {
    ImportHeader header;
    header.file_name = digest + ".csv";
    header.digest = digest;
    header.source = "shop";
    header.started = header.now = kTestNow;
    return header;
  }
  static model::Event event(const std::string& id, std::int64_t seconds,
                            const std::string& email = "a@example.se") {
    model::Event made;
    made.source = "shop";
    made.id = id;
    made.type = "order.placed";
    made.time = {seconds * kMicrosPerSecond};
    made.record = static_cast<std::uint64_t>(seconds) + 1;
    made.part = 1;
    made.subject = {{"email", email}};
    return made;
  }
  /// Imports as one file and gives what became of each event.
  std::vector<Added> import(const std::string& digest, const std::vector<model::Event>& events) {
    return import(header(digest), events);
  }
  std::vector<Added> import(const ImportHeader& header, const std::vector<model::Event>& events) {
    std::vector<Added> outcomes;
    auto writer = log().begin_import(header);
    EXPECT_TRUE(writer.ok()) << writer.error().message;
    for (const model::Event& e : events) outcomes.push_back(*(*writer)->add(e));
    const auto record = (*writer)->commit(kTestNow);
    EXPECT_TRUE(record.ok()) << record.error().message;
    return outcomes;
  }
  std::uint64_t events_in_log() { return log().summary()->events; }

  std::string folder_, path_;
  std::optional<DataDirectory> data_;
};

}  // namespace handslag::store
