// SPDX-License-Identifier: Apache-2.0
#include "app/api/commitment_drafts.h"

#include <gtest/gtest.h>

#include <vector>

namespace handslag::app {
namespace {

TEST(CommitmentDrafts, NobodyPushesOutAnothers) {
  CommitmentDrafts drafts;
  const std::string others = drafts.keep({"bo", {}, {}, {1}});
  std::vector<std::string> own;
  for (std::size_t i = 0; i <= kMostOfCaller; ++i)
    own.push_back(drafts.keep({"anna", {}, {}, {static_cast<std::int64_t>(i + 2)}}));
  EXPECT_TRUE(drafts.take(others, "bo", {100}));
  EXPECT_FALSE(drafts.take(own[0], "anna", {100}));
  for (std::size_t i = 1; i < own.size(); ++i) EXPECT_TRUE(drafts.take(own[i], "anna", {100})) << i;
}

CommitmentDraft weighing(const std::string& caller, std::size_t bytes, std::int64_t made) {
  return {caller, {{"what", std::string(bytes, 'x')}}, {}, {made}};
}

TEST(CommitmentDrafts, ACallersOwnGoWhereTheyWeighTooMuch) {
  CommitmentDrafts drafts;
  const std::string others = drafts.keep(weighing("bo", kMostBytesOfCaller / 2, 1));
  const std::string first = drafts.keep(weighing("anna", kMostBytesOfCaller / 3, 2));
  const std::string second = drafts.keep(weighing("anna", kMostBytesOfCaller / 3, 3));
  const std::string third = drafts.keep(weighing("anna", kMostBytesOfCaller / 2, 4));
  EXPECT_FALSE(drafts.take(first, "anna", {100}));
  EXPECT_TRUE(drafts.take(second, "anna", {100}));
  EXPECT_TRUE(drafts.take(third, "anna", {100}));
  EXPECT_TRUE(drafts.take(others, "bo", {100}));
}

TEST(CommitmentDrafts, TheOldestOfAllGoWhereAllWeighTooMuch) {
  CommitmentDrafts drafts;
  constexpr std::size_t kCallers = kMostDraftBytes / kMostBytesOfCaller;
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= kCallers; ++i)
    names.push_back(
        drafts.keep(weighing(std::to_string(i), kMostBytesOfCaller - 100, static_cast<std::int64_t>(i + 1))));
  EXPECT_FALSE(drafts.take(names[0], "0", {100}));
  for (std::size_t i = 1; i <= kCallers; ++i)
    EXPECT_TRUE(drafts.take(names[i], std::to_string(i), {100})) << i;
}

TEST(CommitmentDrafts, TheNewestStaysWhateverItWeighs) {
  CommitmentDrafts drafts;
  EXPECT_TRUE(drafts.take(drafts.keep(weighing("anna", 2 * kMostBytesOfCaller, 1)), "anna", {100}));
}

}  // namespace
}  // namespace handslag::app
