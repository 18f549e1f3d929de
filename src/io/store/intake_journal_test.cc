// SPDX-License-Identifier: Apache-2.0
#include "io/store/intake_journal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <map>

#include "io/store/event_codec.h"

namespace handslag::store {
namespace {

class IntakeJournalTest : public testing::Test {
 protected:
  using Stored = std::pair<Position, std::string>;

  IntakeJournalTest() {
    std::string name = (std::filesystem::temp_directory_path() / "handslag-intake-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    path_ = folder_ + "/intake.sqlite";
    open();
  }
  ~IntakeJournalTest() override {
    journal_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open(const JournalLimits& limits = {}) {
    journal_.reset();
    auto opened = IntakeJournal::open(path_, limits);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    journal_ = std::move(*opened);
  }
  static IntakeBatch batch(const std::string& bytes) { return {Timestamp{7}, bytes, 1, {}}; }
  static IntakeBatch rejected(const std::string& source, const std::string& raw) {
    return {Timestamp{8}, "", 0, {{"segment", source, "/batch/0", "no time; give one", raw}}};
  }
  // Appends and waits for the answer.
  Result<Position> append(IntakeBatch taken) {
    std::promise<Result<Position>> answer;
    const Status status =
        journal_->append(std::move(taken), [&](Result<Position> stored) { answer.set_value(stored); });
    if (!status.ok()) return status.error();
    return answer.get_future().get();
  }
  std::vector<Stored> stored(Position first = 1) {
    std::vector<Stored> found;
    const Status read = journal_->each_from(first, [&](Position at, Timestamp, std::string_view events) {
      found.emplace_back(at, events);
      return Status();
    });
    EXPECT_TRUE(read.ok());
    return found;
  }
  // A change waits for all that came before it, drops included.
  // Waits for a commit: settling what is not there takes part in one.
  void settle_down() { EXPECT_FALSE(journal_->settle(999, {RejectState::Dismissed, "anna", {}, ""}).ok()); }

  std::string folder_, path_;
  std::unique_ptr<IntakeJournal> journal_;
};

TEST_F(IntakeJournalTest, GivesPositionsInOrderAndKeepsBytes) {
  const std::string binary("\0\xff\n'", 4);
  EXPECT_EQ(*append(batch("one")), 1U);
  EXPECT_EQ(*append(batch(binary)), 2U);
  EXPECT_EQ(*append(batch("")), 3U);
  open();
  EXPECT_EQ(stored(), (std::vector<Stored>{{1, "one"}, {2, binary}, {3, ""}}));
  EXPECT_EQ(stored(3), (std::vector<Stored>{{3, ""}}));
  EXPECT_EQ(*append(batch("four")), 4U);
  EXPECT_EQ(journal_->state().last_position, 4U);
}

TEST_F(IntakeJournalTest, EndsAReadingWhereItsTakerFails) {
  ASSERT_TRUE(append(batch("one")).ok());
  ASSERT_TRUE(append(batch("two")).ok());
  int taken = 0;
  const Status read = journal_->each_from(1, [&](Position, Timestamp received, std::string_view) -> Status {
    EXPECT_EQ(received, Timestamp{7});
    ++taken;
    return invalid("enough");
  });
  EXPECT_EQ(read.error().code, ErrorCode::Invalid);
  EXPECT_EQ(taken, 1);
}

TEST_F(IntakeJournalTest, NeverGivesAPositionTwice) {
  for (Position i = 1; i <= 300; ++i) ASSERT_EQ(*append(batch("x")), i);
  journal_->drop_through(150);
  open();  // ends only when all is dropped
  EXPECT_EQ(stored().size(), 150U);
  EXPECT_EQ(journal_->state().dropped_through, 150U);
  journal_->drop_through(300);
  open();
  EXPECT_TRUE(stored().empty());
  EXPECT_EQ(journal_->state().last_position, 300U);
  EXPECT_EQ(*append(batch("y")), 301U);
  open();
  EXPECT_EQ(stored(), (std::vector<Stored>{{301, "y"}}));
}

// The file was replaced by an older one: the event log would take new batches for ones it holds.
TEST_F(IntakeJournalTest, GoesOnBehindWhatTheEventLogHolds) {
  ASSERT_TRUE(append(batch("x")).ok());
  journal_->drop_through(1'000'000);
  EXPECT_EQ(*append(batch("y")), 1'000'001U);
  open();
  EXPECT_EQ(stored(), (std::vector<Stored>{{1'000'001, "y"}}));
}

TEST_F(IntakeJournalTest, AnswersManyThreadsInTheOrderOfPositions) {
  constexpr int kThreads = 8, kEach = 250;
  std::map<Position, std::string> answered;  // on the journal's thread alone
  Position last = 0;
  bool in_order = true;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string bytes = std::to_string(t) + "/" + std::to_string(i);
        const Status taken = journal_->append(batch(bytes), [&, bytes](Result<Position> at) {
          in_order = in_order && at.ok() && *at == last + 1;
          last = *at;
          answered[*at] = bytes;
        });
        EXPECT_TRUE(taken.ok());
        if (i % 50 == 0) (void)journal_->state();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  open();
  EXPECT_TRUE(in_order);
  ASSERT_EQ(answered.size(), std::size_t{kThreads * kEach});
  const std::vector<Stored> found = stored();
  EXPECT_TRUE(
      std::equal(found.begin(), found.end(), answered.begin(), answered.end(),
                 [](const Stored& a, const auto& b) { return a.first == b.first && a.second == b.second; }));
  EXPECT_EQ(journal_->state().queued_batches, 0U);
}

TEST_F(IntakeJournalTest, ServesSendersReadersAndPeopleTogether) {
  constexpr int kEach = 100;
  const auto send = [&] {
    for (int i = 0; i < kEach; ++i) EXPECT_TRUE(append(rejected("shop", "raw")).ok());
  };
  const auto settle = [&] {
    for (std::uint64_t number = 1; number <= kEach;) {
      if (journal_->settle(number, {RejectState::Dismissed, "anna", Timestamp{9}, ""}).ok()) ++number;
    }
  };
  const auto follow = [&] {
    while (journal_->state().dropped_through < kEach) journal_->drop_through(journal_->state().last_position);
  };
  const auto read = [&] {
    while (journal_->state().last_position < 2 * kEach) {
      EXPECT_TRUE(journal_->rejects({RejectState::Waiting, "shop"}, 0, 10).ok());
      EXPECT_TRUE(journal_->reject_counts().ok());
    }
  };
  std::vector<std::future<void>> all;
  all.push_back(std::async(std::launch::async, send));
  all.push_back(std::async(std::launch::async, send));
  all.push_back(std::async(std::launch::async, settle));
  all.push_back(std::async(std::launch::async, follow));
  all.push_back(std::async(std::launch::async, read));
  for (std::future<void>& one : all) one.get();
  EXPECT_EQ(journal_->state().waiting_rejects, std::uint64_t{kEach});
  EXPECT_EQ(journal_->reject_counts()->at(0).dismissed, std::uint64_t{kEach});
}

TEST_F(IntakeJournalTest, CommitsAtTheEndWhatIsQueued) {
  std::atomic<int> answered = 0;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(journal_->append(batch("x"), [&](const Result<Position>& at) { answered += at.ok(); }).ok());
  }
  journal_.reset();
  EXPECT_EQ(answered, 100);
}

TEST_F(IntakeJournalTest, RefusesMoreThanItMayQueue) {
  JournalLimits limits;
  limits.queued_bytes = 4096;
  limits.queued_batches = 3;
  open(limits);
  EXPECT_EQ(append(batch(std::string(5000, 'x'))).error().code, ErrorCode::Limit);
  std::promise<void> begun, go;
  ASSERT_TRUE(
      journal_
          ->append(batch("first"),
                   [&](const Result<Position>&) {
                     begun.set_value();
                     go.get_future().wait();  // holds the journal's thread, so that nothing more is committed
                   })
          .ok());
  begun.get_future().wait();
  std::atomic<int> answered = 0;
  const auto count = [&](const Result<Position>& at) { answered += at.ok(); };
  EXPECT_TRUE(journal_->append(batch(std::string(2000, 'x')), count).ok());
  EXPECT_EQ(journal_->append(batch(std::string(2000, 'x')), count).error().code, ErrorCode::Limit);
  EXPECT_TRUE(journal_->append(batch("small"), count).ok());
  EXPECT_TRUE(journal_->append(batch("small"), count).ok());
  EXPECT_EQ(journal_->append(batch("small"), count).error().code, ErrorCode::Limit);
  EXPECT_EQ(journal_->state().queued_batches, 3U);
  EXPECT_GE(journal_->seconds_to_wait(), 1U);
  EXPECT_LE(journal_->seconds_to_wait(), 60U);
  go.set_value();
  settle_down();
  EXPECT_EQ(answered, 3);
  EXPECT_EQ(stored().size(), 4U);
  EXPECT_TRUE(append(batch("again")).ok());
}

TEST_F(IntakeJournalTest, KeepsWhatItCouldNotUseAndWhatBecameOfIt) {
  EXPECT_EQ(*append(rejected("shop", "{\"a\":1}")), 1U);
  EXPECT_EQ(*append(rejected("desk", std::string("\0\xff", 2))), 2U);
  EXPECT_EQ(*append(rejected("shop", "three")), 3U);
  open();
  EXPECT_EQ(journal_->state().waiting_rejects, 3U);
  const auto all = *journal_->rejects({}, 0, 10);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].reject.raw, "{\"a\":1}");
  EXPECT_EQ(all[0].reject.kind + all[0].reject.place + all[0].reject.reason,
            "segment/batch/0no time; give one");
  EXPECT_EQ(all[1].reject.raw, std::string("\0\xff", 2));
  EXPECT_EQ(all[1].number, 2U);
  EXPECT_EQ(all[2].received, Timestamp{8});
  EXPECT_EQ(all[2].position, 3U);
  EXPECT_EQ(journal_->rejects({}, 1, 1)->at(0).number, 2U);
  EXPECT_EQ(journal_->rejects({std::nullopt, "shop"}, 1, 10)->at(0).number, 3U);

