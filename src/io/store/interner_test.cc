// SPDX-License-Identifier: Apache-2.0
#include "io/store/interner.h"

#include <gtest/gtest.h>

#include <string>

#include "io/store/known_ids.h"

namespace handslag::store {
namespace {

TEST(Interner, GivesDenseCodesAndFindsThemAgain) {
  Interner texts;
  EXPECT_EQ(texts.find(""), 0U);
  for (std::uint32_t i = 1; i <= 20'000; ++i) ASSERT_EQ(texts.add("text " + std::to_string(i)), i);
  for (std::uint32_t i = 1; i <= 20'000; ++i) ASSERT_EQ(texts.find("text " + std::to_string(i)), i);
  EXPECT_EQ(texts.find("text 20001"), std::nullopt);
  EXPECT_EQ(texts.text(17), "text 17");
  EXPECT_EQ(texts.add(std::string(3'000'000, 'x')), 20'001U);
  EXPECT_EQ(texts.text(20'001).size(), 3'000'000U);
}

TEST(Interner, ForgetsFromACodeOn) {
  Interner texts;
  texts.add("a");
  texts.add("b");
  texts.truncate(2);
  EXPECT_EQ(texts.find("a"), 1U);
  EXPECT_EQ(texts.find("b"), std::nullopt);
  EXPECT_EQ(texts.add("c"), 2U);
}

TEST(KnownIds, TellNewSameAndOtherApart) {
  KnownIds ids;
  const KnownIds::HasThisId yes = [](std::uint32_t) { return true; };
  for (std::uint64_t i = 0; i < 5000; ++i) ASSERT_EQ(ids.note(i << 40U, i, 7, yes), KnownAs::New);
  EXPECT_EQ(ids.note(4711ULL << 40U, 4711, 8, yes), KnownAs::Same);
  EXPECT_EQ(ids.note(4711ULL << 40U, 1, 8, yes), KnownAs::Other);
  EXPECT_EQ(ids.size(), 5000U);
}

TEST(KnownIds, AskWhetherEqualHashesAreReallyOneId) {
  KnownIds ids;
  const KnownIds::HasThisId only_first = [](std::uint32_t row) { return row == 1; };
  const KnownIds::HasThisId no = [](std::uint32_t) { return false; };
  EXPECT_EQ(ids.note(9, 100, 1, no), KnownAs::New);
  EXPECT_EQ(ids.note(9, 200, 2, no), KnownAs::New);  // another id with the same hash
  EXPECT_EQ(ids.note(9, 300, 3, only_first), KnownAs::Other);
}

}  // namespace
}  // namespace handslag::store
