// SPDX-License-Identifier: Apache-2.0
#include "app/notices/outbox.h"

#include "io/store/store_fixture.h"

namespace handslag::app {
namespace {

using model::Verdict;

class OutboxTest : public store::StoreTest {
 protected:
  OutboxTest() {
    open();
    records_.emplace(std::move(data_->open_notices()).value());
    store::StoredWebhook webhook;
    webhook.name = "all", webhook.url = "https://example.se/", webhook.filter = "{}";
    webhook.secret = fresh_webhook_secret();
    EXPECT_TRUE(records_->add_webhook(webhook).ok());
    EXPECT_TRUE(
        records_->put_recipients({"logistics", 1, R"([{"name":"Eva","mail":"eva@example.se"}])", {}, ""})
            .ok());
    start();
  }
  // As after a start of the program: the feed begins anew.
  void start() {
    feed_ = std::make_unique<ChangeFeed>(1'000);
    courier_ = std::make_unique<Courier>(
        *records_, "tok", [](http::OutgoingRequest, Outcome) {}, [] { return 0.0; });
    ASSERT_TRUE(courier_->load().ok());
    outbox_ = std::make_unique<Outbox>(*records_, *feed_, *courier_);
    ASSERT_TRUE(outbox_->load().ok());
  }
  static Change change(std::uint32_t row, std::optional<Verdict> before, std::optional<Verdict> after) {
    Change it;
    it.at = store::kTestNow;
    it.promise = "p", it.title = "Delivered", it.unit = "logistics", it.version = 1, it.customer = "c1";
    it.activation_row = row;
    it.due = {store::kTestNow.us + kMicrosPerMinute};
    it.before = before, it.after = after;
    return it;
  }
  static ToldState told(std::uint32_t import) { return {import, store::kTestNow, "then"}; }
  static Change warning(std::uint32_t row) {
    Change it = change(row, Verdict::Pending, Verdict::Pending);
    it.kind = Change::Kind::Warning;
    return it;
  }
  void tell(std::vector<Change> changes) {
    feed_->add(std::move(changes));
    const auto collected = outbox_->collect(store::kTestNow);
    ASSERT_TRUE(collected.ok()) << collected.error().message;
  }
  std::size_t lines() { return records_->lines_after(0, 10'000)->size(); }
  std::vector<store::DigestItem> untold() { return *records_->untold_items("logistics", "Eva", 100); }

  std::optional<store::NoticeRecords> records_;
  std::unique_ptr<ChangeFeed> feed_;
  std::unique_ptr<Courier> courier_;
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(OutboxTest, AChangeBecomesALine) {
  tell({change(1, {}, Verdict::Pending), change(1, Verdict::Pending, Verdict::Kept)});
  const auto lines = *records_->lines_after(0, 10);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].verdict, "kept");
  EXPECT_EQ(Json::parse(lines[1].data)["instance"], "p/1/1");
  EXPECT_TRUE(untold().empty());
}

// The log stood at 5 when the program was killed; what was told after that mark is found anew.
TEST_F(OutboxTest, WhatIsFoundAnewAfterACrashIsNotWrittenTwice) {
  tell({change(1, {}, Verdict::Pending)});
  ASSERT_TRUE(outbox_->keep(told(5)).ok());
  tell({change(2, {}, Verdict::Pending), change(1, Verdict::Pending, Verdict::Broken)});
  ASSERT_TRUE(
      outbox_->keep({6, {store::kTestNow.us + 1}, "then"}).ok());  // and the log did not come to commit
  EXPECT_EQ(lines(), 3U);
  start();
  EXPECT_EQ((*outbox_->resume(5, store::kTestNow))->import, 5U);
  tell({change(2, {}, Verdict::Pending), change(1, Verdict::Pending, Verdict::Broken),
        change(3, {}, Verdict::Pending)});
  EXPECT_EQ(lines(), 4U);
  ASSERT_TRUE(outbox_->keep(told(7)).ok());
  tell({change(1, Verdict::Pending, Verdict::Broken)});  // once more, and really
  EXPECT_EQ(lines(), 5U);
}

// Two files came in while no server ran: what was told is known by the import before them.
TEST_F(OutboxTest, ALogThatHasGoneOnIsHeldAgainstTheLatestMark) {
  ASSERT_TRUE(outbox_->keep(told(5)).ok());
  ASSERT_TRUE(outbox_->keep(told(6)).ok());
  start();
  const auto resumed = *outbox_->resume(8, store::kTestNow);
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->import, 6U);
  EXPECT_EQ(resumed->clock, store::kTestNow);
  EXPECT_EQ(resumed->premises, "then");
  EXPECT_EQ(lines(), 0U);
}

TEST_F(OutboxTest, AStartThatCannotKnowTellsEverybodyOfAGap) {
  ASSERT_TRUE(outbox_->lose(told(5), store::kTestNow).ok());
  const auto lines = *records_->lines_after(0, 10);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].type, "gap");
  EXPECT_EQ(lines[0].target, 1);
  EXPECT_EQ(Json::parse(lines[0].data)["since"], "2026-11-21T10:02:00Z");
}

TEST_F(OutboxTest, TheFirstStartOfAllHasNoGap) {
  EXPECT_FALSE(*outbox_->resume(0, store::kTestNow));
  EXPECT_EQ(lines(), 0U);
}

TEST_F(OutboxTest, AWarningIsAnItemAndALineOnceAlsoAcrossRestarts) {
  tell({warning(1), warning(2)});
  EXPECT_EQ(lines(), 2U);
  EXPECT_EQ(untold().size(), 2U);
  start();
  tell({warning(1), warning(2), warning(3)});
  EXPECT_EQ(lines(), 3U);
  EXPECT_EQ(untold().size(), 3U);
}

TEST_F(OutboxTest, WhatIsKeptDropsOutAndWhatBreaksIsTold) {
  tell({warning(1), warning(2)});
  tell({change(1, Verdict::Pending, Verdict::Kept), change(2, Verdict::Pending, Verdict::Overdue)});
  ASSERT_EQ(untold().size(), 1U);
  EXPECT_EQ(untold()[0].state, store::DigestItem::State::Waiting);
  start();
  tell({change(2, Verdict::Overdue, Verdict::Broken)});
  ASSERT_EQ(untold().size(), 1U);
  EXPECT_EQ(untold()[0].state, store::DigestItem::State::Broken);
  tell({change(9, Verdict::Overdue, Verdict::Broken)});  // never warned of
  EXPECT_EQ(untold().size(), 1U);
}

TEST_F(OutboxTest, MoreThanTheFeedKeepsIsAGap) {
  std::vector<Change> many(3'000, change(1, {}, Verdict::Pending));
  tell(std::move(many));
  ASSERT_EQ(lines(), 1U);
  EXPECT_EQ(records_->lines_after(0, 1)->front().type, "gap");
  tell({change(1, {}, Verdict::Pending)});
  EXPECT_EQ(lines(), 2U);
}

TEST_F(OutboxTest, NoticesOfRegistersComeWithTheirRecord) {
  auto registers = data_->open_registers();
  ASSERT_TRUE(registers.ok());
  store::RegisterWrite write;
  write.record.number = 1, write.record.id = "case-1", write.record.register_id = "case",
  write.record.version = 1;
  write.record.title = "Karin Berg rang", write.record.unit = "logistics";
  write.record.values = "{}";
  write.change = {"case-1", 1, store::kTestNow, "", "", "escalated", "open", "open", "", "[]"};
  write.notices = {"escalated"};
  ASSERT_TRUE(registers->write(write).ok());
  tell({});
  const auto told = *records_->lines_after(0, 10);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(Json::parse(told[0].data)["record"], "case-1");
  EXPECT_EQ(told[0].data.find("Karin"), std::string::npos);
  EXPECT_EQ(untold().size(), 1U);
  tell({});
  EXPECT_EQ(lines(), 1U);
}

}  // namespace
}  // namespace handslag::app