  ASSERT_TRUE(journal_->settle(3, {RejectState::Replayed, "anna", Timestamp{9}, "time added"}).ok());
  ASSERT_TRUE(journal_->settle(2, {RejectState::Dismissed, "bo", Timestamp{10}, ""}).ok());
  const auto again = journal_->settle(3, {RejectState::Dismissed, "bo", Timestamp{10}, ""});
  EXPECT_EQ(again.error().code, ErrorCode::Conflict);
  EXPECT_EQ(journal_->settle(4, {RejectState::Dismissed, "bo", Timestamp{10}, ""}).error().code,
            ErrorCode::NotFound);
  EXPECT_EQ(journal_->state().waiting_rejects, 1U);
  const auto third = *journal_->reject(3);
  EXPECT_EQ(third.state, RejectState::Replayed);
  EXPECT_EQ(third.settled_by + third.note, "annatime added");
  EXPECT_EQ(third.settled_at, Timestamp{9});
  EXPECT_EQ(journal_->reject(4).error().code, ErrorCode::NotFound);
  EXPECT_EQ(journal_->rejects({RejectState::Waiting, "shop"}, 0, 10)->size(), 1U);
  EXPECT_EQ(journal_->rejects({RejectState::Dismissed, std::nullopt}, 0, 10)->size(), 1U);
  const auto counts = *journal_->reject_counts();
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].source, "desk");
  EXPECT_EQ(std::tuple(counts[1].waiting, counts[1].replayed, counts[1].dismissed), std::tuple(1U, 1U, 0U));
}

