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

}  // namespace
}  // namespace handslag::app
