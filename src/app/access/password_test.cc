// SPDX-License-Identifier: Apache-2.0
#include "app/access/password.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace handslag::app {
namespace {

TEST(Password, OfAFewWordsIsGood) {
  EXPECT_TRUE(check_password("grön häst går hem", "anna").ok());
  EXPECT_TRUE(check_password("kvistvägen 3 b", "anna").ok());
  EXPECT_TRUE(check_password("åäöåäöåäöxyz", "anna").ok());  // 12 characters
}

TEST(Password, ThatIsBadIsRefusedAndNotRepeated) {
  for (const std::string bad : {"", "kort lösen!", "aaaaaaaaaaaabb", "Password1234", "lösenord1234",
                                "min-anna-2026-x", "MIN-ANNA-2026-x", "\xff\xfe four words in a row"}) {
    const Status checked = check_password(bad, "anna");
    EXPECT_FALSE(checked.ok()) << bad;
    if (bad.empty() || checked.ok()) continue;
    EXPECT_EQ(checked.error().code, ErrorCode::Invalid);
    EXPECT_EQ(checked.error().message.find(bad), std::string::npos);
  }
  EXPECT_FALSE(check_password(std::string(300, 'a') + std::string(800, 'b') + "cde", "anna").ok());
}

TEST(PasswordHasher, TellsTheRightOneAlone) {
  PasswordHasher hasher(least_password_cost());
  const std::string stored = hasher.hash("grön häst går hem").value();
  EXPECT_TRUE(stored.starts_with("$argon2id$"));
  EXPECT_NE(stored, hasher.hash("grön häst går hem").value());
  EXPECT_TRUE(hasher.matches("grön häst går hem", stored).value());
  EXPECT_FALSE(hasher.matches("grön häst går hen", stored).value());
  EXPECT_FALSE(hasher.matches("", stored).value());
  EXPECT_FALSE(hasher.matches("grön häst går hem", "").value());
  EXPECT_FALSE(hasher.matches("", "").value());
  EXPECT_FALSE(hasher.matches(std::string(100'000, 'x'), stored).value());
  EXPECT_FALSE(hasher.matches("x", "no hash at all").value());
}

// The constructor ends the program where the hash of nobody is not of the cost at hand.
TEST(PasswordHasher, KnowsAHashOfAnotherCost) {
  const PasswordHasher usual(usual_password_cost());
  PasswordHasher least(least_password_cost());
  const std::string stored = least.hash("grön häst går hem").value();
  EXPECT_FALSE(least.is_outdated(stored));
  EXPECT_TRUE(usual.is_outdated(stored));
}

TEST(PasswordHasher, SendsAwayWhomItCannotServe) {
  PasswordHasher hasher({.operations = 3, .memory_bytes = 32 << 20});
  std::vector<std::thread> threads;
  std::atomic<int> served = 0, refused = 0;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      const Result<bool> answer = hasher.matches("x", "");
      if (answer.ok())
        ++served;
      else if (answer.error().code == ErrorCode::Limit)
        ++refused;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(served + refused, 64);
  EXPECT_GE(served, 1 + PasswordHasher::kMostWaiting);
  EXPECT_GE(refused, 1);
}

}  // namespace
}  // namespace handslag::app
