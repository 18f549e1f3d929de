// SPDX-License-Identifier: Apache-2.0
#include "app/intake/ingest_counts.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

using Counts = std::array<std::uint64_t, kIngestOutcomes>;

model::Event from(const std::string& source) {
  model::Event event;
  event.source = source;
  return event;
}

TEST(IngestCounts, CountsEachSourceOfABatch) {
  IngestCounts counts;
  counts.add({from("shop"), from("shop"), from("mail"), from("shop")}, IngestOutcome::Accepted);
  counts.add("shop", IngestOutcome::Rejected, 2);
  counts.add({from("mail")}, IngestOutcome::Refused);
  counts.add("shop", IngestOutcome::Refused, 0);
  const auto found = counts.counts();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at("shop"), (Counts{3, 2, 0}));
  EXPECT_EQ(found.at("mail"), (Counts{1, 0, 1}));
}

TEST(IngestCounts, WhatLooksLikeNoSourceIsOther) {
  IngestCounts counts;
  for (const char* name : {"anna@example.se", "196001011234", "", "en källa", "a b"})
    counts.add(name, IngestOutcome::Accepted, 1);
  counts.add(std::string(65, 'a'), IngestOutcome::Accepted, 1);
  counts.add("web-shop_2.test", IngestOutcome::Accepted, 1);
  const auto found = counts.counts();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at("other"), (Counts{6, 0, 0}));
  EXPECT_EQ(found.at("web-shop_2.test"), (Counts{1, 0, 0}));
}

TEST(IngestCounts, PastSoManySourcesTheRestIsOther) {
  IngestCounts counts(3);
  for (const char* name : {"a", "b", "c", "d", "a"}) counts.add(name, IngestOutcome::Accepted, 1);
  const auto found = counts.counts();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.at("a")[0], 2U);
  EXPECT_EQ(found.at("b")[0], 1U);
  EXPECT_EQ(found.at("other")[0], 2U);
}

}  // namespace
}  // namespace handslag::app
