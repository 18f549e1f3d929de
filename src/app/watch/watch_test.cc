// SPDX-License-Identifier: Apache-2.0
#include "app/watch/watch.h"

#include <atomic>
#include <future>

#include "io/store/store_fixture.h"

namespace handslag::app {
namespace {

class WatchTest : public store::StoreTest {
 protected:
  void start(WatchOptions options, const store::JournalLimits& limits = {}) {
    open();
    auto journal = data_->intake(limits);
    ASSERT_TRUE(journal.ok()) << journal.error().message;
    journal_ = *journal;
    auto watch = Watch::start(*data_, **journal, clock_, std::move(options));
    ASSERT_TRUE(watch.ok()) << watch.error().message;
    watch_ = std::move(watch).value();
  }
  void TearDown() override { watch_.reset(); }

  void hand_over(std::vector<model::Event> events) {
    watch_->hand_over(++position_, store::kTestNow, std::move(events));
  }
  // When all that was handed over is evaluated, and the piece of work after that is done.
  void wait_for_work() {
    watch_->ask_settled_and_wait([](Live*, Timestamp) {});
    watch_->ask_settled_and_wait([](Live*, Timestamp) {});
  }

  runtime::SetClock clock_{store::kTestNow};
  store::IntakeJournal* journal_ = nullptr;
  store::Position position_ = 0;
  std::unique_ptr<Watch> watch_;
};

// While one is answered, so many may wait; whoever asks and waits is heard beyond that.
TEST_F(WatchTest, TakesNoMoreQuestionsThanMayWait) {
  WatchOptions options;
  options.most_questions = 3;
  start(std::move(options));
  std::promise<void> is_asked, go_on;
  int answered = 0;
  ASSERT_TRUE(watch_->ask([&](Live*, Timestamp) {
    is_asked.set_value();
    go_on.get_future().wait();
    ++answered;
  }));
  is_asked.get_future().wait();
  const auto count = [&](Live* live, Timestamp) { answered += live != nullptr ? 1 : 0; };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(watch_->ask(count)) << i;
  EXPECT_FALSE(watch_->ask(count));
  auto waiting = std::async(std::launch::async, [&] { watch_->ask_and_wait(count); });
  go_on.set_value();
  waiting.wait();
  watch_->ask_and_wait([](Live*, Timestamp) {});
  EXPECT_EQ(answered, 5);
  EXPECT_TRUE(watch_->ask(count));
  watch_->ask_and_wait([](Live*, Timestamp) {});
}

// Each batch brings an event and another of the same id that says something else.
TEST_F(WatchTest, GoesOnWhereNoMoreRefusedEventsMayWaitForAPerson) {
  WatchOptions options;
  options.commit_events = 1;
  store::JournalLimits limits;
  limits.waiting_rejects = 1;
  start(std::move(options), limits);
  for (int i = 0; i < 3; ++i) {
    const std::string id = std::to_string(i);
    hand_over({event(id, 10), event(id, 20)});
    wait_for_work();
  }
  const WatchState state = watch_->state();
  EXPECT_EQ(state.failure, "");
  EXPECT_EQ(state.counts.refused, 3U);
  EXPECT_EQ(journal_->state().waiting_rejects, 1U);
  EXPECT_EQ(state.lost_refused, 2U);
  EXPECT_EQ(state.uncommitted_events, 0U);
  EXPECT_EQ(events_in_log(), 3U);
}

// The log then says that it is past their batch, so that the intake drops it, whoever asked for the commit.
TEST_F(WatchTest, KeepsWhatTheLogRefusedBeforeAnybodysCommit) {
  start({});
  int refused = 0;
  const auto refuse_one = [&] {
    const std::string id = std::to_string(++refused);
    hand_over({event(id, 10), event(id, 20)});
  };
  const auto ask = [&](const std::function<Status(Live&, Timestamp)>& question) {
    watch_->ask_settled_and_wait([&](Live* live, Timestamp now) {
      ASSERT_NE(live, nullptr);
      EXPECT_TRUE(question(*live, now).ok());
      EXPECT_EQ(live->uncommitted(), 0U);
    });
  };
  const auto kept = [&] { return journal_->state().waiting_rejects; };
  refuse_one();
  ask([](Live& live, Timestamp now) { return live.commit(now); });
  EXPECT_EQ(kept(), 1U);
  refuse_one();
  ask([](Live& live, Timestamp now) { return live.reload(Cause::Definition, now); });
  EXPECT_EQ(kept(), 2U);
  refuse_one();
  model::Event self = event("circle", 10);  // which makes everything be loaded anew
  self.voids = "circle";
  hand_over({self});
  ask([](Live& live, Timestamp) {
    EXPECT_EQ(live.counts().loads, 3U);
    return Status();
  });
  EXPECT_EQ(kept(), 3U);
  refuse_one();
  watch_.reset();
  EXPECT_EQ(kept(), 4U);
  EXPECT_EQ(events_in_log(), 5U);
}

// As a whole it is more than this intake ever takes at once: the log could never be committed again.
TEST_F(WatchTest, KeepsOfALargeRefusedEventAsMuchAsIsKeptOfAny) {
  store::JournalLimits limits;
  limits.queued_bytes = 400 * 1024;
  start({}, limits);
  model::Event large = event("1", 20);
  large.data.push_back({"words", std::string(700'000, 'x')});
  hand_over({event("1", 10), large});
  watch_->ask_settled_and_wait([](Live* live, Timestamp now) {
    ASSERT_NE(live, nullptr);
    EXPECT_TRUE(live->commit(now).ok());
  });
  const auto kept = journal_->rejects({}, 0, 10);
  ASSERT_TRUE(kept.ok());
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ(kept->front().reject.raw.size(), store::kIntakeRawBytes);
  EXPECT_TRUE(kept->front().reject.is_raw_cut);
}

// Keeps what was told, and says how often.
class CountingFollower : public Follower {
 public:
  Result<std::optional<ToldState>> resume(std::uint32_t) override { return std::optional<ToldState>(); }
  Status lose(const ToldState&, Timestamp) override { return {}; }
  Status keep(const ToldState&) override {
    ++kept;
    return {};
  }
  std::atomic<int> kept{0};
};

// Something always comes in, and whoever asks for a commit does so while it is not yet evaluated.
TEST_F(WatchTest, KeepsWhatWasToldHoweverMuchComesIn) {
  CountingFollower follower;
  WatchOptions options;
  options.live.follower = &follower;
  start(std::move(options));
  wait_for_work();
  int before = follower.kept;
  for (int i = 0; i < 6; ++i) {
    hand_over({event(std::to_string(i), 10)});
    wait_for_work();
    watch_->ask_and_wait([&](Live* live, Timestamp now) {
      std::vector<model::Event> more{event("more" + std::to_string(i), 10)};
      std::vector<Refused> refused;
      ASSERT_TRUE(live->take(++position_, more, now, now, refused).ok());
      ASSERT_TRUE(live->commit(now).ok());           // unsettled
      clock_.set({now.us + 21 * kMicrosPerSecond});  // Why here: the watch reads it on this thread
    });
    hand_over({event("again" + std::to_string(i), 10)});
    wait_for_work();
    EXPECT_GT(follower.kept, before) << i;
    before = follower.kept;
  }
  watch_.reset();
}

}  // namespace
}  // namespace handslag::app
