// SPDX-License-Identifier: Apache-2.0
// The durable intake of live events: what stands behind a 2xx. A batch is answered when it is on disk; many
// batches share one commit. DIR/intake.sqlite is a file of its own, so that its commits wait for nobody. The
// event log takes the events over later, and says so with drop_through.
//
//   Status taken = journal.append(std::move(batch), [](Result<Position> stored) { answer(stored); });
//   if (!taken.ok()) answer_429(taken.error(), journal.seconds_to_wait());
//
// (1) One thread inside writes: it takes all that is queued (to a bound), commits it as one transaction (WAL,
//     synchronous FULL) and then calls the callbacks, in the order of positions.
// (2) What was answered with a position is there after any crash, whole and once, until it is dropped.
// (3) What was answered with an error left nothing behind, and the next commit is tried anew: a disk that has
//     room again works without a restart. (One exception that no storage can rule out: a sync fails, and the
//     power goes before the next commit. Such a batch may then be there after all, under a position that was
//     given to nobody; deduplication by source and id makes that harmless.)
// (4) A position is never given twice, also not after every batch was dropped and the program restarted.
//
// Any thread may call, but the calls that wait for the disk must not come from a callback, which runs on the
// thread that would have to do the work.
//
// Cost: a commit is one sync of the disk, shared by all that came meanwhile. A batch is copied once, into the
// log file beside the main one; folding that in (every checkpoint_bytes, on the same thread, after a group
// was answered) writes most of it again, and the next group waits for it. Dropping syncs nothing. Figures:
// bench/README.md.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "io/store/intake_rows.h"

namespace handslag::store {

struct JournalLimits {
  /// Taken and not yet answered. More is refused, which bounds memory and the time that a batch can wait.
  std::uint64_t queued_bytes = 64 << 20;
  std::uint32_t queued_batches = 16'384;
  /// Of one commit.
  std::uint64_t group_bytes = 4 << 20;
  std::uint32_t group_batches = 1024;
  /// Written before the log file is folded into the main one.
  std::uint64_t checkpoint_bytes = 32 << 20;
  /// Rejected events that wait for a person; past it batches that bring more of them are refused.
  std::uint64_t waiting_rejects = 1'000'000;
};

struct JournalState {
  std::uint64_t queued_bytes = 0;
  std::uint32_t queued_batches = 0;
  Position last_position = 0;  // the last that is durable; 0 where none ever was
  Position dropped_through = 0;
  std::uint64_t commits = 0, failed_commits = 0;  // since it was opened
  std::int64_t last_commit_us = 0;                // how long the last commit took, from its first row
  std::int64_t commit_us = 0;                     // how long all of them took, the failed too
  std::uint64_t waiting_rejects = 0;
};

class IntakeJournal {
 public:
  /// Makes the file where it is missing. One journal a file. Errors: Unavailable (permission, disk), Corrupt,
  /// Invalid (a newer layout).
  static Result<std::unique_ptr<IntakeJournal>> open(const std::string& path, const JournalLimits& limits);
  /// Commits and answers all that is queued, then ends the thread. REQUIRES: nobody calls any more.
  ~IntakeJournal();

  /// Called once, on the journal's thread, and should be brief: the next commit waits for it. Errors:
  /// Unavailable (the disk is full or failed), Corrupt; the batch is then not stored.
  using Done = std::function<void(Result<Position>)>;

  /// Takes the batch, or nothing: then `done` is never called and the Error says why. Does not wait. Error
  /// Limit: too much is queued (how long to wait: seconds_to_wait), or too many rejects wait for a person.
  /// REQUIRES: batch.events holds batch.count events.
  Status append(IntakeBatch batch, Done done);
  /// What to tell somebody who was refused: 1 to 60, from what is queued and how fast it went of late.
  std::uint32_t seconds_to_wait() const;
  JournalState state() const;
  const JournalLimits& limits() const { return limits_; }

  /// Every batch from `first` on, by position, until `take` returns an error. For the start, before any
  /// append: the log file cannot be folded in while it runs. The view lasts until `take` returns, which must
  /// not call the journal.
  Status each_from(Position first,
                   const std::function<Status(Position, Timestamp received, std::string_view events)>& take);
  /// The event log holds everything up to `position`, durably. The journal's thread deletes it between
  /// commits, some at a time; what a crash leaves undeleted is there again afterwards, so a reader begins
  /// after what the log says it holds. Positions go on after `position` also where it is beyond all that were
  /// ever given (this file was replaced by an older one). Does not wait.
  void drop_through(Position position);

  /// At most `limit` with numbers after `after`, by number; fewer where they are long (kRejectsReadBytes),
  /// none only where there are none. Reading waits for no commit, only for other readers.
  Result<std::vector<StoredIntakeReject>> rejects(const RejectFilter& filter, std::uint64_t after,
                                                  std::uint32_t limit);
  /// Error NotFound.
  Result<StoredIntakeReject> reject(std::uint64_t number);
  /// By source. Goes through an index of all rejects: some 10 million a second.
  Result<std::vector<RejectCounts>> reject_counts();
  /// Notes what became of a reject; waits for the disk. Errors: NotFound; Conflict (it was settled already).
  Status settle(std::uint64_t number, const RejectSettlement& settlement);

  /// Until all that was appended before is answered, however much that is.
  void wait_for_all();

 private:
  struct Work {
    IntakeBatch batch;
    std::function<Status(IntakeRows&)> change;  // instead of a batch
    Done done;
    std::uint64_t bytes = 0;
    std::int64_t rejects = 0;  // more that wait, once it is done
    Position position = 0;     // of the batch, inside a commit
    Status outcome;            // of the change
  };

  IntakeJournal(const JournalLimits& limits, std::unique_ptr<IntakeRows> writing,
                std::unique_ptr<IntakeRows> reading);
  Status find_state();
  // Runs `make` inside the next commit and waits for it. `rejects`: how many more wait then.
  Status change(std::function<Status(IntakeRows&)> make, std::int64_t rejects);
  Status refusal(const Work& work) const;

  // On the journal's thread.
  void work_until_stopped();
  bool next_group(std::vector<Work>& group);
  void commit(std::vector<Work>& group);
  Status write(std::vector<Work>& group);
  void note(const std::vector<Work>& group, const Status& written, std::int64_t took_us);
  void drop_some();
  Status drop(Position slice);
  void fold_in_when_due();

  const JournalLimits limits_;
  std::unique_ptr<IntakeRows> writing_;  // the journal's thread alone
  Position first_ = 1;                   // the journal's thread alone: no batch lies before
  std::uint64_t unfolded_bytes_ = 0;     // the journal's thread alone

  std::mutex reading_mutex_;
  std::unique_ptr<IntakeRows> reading_;  // guarded by reading_mutex_

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::deque<Work> queue_;
  JournalState state_;
  Position drop_wanted_ = 0;
  bool drop_due_ = false;
  bool stopping_ = false;
  double bytes_per_second_ = 0;  // of late

  std::thread thread_;
};

}  // namespace handslag::store
