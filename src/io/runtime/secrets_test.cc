// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/secrets.h"

#include <gtest/gtest.h>

#include <set>

namespace handslag::runtime {
namespace {

// The values of FIPS 180-2, appendix B, and of the empty text.
TEST(Secrets, HashAsTheStandardSays) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Secrets, AreNeverTheSameTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string secret = random_secret();
    EXPECT_EQ(secret.size(), 43U);
    EXPECT_TRUE(seen.insert(secret).second);
  }
}

TEST(Secrets, DeriveTheSameFromTheSameAlone) {
  const std::string derived = derived_secret("key", "csrf");
  EXPECT_EQ(derived.size(), 43U);
  EXPECT_EQ(derived, derived_secret("key", "csrf"));
  EXPECT_NE(derived, derived_secret("key", "other"));
  EXPECT_NE(derived, derived_secret("kez", "csrf"));
}

TEST(Secrets, AreComparedWhole) {
  EXPECT_TRUE(is_same_secret("", ""));
  EXPECT_TRUE(is_same_secret("abc", "abc"));
  EXPECT_FALSE(is_same_secret("abc", "abd"));
  EXPECT_FALSE(is_same_secret("abc", "abcd"));
  EXPECT_FALSE(is_same_secret("", "a"));
}

}  // namespace
}  // namespace handslag::runtime