TEST_F(IntakeJournalTest, KeepsRejectsWhenTheirBatchIsDroppedAndCutsLongOnes) {
  const std::string longest = std::string(kIntakeRawBytes - 1, 'x') + "ä";  // its last letter has two bytes
  ASSERT_TRUE(append(rejected("shop", longest)).ok());
  ASSERT_TRUE(append(rejected("shop", std::string(kIntakeRawBytes, 'x'))).ok());
  journal_->drop_through(2);
  open();
  EXPECT_TRUE(stored().empty());
  const auto kept = *journal_->rejects({}, 0, 10);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].reject.raw, std::string(kIntakeRawBytes - 1, 'x'));
  EXPECT_TRUE(kept[0].reject.is_raw_cut);
  EXPECT_EQ(kept[1].reject.raw.size(), kIntakeRawBytes);
  EXPECT_FALSE(kept[1].reject.is_raw_cut);
}

TEST_F(IntakeJournalTest, ReadsFewLongRejectsAtOnce) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(append(rejected("shop", std::string(kIntakeRawBytes, 'x'))).ok());
  EXPECT_EQ(journal_->rejects({}, 0, 100)->size(), 16U);  // 4 MiB of a quarter of one each
  EXPECT_EQ(journal_->rejects({}, 16, 100)->size(), 4U);
}

