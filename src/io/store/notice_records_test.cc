// SPDX-License-Identifier: Apache-2.0
#include "io/store/notice_records.h"

#include "io/store/store_fixture.h"

namespace handslag::store {
namespace {

class NoticeRecordsTest : public StoreTest {
 protected:
  NoticeRecordsTest() {
    open();
    records_.emplace(std::move(data_->open_notices()).value());
  }
  static OutboxLine line(std::int64_t key, std::int64_t seconds = 0) {
    OutboxLine it;
    it.at = {kTestNow.us + seconds * kMicrosPerSecond};
    it.kind = "verdict", it.type = "verdict.changed", it.unit = "logistics";
    it.key = key;
    it.data = "{}";
    return it;
  }
  static DigestItem item(const std::string& recipient, std::int64_t key, std::int64_t due_seconds) {
    DigestItem it;
    it.unit = "logistics", it.recipient = recipient, it.kind = "warning";
    it.key = key;
    it.at = kTestNow;
    it.due = {kTestNow.us + due_seconds * kMicrosPerSecond};
    it.data = "{}";
    return it;
  }
  std::vector<std::int64_t> untold(const std::string& recipient) {
    std::vector<std::int64_t> keys;
    const auto items = records_->untold_items("logistics", recipient, 100);
    for (const DigestItem& it : *items) keys.push_back(it.key);
    return keys;
  }
  std::optional<NoticeRecords> records_;
};

TEST_F(NoticeRecordsTest, NumbersOfLinesAreNeverGivenTwice) {
  EXPECT_EQ(*records_->last_line(), 0);
  EXPECT_EQ(*records_->add_line(line(7)), 1);
  EXPECT_EQ(*records_->add_line(line(8, 10)), 2);
  EXPECT_EQ(records_->lines_after(1, 10)->size(), 1U);
  EXPECT_EQ(*records_->dropped_through(), 0);
  ASSERT_TRUE(records_->drop_lines({kTestNow.us + kMicrosPerSecond}, 100).ok());
  EXPECT_EQ(*records_->dropped_through(), 1);
  EXPECT_FALSE(*records_->has_line(7));
  EXPECT_TRUE(*records_->has_line(8));
  ASSERT_TRUE(records_->drop_lines(kTestNow, 0).ok());
  EXPECT_EQ(*records_->dropped_through(), 2);
  EXPECT_EQ(*records_->add_line(line(9)), 3);
  EXPECT_EQ(*records_->keys_after(0), (std::vector<std::int64_t>{9}));
}

// The log may fail to commit after the later one: then it stands where the earlier one is.
TEST_F(NoticeRecordsTest, KeepTheMarksOfTwoImports) {
  const auto put = [&](std::uint32_t import, std::int64_t through) {
    return records_->put_mark({import, through, kTestNow, "promises of " + std::to_string(import)}).ok();
  };
  ASSERT_TRUE(put(3, 30) && put(5, 50) && put(9, 90) && put(9, 91));
  EXPECT_EQ((*records_->last_mark())->through, 91);
  ASSERT_TRUE(records_->drop_marks_after(8).ok());
  EXPECT_EQ((*records_->last_mark())->import, 5U);
  EXPECT_EQ((*records_->last_mark())->premises, "promises of 5");
  ASSERT_TRUE(put(11, 110));
  ASSERT_TRUE(records_->drop_marks_after(10).ok());
  EXPECT_EQ((*records_->last_mark())->through, 50);
  ASSERT_TRUE(records_->drop_marks_after(4).ok());
  EXPECT_FALSE(*records_->last_mark());
}

TEST_F(NoticeRecordsTest, AnItemIsToldOnceUnlessItBreaks) {
  ASSERT_TRUE(records_->add_item(item("Eva", 1, 300)).ok());
  ASSERT_TRUE(records_->add_item(item("Eva", 2, 100)).ok());
  ASSERT_TRUE(records_->add_item(item("Bo", 1, 300)).ok());
  EXPECT_EQ(untold("Eva"), (std::vector<std::int64_t>{2, 1}));
  ASSERT_TRUE(records_->mark_told("logistics", "Eva").ok());
  EXPECT_TRUE(untold("Eva").empty());
  EXPECT_EQ(untold("Bo"), (std::vector<std::int64_t>{1}));
  ASSERT_TRUE(records_->add_item(item("Eva", 1, 300)).ok());  // warned of again, after a restart
  EXPECT_TRUE(untold("Eva").empty());
  ASSERT_TRUE(records_->break_items(1).ok());
  EXPECT_EQ(untold("Eva"), (std::vector<std::int64_t>{1}));
  EXPECT_EQ(records_->untold_items("logistics", "Bo", 9)->front().state, DigestItem::State::Broken);
  EXPECT_EQ(records_->count_untold("", "")->broken, 2U);
  EXPECT_EQ(records_->count_untold("logistics", "Bo")->all(), 1U);
  ASSERT_TRUE(records_->mark_told("logistics", "Eva").ok());
  ASSERT_TRUE(records_->break_items(1).ok());
  EXPECT_TRUE(untold("Eva").empty());
}

TEST_F(NoticeRecordsTest, WhatIsKeptInTimeIsNotTold) {
  ASSERT_TRUE(records_->add_item(item("Eva", 1, 300)).ok());
  ASSERT_TRUE(records_->settle_items(1).ok());
  EXPECT_TRUE(untold("Eva").empty());
}

TEST_F(NoticeRecordsTest, AllOrNothingTogether) {
  EXPECT_FALSE(records_
                   ->together([&]() -> Status {
                     HANDSLAG_TRY(number, records_->add_line(line(1)));
                     return invalid(std::to_string(number));
                   })
                   .ok());
  EXPECT_TRUE(records_->lines_after(0, 10)->empty());
}

TEST_F(NoticeRecordsTest, WebhooksAreKeptAsTheyWerePut) {
  StoredWebhook made;
  made.name = "crm", made.url = "https://example.se/", made.filter = "{}", made.secret = "whsec_x";
  made.created = kTestNow, made.created_by = "anna";
  StoredWebhook added = *records_->add_webhook(made);
  EXPECT_EQ(added.number, 1);
  added.off = kTestNow, added.why_off = "gone", added.acknowledged = 17, added.attempt = 3;
  ASSERT_TRUE(records_->put_webhook(added).ok());
  const StoredWebhook found = records_->webhooks()->front();
  EXPECT_EQ(found.why_off, "gone");
  EXPECT_EQ(found.acknowledged, 17);
  EXPECT_EQ(found.off, std::optional(kTestNow));
  for (int i = 0; i < kKeptDeliveries + 3; ++i) {
    ASSERT_TRUE(records_->add_delivery({0, 1, "m", "t", 1, kTestNow, 200, "", 5}).ok());
  }
  EXPECT_EQ(records_->deliveries(1, 0, 1'000)->size(), static_cast<std::size_t>(kKeptDeliveries));
  ASSERT_TRUE(records_->drop_webhook(1).ok());
  EXPECT_TRUE(records_->webhooks()->empty());
  EXPECT_EQ(records_->add_webhook(made)->number, 2);
}

}  // namespace
}  // namespace handslag::store
