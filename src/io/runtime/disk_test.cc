// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/disk.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "io/runtime/digest.h"
#include "io/runtime/interrupt.h"

namespace handslag::runtime {
namespace {

class DiskTest : public testing::Test {
 protected:
  DiskTest() {
    std::string name = (std::filesystem::temp_directory_path() / "handslag-disk-XXXXXX").string();
    directory_ = mkdtemp(name.data());
  }
  ~DiskTest() override { std::filesystem::remove_all(directory_); }
  std::string directory_;
};

TEST_F(DiskTest, ReplacesAFileWholeAndLeavesNoTemporaryOne) {
  const std::string path = directory_ + "/types.toml";
  ASSERT_TRUE(write_file_atomically(path, "one").ok());
  ASSERT_TRUE(write_file_atomically(path, "two").ok());
  EXPECT_EQ(*read_whole_file(path, 100), "two");
  EXPECT_EQ(
      std::distance(std::filesystem::directory_iterator(directory_), std::filesystem::directory_iterator{}),
      1);
}

TEST_F(DiskTest, RefusesAFileLargerThanTheLimit) {
  const std::string path = directory_ + "/big";
  ASSERT_TRUE(write_file_atomically(path, "0123456789").ok());
  EXPECT_TRUE(read_whole_file(path, 10).ok());
  EXPECT_EQ(read_whole_file(path, 9).error().code, ErrorCode::Limit);
  EXPECT_EQ(read_whole_file(directory_ + "/none", 9).error().code, ErrorCode::NotFound);
}

TEST_F(DiskTest, NeverCopiesOverAFile) {
  ASSERT_TRUE(write_file_atomically(directory_ + "/a", "a").ok());
  ASSERT_TRUE(copy_file_durably(directory_ + "/a", directory_ + "/b").ok());
  EXPECT_EQ(*read_whole_file(directory_ + "/b", 10), "a");
  EXPECT_EQ(copy_file_durably(directory_ + "/a", directory_ + "/b").error().code, ErrorCode::Conflict);
}

TEST_F(DiskTest, SaysHowMuchRoomIsMissing) {
  EXPECT_TRUE(require_free_disk(directory_, 1).ok());
  EXPECT_EQ(require_free_disk(directory_, ~0ULL).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(format_bytes(999), "999 bytes");
  EXPECT_EQ(format_bytes(1'500'000'000), "1.5 GB");
}

// The published XXH3-128 digests of no bytes and of "abc" (xxhsum -H2).
TEST_F(DiskTest, DigestsAFileAsItsText) {
  EXPECT_EQ(digest_of_text(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(digest_of_text("abc"), "06b05ab6733a618578af5f94892f3950");
  const std::string big(1'000'000, 'x');
  ASSERT_TRUE(write_file_atomically(directory_ + "/big", big).ok());
  EXPECT_EQ(*digest_of_file(directory_ + "/big"), digest_of_text(big));
}

TEST(Interrupt, IsRememberedUntilCleared) {
  watch_interrupts();
  EXPECT_FALSE(interrupted());
  ASSERT_EQ(kill(getpid(), SIGTERM), 0);
  EXPECT_TRUE(interrupted());
  clear_interrupt();
  EXPECT_FALSE(interrupted());
}

}  // namespace
}  // namespace handslag::runtime