TEST_F(IntakeJournalTest, TakesNoMoreRejectsThanAPersonCouldSee) {
  JournalLimits limits;
  limits.waiting_rejects = 2;
  open(limits);
  ASSERT_TRUE(append(rejected("shop", "one")).ok());
  ASSERT_TRUE(append(rejected("shop", "two")).ok());
  EXPECT_EQ(append(rejected("shop", "three")).error().code, ErrorCode::Limit);
  EXPECT_TRUE(append(batch("good")).ok());
  ASSERT_TRUE(journal_->settle(1, {RejectState::Dismissed, "anna", Timestamp{9}, ""}).ok());
  EXPECT_TRUE(append(rejected("shop", "three")).ok());
}

TEST_F(IntakeJournalTest, KeepsARowOfAFileThatIsSentAgainOnce) {
  const auto file = [](const std::string& digest) {
    IntakeBatch batch{Timestamp{8}, "", 0, {}};
    for (const char* row : {"1", "2", "3"})  // the rows themselves may well be the same
      batch.rejects.push_back({"import", "shop", "when", "no time; give one", "x;", digest + ":" + row});
    return batch;
  };
  ASSERT_TRUE(append(file("d1")).ok());
  ASSERT_TRUE(journal_->settle(2, {RejectState::Dismissed, "anna", Timestamp{9}, ""}).ok());
  ASSERT_TRUE(append(file("d1")).ok());
  EXPECT_EQ(journal_->rejects({}, 0, 10)->size(), 3U);
  EXPECT_EQ(journal_->state().waiting_rejects, 2U);  // what somebody dismissed stays dismissed
  open();
  ASSERT_TRUE(append(file("d1")).ok());
  EXPECT_EQ(journal_->state().waiting_rejects, 2U);
  ASSERT_TRUE(append(file("d2")).ok());
  EXPECT_EQ(journal_->state().waiting_rejects, 5U);
  IntakeBatch other = file("d1");
  other.rejects.resize(1);
  other.rejects[0].reason = "no such time";  // another map finds another fault
  ASSERT_TRUE(append(other).ok());
  EXPECT_EQ(journal_->state().waiting_rejects, 6U);
  // Events that came one by one are each their own.
  ASSERT_TRUE(append(rejected("shop", "x")).ok());
  ASSERT_TRUE(append(rejected("shop", "x")).ok());
  EXPECT_EQ(journal_->rejects({}, 0, 10)->size(), 9U);
}

