// SPDX-License-Identifier: Apache-2.0
#include "app/intake/imports.h"

#include <future>
#include <sstream>

#include "app/notices/outbox_follower.h"
#include "app/watch/live_fixture.h"
#include "app/watch/watch.h"
#include "io/store/event_codec.h"

namespace handslag::app {
namespace {

// A server ran here a day ago, and told a webhook of everything; it runs no more.
class RemoveImportTest : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    import_one();
    store::StoredWebhook webhook;
    webhook.name = "all", webhook.url = "https://example.se/", webhook.filter = "{}", webhook.secret = "x";
    ASSERT_TRUE(directory_->open_notices()->add_webhook(webhook).ok());
  }

  void import_one() {
    store::ImportHeader header;
    header.file_name = header.digest = "unrelated";
    header.source = "crm";
    header.started = header.now = yesterday_;
    auto writer = directory_->log().begin_import(header);
    ASSERT_TRUE(writer.ok() && (*writer)->add(event("noted", yesterday_, "n", "zoe")).ok());
    ASSERT_TRUE((*writer)->commit(yesterday_).ok());
  }
  Timestamp after(std::int64_t minutes) const { return {yesterday_.us + minutes * kMicrosPerMinute}; }
  // Answered with 2xx.
  store::Position make_durable(const model::Event& event) {
    store::IntakeBatch batch;
    batch.received = event.time;
    batch.count = 1;
    store::append_event(event, batch.events);
    std::promise<store::Position> stored;
    EXPECT_TRUE((*directory_->intake())
                    ->append(std::move(batch),
                             [&](Result<store::Position> it) { stored.set_value(it.ok() ? *it : 0); })
                    .ok());
    return stored.get_future().get();
  }
  // A server until it is killed: it has committed what came in first, and not what came in last.
  void serve(Timestamp now, const model::Event& first, const std::optional<model::Event>& last) {
    runtime::SetClock clock(now);
    WatchOptions options;
    options.live.feed = std::make_shared<ChangeFeed>();
    auto follower = OutboxFollower::open(*directory_->open_notices(), *options.live.feed);
    ASSERT_TRUE(follower.ok());
    options.live.follower = follower->get();
    auto journal = directory_->intake();
    auto watch = Watch::start(*directory_, **journal, clock, options);
    ASSERT_TRUE(watch.ok()) << watch.error().message;
    (*watch)->hand_over(make_durable(first), first.time, {first});
    (*watch)->ask_settled_and_wait([](Live* live, Timestamp then) { EXPECT_TRUE(live->commit(then).ok()); });
    if (last) make_durable(*last);
  }
  Status remove(std::uint32_t number, std::optional<Timestamp> now = {}) {
    directory_.reset();
    Session session;
    session.data = path_;
    session.now = now;
    session.terminal.out = session.terminal.notes = &out_;
    const Status removed = remove_import(session, number);
    open_directory(store::Mode::Write);
    return removed;
  }
  std::string told() {
    std::string verdicts;
    const auto lines = *directory_->open_notices()->lines_after(0, 100);
    for (const store::OutboxLine& it : lines)
      if (it.promise == "delivered") verdicts += it.verdict + " ";
    return verdicts;
  }

  const Timestamp yesterday_{runtime::WallClock().now().us - kMicrosPerDay};
  std::ostringstream out_;
};

TEST_F(RemoveImportTest, KnowsWhatTheIntakeHoldsAndTheLogDoesNot) {
  serve(after(10), event("placed", yesterday_, "1", "anna", "A"), event("sent", after(20), "2", "anna", "A"));
  ASSERT_EQ(told(), "pending ");
  const Status removed = remove(1);
  ASSERT_TRUE(removed.ok()) << removed.error().message;
  EXPECT_EQ(told(), "pending kept ");
  open_live(runtime::WallClock().now());
  EXPECT_EQ(live_->position(), 2U);
}

TEST_F(RemoveImportTest, GoesByTheClockItIsGiven) {
  serve(after(10), event("placed", yesterday_, "1", "anna", "A"), {});
  ASSERT_TRUE(remove(1, after(20)).ok());
  EXPECT_EQ(told(), "pending ");  // due after 90 minutes
}

TEST_F(RemoveImportTest, DoesNothingWhereThereIsNoSuchImport) {
  serve(after(10), event("placed", yesterday_, "1", "anna", "A"), {});
  const Status removed = remove(99);
  ASSERT_FALSE(removed.ok());
  EXPECT_EQ(removed.error().code, ErrorCode::NotFound);
  EXPECT_EQ(told(), "pending ");
  EXPECT_EQ(directory_->open_notices()->last_mark().value()->clock, after(10));
}

}  // namespace
}  // namespace handslag::app
