// SPDX-License-Identifier: Apache-2.0
#include "io/store/interner.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "io/store/dictionaries.h"
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
  EXPECT_EQ(texts.text(20'000), "text 20000");
  for (const std::uint32_t size : {254U, 255U, 256U})
    EXPECT_EQ(texts.text(texts.add(std::string(size, 'y'))), std::string(size, 'y'));
}

// Of any number, so that the last group is full, or just begun; and goes on as ever.
TEST(Interner, FindsWhatWasAppendedOnceItIsIndexed) {
  for (const std::uint32_t count : {0U, 1U, 15U, 16U, 31U, 32U, 33U, 20'000U}) {
    Interner texts;
    for (std::uint32_t i = 1; i <= count; ++i) ASSERT_EQ(texts.append("text " + std::to_string(i)), i);
    texts.index();
    EXPECT_EQ(texts.find(""), 0U);
    for (std::uint32_t i = 1; i <= count; ++i) ASSERT_EQ(texts.find("text " + std::to_string(i)), i) << count;
    EXPECT_EQ(texts.find("text 0"), std::nullopt);
    EXPECT_EQ(texts.add("another"), count + 1);
    EXPECT_EQ(texts.find("another"), count + 1);
    EXPECT_EQ(texts.find("text " + std::to_string(count + 1)), std::nullopt);
  }
}

TEST(Interner, MovesNoText) {
  Interner texts;
  std::vector<std::string_view> seen;
  const auto text_of = [](std::uint32_t i) {
    return std::to_string(i) + std::string(i % 37 * (i % 1000 == 0 ? 10'000 : 1), 'x');
  };
  for (std::uint32_t i = 1; i <= 100'000; ++i) seen.push_back(texts.text(texts.add(text_of(i))));
  for (std::uint32_t i = 1; i <= 100'000; ++i) {
    ASSERT_EQ(seen[i - 1], text_of(i));
    ASSERT_EQ(texts.text(i), text_of(i));
  }
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

TEST(Interner, ForgetsWithinAndBetweenGroups) {
  for (std::uint32_t kept : {16U, 17U, 31U, 32U, 33U}) {
    Interner texts;
    for (std::uint32_t i = 1; i < 100; ++i) texts.add(std::to_string(i));
    texts.truncate(kept);
    ASSERT_EQ(texts.size(), kept);
    EXPECT_EQ(texts.find(std::to_string(kept - 1)), kept - 1);
    EXPECT_EQ(texts.find(std::to_string(kept)), std::nullopt);
    EXPECT_EQ(texts.add("new"), kept);
    EXPECT_EQ(texts.text(kept), "new");
    EXPECT_EQ(texts.text(kept - 1), std::to_string(kept - 1));
  }
}

TEST(Dictionaries, NumberSubjectsAndForgetThoseGivenUp) {
  using Members = std::vector<std::uint32_t>;
  Dictionaries known;
  EXPECT_EQ(known.add_subject(Members{1}), 1U);
  EXPECT_EQ(known.add_subject(Members{1, 2}), 2U);
  const Dictionaries::Mark mark = known.mark();
  EXPECT_EQ(known.add_subject(Members{2}), 3U);
  EXPECT_EQ(known.add_subject(Members{2, 3}), 4U);
  EXPECT_EQ(known.find_subject(Members{2, 3}), 4U);
  known.go_back(mark);
  EXPECT_EQ(known.find_subject(Members{1}), 1U);
  EXPECT_EQ(known.find_subject(Members{1, 2}), 2U);
  EXPECT_EQ(known.find_subject(Members{2}), std::nullopt);
  EXPECT_EQ(known.find_subject(Members{2, 3}), std::nullopt);
  EXPECT_EQ(known.add_subject(Members{2, 3}), 3U);
  EXPECT_EQ(known.find_subject(Members{2, 3}), 3U);
}

KnownIds known_ids() {
  return std::move(KnownIds::create(testing::TempDir(), 0)).value();
}

TEST(KnownIds, TellNewSameAndOtherApart) {
  KnownIds ids = known_ids();
  const KnownIds::HasThisId yes = [](std::uint32_t) { return true; };
  for (std::uint64_t i = 0; i < 5000; ++i)
    ASSERT_EQ(ids.note(i << 40U, i, static_cast<std::uint32_t>(3 * i), yes).value().as, KnownAs::New);
  EXPECT_EQ(ids.note(4711ULL << 40U, 4711, 20'000, yes).value().as, KnownAs::Same);
  EXPECT_EQ(ids.note(4711ULL << 40U, 1, 20'000, yes).value().as, KnownAs::Other);
  EXPECT_EQ(ids.size(), 5000U);
  EXPECT_LE(ids.size_bytes(), 5000U * 12U);
}

TEST(KnownIds, TellHashesApartThatTheTableDoesNot) {
  KnownIds ids = known_ids();
  const KnownIds::HasThisId never = [](std::uint32_t) {
    ADD_FAILURE() << "asked for another id";
    return true;
  };
  EXPECT_EQ(ids.note(0x1234'5678'0000'0009, 1, 0, never).value().as, KnownAs::New);
  EXPECT_EQ(ids.note(0x1234'5678'0000'0109, 1, 1, never).value().as, KnownAs::New);  // the same 40 bits
  EXPECT_EQ(ids.note(0x1234'5678'0000'0109, 1, 2, never).value().as, KnownAs::Same);
}

TEST(KnownIds, AskWhetherEqualHashesAreReallyOneId) {
  KnownIds ids = known_ids();
  const KnownIds::HasThisId only_first = [](std::uint32_t row) { return row == 1; };
  const KnownIds::HasThisId no = [](std::uint32_t) { return false; };
  EXPECT_EQ(ids.note(9, 100, 1, no).value().as, KnownAs::New);
  EXPECT_EQ(ids.note(9, 200, 2, no).value().as, KnownAs::New);  // another id with the same hash
  EXPECT_EQ(ids.note(9, 300, 3, only_first).value().as, KnownAs::Other);
}

}  // namespace
}  // namespace handslag::store
