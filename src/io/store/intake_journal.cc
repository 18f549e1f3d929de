// SPDX-License-Identifier: Apache-2.0
#include "io/store/intake_journal.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

namespace handslag::store {
namespace {

// How many batches are deleted between two commits: some milliseconds' work with large ones.
constexpr Position kDropRows = 128;
// What a row costs beside its bytes, in memory and on disk.
constexpr std::uint64_t kRowBytes = 256;
constexpr std::uint64_t kCommitBytes = 32 * 1024;  // pages that every commit writes

std::uint64_t bytes_of(const IntakeBatch& batch) {
  std::uint64_t bytes = kRowBytes + batch.events.size();
  for (const IntakeReject& reject : batch.rejects) {
    bytes += kRowBytes + reject.kind.size() + reject.source.size() + reject.place.size() +
             reject.reason.size() + reject.raw.size();
  }
  return bytes;
}

// A change that found nothing to change has its own answer; anything else is trouble with the store.
bool is_answer(const Status& outcome) {
  return outcome.ok() || outcome.error().code == ErrorCode::NotFound ||
         outcome.error().code == ErrorCode::Conflict;
}

}  // namespace

IntakeJournal::IntakeJournal(const JournalLimits& limits, std::unique_ptr<IntakeRows> writing,
                             std::unique_ptr<IntakeRows> reading)
    : limits_(limits), writing_(std::move(writing)), reading_(std::move(reading)) {}

Result<std::unique_ptr<IntakeJournal>> IntakeJournal::open(const std::string& path,
                                                           const JournalLimits& limits) {
  HANDSLAG_TRY(writing, IntakeRows::open(path, SqliteMode::Write));
  HANDSLAG_TRY(reading, IntakeRows::open(path, SqliteMode::Read));
  // Why a limit twice as large: a log file that is written over costs less to sync than one that grows.
  HANDSLAG_CHECK_STATUS(
      writing->database().run("PRAGMA journal_size_limit = " + std::to_string(2 * limits.checkpoint_bytes)));
  std::unique_ptr<IntakeJournal> journal(new IntakeJournal(limits, std::move(writing), std::move(reading)));
  HANDSLAG_CHECK_STATUS(journal->find_state());
  journal->thread_ = std::thread([working = journal.get()] { working->work_until_stopped(); });
  return journal;
}

IntakeJournal::~IntakeJournal() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Status IntakeJournal::find_state() {
  HANDSLAG_TRY(positions, writing_->positions());
  HANDSLAG_TRY(waiting, writing_->waiting_rejects());
  first_ = positions.first;
  state_.last_position = positions.last;
  state_.dropped_through = positions.first - 1;
  state_.waiting_rejects = waiting;
  return {};
}

Status IntakeJournal::refusal(const Work& work) const {
  if (work.bytes > limits_.queued_bytes) {
    return over_limit("a batch of " + std::to_string(work.bytes) +
                      " bytes is more than the intake takes at all (" + std::to_string(limits_.queued_bytes) +
                      "); send smaller ones");
  }
  if (work.rejects > 0 && state_.waiting_rejects >= limits_.waiting_rejects) {
    return over_limit(
        std::to_string(state_.waiting_rejects) +
        " rejected events wait to be replayed or dismissed, and no more are taken until some are");
  }
  if (state_.queued_bytes + work.bytes > limits_.queued_bytes ||
      state_.queued_batches >= limits_.queued_batches) {
    return over_limit("more comes in than the disk can take; send it again a little later");
  }
  return {};
}

Status IntakeJournal::append(IntakeBatch batch, Done done) {
  Work work;
  work.bytes = bytes_of(batch);
  work.rejects = static_cast<std::int64_t>(batch.rejects.size());
  work.batch = std::move(batch);
  work.done = std::move(done);
  {
    const std::lock_guard lock(mutex_);
    HANDSLAG_CHECK_STATUS(refusal(work));
    state_.queued_bytes += work.bytes;
    ++state_.queued_batches;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return {};
}

Status IntakeJournal::change(std::function<Status(IntakeRows&)> make, std::int64_t rejects) {
  HANDSLAG_CHECK(std::this_thread::get_id() != thread_.get_id(), "a callback must not wait for the journal");
  std::promise<Status> answer;
  std::future<Status> answered = answer.get_future();
  Work work;
  work.change = std::move(make);
  work.rejects = rejects;
  work.done = [&answer](Result<Position> stored) {
    answer.set_value(stored.ok() ? Status() : Status(std::move(stored).error()));
  };
  {
    const std::lock_guard lock(mutex_);
    ++state_.queued_batches;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return answered.get();
}

std::uint32_t IntakeJournal::seconds_to_wait() const {
  const std::lock_guard lock(mutex_);
  if (bytes_per_second_ <= 0) return 1;
  const double seconds = static_cast<double>(state_.queued_bytes) / bytes_per_second_;
  return static_cast<std::uint32_t>(std::clamp(seconds + 0.5, 1.0, 60.0));
}

JournalState IntakeJournal::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

Status IntakeJournal::each_from(Position first,
                                const std::function<Status(Position, Timestamp, std::string_view)>& take) {
  const std::lock_guard lock(reading_mutex_);
  return reading_->each_from(first, take);
}

void IntakeJournal::drop_through(Position position) {
  {
    const std::lock_guard lock(mutex_);
    drop_wanted_ = std::max(drop_wanted_, position);
    drop_due_ = drop_wanted_ > state_.dropped_through;
  }
  wake_.notify_one();
}

Result<std::vector<StoredIntakeReject>> IntakeJournal::rejects(const RejectFilter& filter,
                                                               std::uint64_t after, std::uint32_t limit) {
  const std::lock_guard lock(reading_mutex_);
  return reading_->rejects(filter, after, limit);
}

Result<StoredIntakeReject> IntakeJournal::reject(std::uint64_t number) {
  const std::lock_guard lock(reading_mutex_);
  return reading_->reject(number);
}

Result<std::vector<RejectCounts>> IntakeJournal::reject_counts() {
  const std::lock_guard lock(reading_mutex_);
  return reading_->reject_counts();
}

Status IntakeJournal::settle(std::uint64_t number, const RejectSettlement& settlement) {
  return change([&](IntakeRows& rows) { return rows.settle(number, settlement); }, -1);
}

void IntakeJournal::wait_for_all() {
  (void)change([](IntakeRows&) { return Status(); },
               0);  // Why neglected: what came before has its own answer
}

void IntakeJournal::work_until_stopped() {
  std::vector<Work> group;
  while (next_group(group)) {
    if (!group.empty()) commit(group);
    group.clear();
    drop_some();
    fold_in_when_due();
  }
}

// Waits for something to do. The group stays empty where that is only to drop; false: nothing is left to do,
// ever.
bool IntakeJournal::next_group(std::vector<Work>& group) {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [&] { return stopping_ || drop_due_ || !queue_.empty(); });
  std::uint64_t bytes = 0;
  while (!queue_.empty() && group.size() < limits_.group_batches &&
         (group.empty() || bytes + queue_.front().bytes <= limits_.group_bytes)) {
    bytes += queue_.front().bytes;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return !group.empty() || drop_due_;
}

void IntakeJournal::commit(std::vector<Work>& group) {
  const auto start = std::chrono::steady_clock::now();
  const Status written = write(group);
  const auto took = std::chrono::steady_clock::now() - start;
  note(group, written, std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  for (Work& work : group) {
    const Status& outcome = written.ok() ? work.outcome : written;
    work.done(outcome.ok() ? Result<Position>(work.position) : Result<Position>(outcome.error()));
  }
}

// Everything or nothing.
Status IntakeJournal::write(std::vector<Work>& group) {
  Position position = 0;
  {
    const std::lock_guard lock(mutex_);
    position = std::max(state_.last_position, drop_wanted_);
  }
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(writing_->database()));
  for (Work& work : group) {
    if (work.change) {
      work.outcome = work.change(*writing_);
      if (!is_answer(work.outcome)) return work.outcome;
    } else {
      work.position = ++position;
      HANDSLAG_TRY(rejects, writing_->insert(position, work.batch));
      work.rejects = static_cast<std::int64_t>(rejects);
    }
  }
  return transaction.commit();
}

void IntakeJournal::note(const std::vector<Work>& group, const Status& written, std::int64_t took_us) {
  const std::lock_guard lock(mutex_);
  std::uint64_t bytes = 0;
  for (const Work& work : group) {
    bytes += work.bytes;
    if (!written.ok()) continue;
    state_.last_position = std::max(state_.last_position, work.position);
    if (work.outcome.ok()) state_.waiting_rejects += static_cast<std::uint64_t>(work.rejects);
  }
  state_.queued_bytes -= bytes;
  state_.queued_batches -= static_cast<std::uint32_t>(group.size());
  state_.last_commit_us = took_us;
  state_.commit_us += took_us;
  ++(written.ok() ? state_.commits : state_.failed_commits);
  unfolded_bytes_ += bytes + kCommitBytes;
  const double speed =
      static_cast<double>(bytes) * 1e6 / static_cast<double>(std::max<std::int64_t>(took_us, 1));
  bytes_per_second_ = bytes_per_second_ <= 0 ? speed : 0.8 * bytes_per_second_ + 0.2 * speed;
  drop_due_ = drop_wanted_ > state_.dropped_through;  // also one that failed before, as on a full disk
}

// One slice of what is to be dropped. A slice that fails is tried again after the next commit.
void IntakeJournal::drop_some() {
  Position slice = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!drop_due_) return;
    slice = std::min(drop_wanted_, first_ + kDropRows - 1);
    if (slice >= state_.last_position) slice = drop_wanted_;  // nothing lies between
  }
  const Status dropped = drop(slice);
  const std::lock_guard lock(mutex_);
  if (dropped.ok()) {
    first_ = slice + 1;
    state_.dropped_through = slice;
  }
  drop_due_ = dropped.ok() && drop_wanted_ > slice;
}

// Why not synced: what a power cut brings back, the event log is known to have. The next batch's commit syncs
// it.
Status IntakeJournal::drop(Position slice) {
  const auto in_one_transaction = [&]() -> Status {
    HANDSLAG_TRY(transaction, SqliteTransaction::begin(writing_->database()));
    HANDSLAG_CHECK_STATUS(writing_->drop(slice, slice));
    return transaction.commit();
  };
  HANDSLAG_CHECK_STATUS(writing_->database().run("PRAGMA synchronous = NORMAL"));
  Status dropped = in_one_transaction();
  const Status durable_again = writing_->database().run("PRAGMA synchronous = FULL");
  HANDSLAG_CHECK(durable_again.ok(), "commits that do not last must not be answered");
  unfolded_bytes_ += kCommitBytes;
  return dropped;
}

void IntakeJournal::fold_in_when_due() {
  if (unfolded_bytes_ < limits_.checkpoint_bytes) return;
  unfolded_bytes_ = 0;
  // Why neglected: it is tried again after as much more, and until then everything lies in the log file.
  (void)writing_->database().run("PRAGMA wal_checkpoint(PASSIVE)").ok();
}

}  // namespace handslag::store