TEST_F(IntakeJournalTest, TakesAFileOfTheFirstLayout) {
  journal_.reset();
  {
    auto database = SqliteDatabase::open(path_, SqliteMode::Write).value();
    ASSERT_TRUE(
        database
            ->run("DROP INDEX rejects_by_file_row; ALTER TABLE rejects DROP COLUMN file_row; "
                  "INSERT INTO rejects VALUES (7, 1, 8, 'import', 'shop', '', 'no', X'78', 0, 0, NULL, '', "
                  "''); PRAGMA user_version = 1")
            .ok());
  }
  open();
  EXPECT_EQ(journal_->state().waiting_rejects, 1U);
  EXPECT_EQ(journal_->reject(7)->reject.raw, "x");
  EXPECT_TRUE(append(rejected("shop", "y")).ok());
}

TEST_F(IntakeJournalTest, WaitsForAllThatWasAppendedAlsoWhereNoMoreIsTaken) {
  JournalLimits limits;
  limits.queued_batches = 20;
  open(limits);
  std::atomic<int> answered{0};
  int taken = 0;
  for (int i = 0; i < 1'000; ++i)
    taken += journal_->append(batch("x"), [&](const Result<Position>&) { ++answered; }).ok() ? 1 : 0;
  journal_->wait_for_all();
  EXPECT_EQ(answered, taken);
}

TEST_F(IntakeJournalTest, FindsDamagedBatches) {
  model::Event event;
  event.source = "shop";
  event.type = "order.placed";
  std::string bytes;
  append_event(event, bytes);
  ASSERT_TRUE(append({Timestamp{1}, bytes, 1, {}}).ok());
  std::vector<std::string> damage;
  ASSERT_TRUE(inspect_intake(path_, SqliteMode::Read, damage).ok());
  EXPECT_TRUE(damage.empty());
  ASSERT_TRUE(append({Timestamp{1}, bytes, 2, {}}).ok());
  bytes.back() = 'x';
  ASSERT_TRUE(append({Timestamp{1}, bytes, 1, {}}).ok());
  ASSERT_TRUE(inspect_intake(path_, SqliteMode::Read, damage).ok());
  ASSERT_EQ(damage.size(), 2U);
  EXPECT_NE(damage[0].find("batch 2"), std::string::npos);
  EXPECT_NE(damage[1].find("batch 3"), std::string::npos);
}

TEST_F(IntakeJournalTest, FoldsTheLogFileInWhileItRuns) {
  JournalLimits limits;
  limits.checkpoint_bytes = 1 << 20;
  open(limits);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(append(batch(std::string(100'000, 'x'))).ok());
    if (i % 10 == 9) journal_->drop_through(journal_->state().last_position);
  }
  // Ten million bytes went through; a few times the limit is what either file needs.
  EXPECT_LT(std::filesystem::file_size(path_ + "-wal"), 4U << 20U);
  EXPECT_LT(std::filesystem::file_size(path_), 4U << 20U);
}

TEST_F(IntakeJournalTest, GivesBackTheRoomOfADayOfTroubleWhenItIsOpenedAgain) {
  for (int i = 0; i < 72; ++i) ASSERT_TRUE(append(batch(std::string(1 << 20, 'x'))).ok());
  ASSERT_TRUE(append(rejected("shop", "kept")).ok());
  open();
  EXPECT_GT(std::filesystem::file_size(path_), 72U << 20U);
  journal_->drop_through(72);
  open();
  open();
  EXPECT_LT(std::filesystem::file_size(path_), 1U << 20U);
  EXPECT_EQ(stored(), (std::vector<Stored>{{73, ""}}));
  EXPECT_EQ(journal_->reject(1)->reject.raw, "kept");
  EXPECT_EQ(*append(batch("y")), 74U);
}

TEST_F(IntakeJournalTest, RefusesANewerLayout) {
  journal_.reset();
  {
    auto database = SqliteDatabase::open(path_, SqliteMode::Write).value();
    ASSERT_TRUE(database->run("PRAGMA user_version = 999").ok());
  }
  EXPECT_EQ(IntakeJournal::open(path_, {}).error().code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace handslag::store
