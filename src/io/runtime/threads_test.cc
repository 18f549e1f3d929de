// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stdexcept>

namespace handslag::runtime {
namespace {

TEST(Workers, RunEachPartOnce) {
  std::atomic<unsigned> sum{0};
  EXPECT_TRUE(on_threads(5, [&](unsigned part) {
                sum += 1U << part;
                return Status();
              }).ok());
  EXPECT_EQ(sum, 31U);
}

TEST(Workers, GiveTheFirstErrorByNumber) {
  const Status status = on_threads(4, [](unsigned part) -> Status {
    if (part >= 2) return invalid("part " + std::to_string(part));
    return {};
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "part 2");
}

TEST(Workers, TurnWhatIsThrownIntoErrors) {
  for (const unsigned thrower : {0U, 2U}) {
    const Status no_memory = on_threads(3, [&](unsigned part) -> Status {
      if (part == thrower) throw std::bad_alloc();
      return {};
    });
    ASSERT_FALSE(no_memory.ok());
    EXPECT_EQ(no_memory.error().code, ErrorCode::Unavailable);
    const Status other = on_threads(3, [&](unsigned part) -> Status {
      if (part == thrower) throw std::runtime_error("what it was");
      return {};
    });
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().code, ErrorCode::Internal);
    EXPECT_NE(other.error().message.find("what it was"), std::string::npos);
  }
}

}  // namespace
}  // namespace handslag::runtime
