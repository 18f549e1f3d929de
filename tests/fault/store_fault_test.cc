// SPDX-License-Identifier: Apache-2.0
// What a machine can do to a data directory while it is written: kill the process, fill the disk, take
// permissions away. Afterwards all that was committed is there, nothing else is, and a person was told.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>

#include "io/store/data_directory.h"
#include "io/store/load.h"
#include "io/store/store_fixture.h"

namespace handslag::store {
namespace {

// Why another exit code for each: the parent sees only that number.
constexpr int kDone = 0, kUnavailable = 40, kOtherError = 41;

int exit_code(const Status& status) {
  if (status.ok()) return kDone;
  return status.error().code == ErrorCode::Unavailable ? kUnavailable : kOtherError;
}

model::Event numbered(std::uint64_t i) {
  model::Event event;
  event.source = "shop";
  event.id = "id-" + std::to_string(i);
  event.type = "order.placed";
  event.time = {static_cast<std::int64_t>(i) * kMicrosPerSecond};
  event.record = i + 1;
  event.part = 1;
  event.subject = {{"email", std::to_string(i)}};
  event.keys = {{"order", "A-" + std::to_string(i * 2'654'435'761U)}};
  std::string noise;  // fills a disk soon, since it does not compress
  for (std::uint64_t n = 1; n <= 8; ++n)
    noise += std::to_string((i + n) * (i + 7) * 0x9E37'79B9'7F4A'7C15ULL);
  event.data = {{"noise", model::Value{noise}}};
  return event;
}

Status import_many(const std::string& path, const std::string& digest, std::uint64_t from,
                   std::uint64_t count, const std::function<void()>& before_commit = {}) {
  HANDSLAG_TRY(data, DataDirectory::open(path, Mode::Create, "import", kTestNow));
  ImportHeader header;
  header.file_name = header.digest = digest;
  header.source = "shop";
  header.started = header.now = kTestNow;
  HANDSLAG_TRY(writer, data.log().begin_import(header));
  for (std::uint64_t i = from; i < from + count; ++i) HANDSLAG_CHECK_STATUS(writer->add(numbered(i)));
  for (std::uint64_t i = 0; i < 1500; ++i)
    HANDSLAG_CHECK_STATUS(writer->reject({i, i, "time", "no time", "raw"}));
  if (before_commit) before_commit();
  HANDSLAG_CHECK_STATUS(writer->commit(kTestNow));
  return {};
}

class StoreFaultTest : public StoreTest {
 protected:
  ~StoreFaultTest() override {
    data_.reset();
    if (!disk_.empty()) umount(disk_.c_str());
  }

  // Runs `work` in a child process and gives how it ended (waitpid).
  static int in_child(const std::function<int()>& work) {
    const pid_t child = fork();
    if (child == 0) _exit(work());
    int ended = 0;
    waitpid(child, &ended, 0);
    return ended;
  }
  // In a child: a process that has run DuckDB's threads must not fork on.
  void import_in_child(const std::string& digest, std::uint64_t from, std::uint64_t count) {
    const int ended = in_child([&] { return exit_code(import_many(path_, digest, from, count)); });
    ASSERT_TRUE(WIFEXITED(ended));
    ASSERT_EQ(WEXITSTATUS(ended), kDone);
  }
  void expect_only(std::uint64_t events, std::uint64_t rejects) {
    open(Mode::Write);
    EXPECT_EQ(events_in_log(), events);
    EXPECT_EQ(*data_->rejects().count(std::nullopt), rejects);
    EXPECT_TRUE(data_->inspect()->empty());
    EXPECT_EQ(load(log(), {{"order"}, {}, {}, false}, {})->columns.events(), events);
  }

  std::string disk_;  // mounted for this test
};

TEST_F(StoreFaultTest, AKilledImportLeavesNothingAndLosesNothing) {
  import_in_child("first", 0, 1000);
  const int ended = in_child(
      [&] { return exit_code(import_many(path_, "second", 1000, 150'000, [] { (void)raise(SIGKILL); })); });
  ASSERT_TRUE(WIFSIGNALED(ended));
  expect_only(1000, 1500);
  EXPECT_EQ(log().imports()->size(), 1U);
}

TEST_F(StoreFaultTest, AReaderUnderstandsWhatAKilledImportLeft) {
  import_in_child("first", 0, 1000);
  (void)in_child(
      [&] { return exit_code(import_many(path_, "second", 1000, 10'000, [] { (void)raise(SIGKILL); })); });
  open(Mode::Read);
  EXPECT_EQ(events_in_log(), 1000U);
}

TEST_F(StoreFaultTest, AnImportKilledAfterItsCommitIsThere) {
  const int ended = in_child([&] {
    // The commit is durable before the directory is closed.
    auto data = DataDirectory::open(path_, Mode::Create, "import", kTestNow);
    ImportHeader header;
    header.digest = header.file_name = "first";
    header.source = "shop";
    header.started = header.now = kTestNow;
    auto writer = data->log().begin_import(header);
    for (std::uint64_t i = 0; i < 1000; ++i) (void)(*writer)->add(numbered(i)).ok();
    if (!(*writer)->commit(kTestNow).ok()) return kOtherError;
    return raise(SIGKILL);
  });
  ASSERT_TRUE(WIFSIGNALED(ended));
  expect_only(1000, 0);
}

TEST_F(StoreFaultTest, AnImportOfAFileTooLargeForTheDiskSaysSoAndLeavesNothing) {
  import_in_child("first", 0, 1000);
  const std::uint64_t before = std::filesystem::file_size(path_ + "/events.duckdb");
  const int ended = in_child([&] {
    (void)signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{before + 4'000'000, before + 4'000'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    return exit_code(import_many(path_, "second", 1000, 100'000));
  });
  ASSERT_TRUE(WIFEXITED(ended));
  EXPECT_EQ(WEXITSTATUS(ended), kUnavailable);
  expect_only(1000, 1500);
}

TEST_F(StoreFaultTest, AFullDiskSaysSoAndLeavesNothing) {
  const std::string disk = folder_ + "/disk";
  std::filesystem::create_directories(disk);
  if (mount("none", disk.c_str(), "tmpfs", 0, "size=24m") != 0)
    GTEST_SKIP() << "only root can make a small disk";
  disk_ = disk;
  path_ = disk + "/data";
  import_in_child("first", 0, 1000);
  const int ended = in_child([&] { return exit_code(import_many(path_, "second", 1000, 400'000)); });
  EXPECT_TRUE(WIFEXITED(ended));
  EXPECT_EQ(WEXITSTATUS(ended), kUnavailable);
  expect_only(1000, 1500);
}

TEST_F(StoreFaultTest, ADirectoryThatMayNotBeWrittenCanBeRead) {
  import_in_child("first", 0, 10);
  if (geteuid() == 0) {
    const int ended = in_child([&] {
      // As nobody: root may write anywhere.
      std::filesystem::permissions(folder_, std::filesystem::perms(0755));
      if (setgid(65534) != 0 || setuid(65534) != 0) return kOtherError;
      auto data = DataDirectory::open(path_, Mode::Read, "gap", kTestNow);
      if (!data.ok()) return kUnavailable;
      const bool whole = data->log().summary()->events == 10 && data->promises().all().ok();
      const auto written = DataDirectory::open(path_, Mode::Write, "import", kTestNow);
      return whole && !written.ok() && written.error().code == ErrorCode::Unavailable ? kDone : kOtherError;
    });
    EXPECT_EQ(WEXITSTATUS(ended), kDone);
    return;
  }
  std::filesystem::permissions(path_, std::filesystem::perms(0555));
  const auto data = DataDirectory::open(path_, Mode::Read, "gap", kTestNow);
  EXPECT_TRUE(data.ok());
  std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

TEST_F(StoreFaultTest, ASecondProcessIsToldWhoIsWriting) {
  open();
  const int ended = in_child([&] {
    const auto second = DataDirectory::open(path_, Mode::Write, "demo", kTestNow);
    const std::string holder = "pid " + std::to_string(getppid()) + ", test since 2026-11-21T10:02:00Z";
    return !second.ok() && second.error().message.find(holder) != std::string::npos ? kDone : kOtherError;
  });
  EXPECT_EQ(WEXITSTATUS(ended), kDone);
}

}  // namespace
}  // namespace handslag::store
