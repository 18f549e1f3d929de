// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/directory_lock.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace handslag::runtime {
namespace {

class DirectoryLockTest : public testing::Test {
 protected:
  DirectoryLockTest() {
    std::string name = (std::filesystem::temp_directory_path() / "handslag-lock-XXXXXX").string();
    directory_ = mkdtemp(name.data());
  }
  ~DirectoryLockTest() override { std::filesystem::remove_all(directory_); }

  std::string directory_;
  Timestamp now_ = *parse_rfc3339("2026-11-21T10:02:00Z");
};

TEST_F(DirectoryLockTest, TellsASecondWriterWhoHoldsIt) {
  const auto first = DirectoryLock::take(directory_, LockKind::Exclusive, "import", now_);
  ASSERT_TRUE(first.ok());
  const auto second = DirectoryLock::take(directory_, LockKind::Exclusive, "demo", now_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::Conflict);
  EXPECT_NE(second.error().message.find("pid " + std::to_string(getpid())), std::string::npos);
  EXPECT_NE(second.error().message.find("import since 2026-11-21T10:02:00Z"), std::string::npos);
}

TEST_F(DirectoryLockTest, SaysThatAServerCanBeAsked) {
  const auto server = DirectoryLock::take(directory_, LockKind::Exclusive, "serve", now_);
  const auto reader = DirectoryLock::take(directory_, LockKind::Shared, "gap", now_);
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, ErrorCode::Conflict);
  EXPECT_EQ(reader.error().message, "a server (pid " + std::to_string(getpid()) +
                                        ", serve since 2026-11-21T10:02:00Z) has " + directory_ +
                                        " open; ask it (handslag ask /v1/gap), or stop it");
}

TEST_F(DirectoryLockTest, LetsReadersShareButNoWriterIn) {
  const auto first = DirectoryLock::take(directory_, LockKind::Shared, "gap", now_);
  const auto second = DirectoryLock::take(directory_, LockKind::Shared, "gap", now_);
  const auto writer = DirectoryLock::take(directory_, LockKind::Exclusive, "import", now_);
  EXPECT_TRUE(first.ok());
  EXPECT_TRUE(second.ok());
  ASSERT_FALSE(writer.ok());
  EXPECT_NE(writer.error().message.find("reading"), std::string::npos);
}

TEST_F(DirectoryLockTest, IsFreeAgainWhenItsHolderIsGone) {
  { const auto first = DirectoryLock::take(directory_, LockKind::Exclusive, "import", now_); }
  EXPECT_TRUE(DirectoryLock::take(directory_, LockKind::Shared, "gap", now_).ok());
  EXPECT_TRUE(DirectoryLock::take(directory_, LockKind::Exclusive, "import", now_).ok());
}

TEST_F(DirectoryLockTest, NamesTheDirectoryThatIsNotThere) {
  const auto lock = DirectoryLock::take(directory_ + "/missing", LockKind::Exclusive, "import", now_);
  ASSERT_FALSE(lock.ok());
  EXPECT_EQ(lock.error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace handslag::runtime
