// SPDX-License-Identifier: Apache-2.0
// The live system on a thread of its own: it takes what the intake made durable, evaluates, lets deadlines
// fire, writes the event log in large pieces, and answers questions in between.
//
// When the log cannot be written (disk full …) verdicts stand still and state().failure says why; events are
// taken on by the intake as long as it can, and nothing is lost: it is tried anew every few seconds, from
// where the log stands.
//
// Any thread may call.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/watch/live.h"
#include "io/runtime/clock.h"
#include "io/store/intake_journal.h"

namespace handslag::app {

struct WatchOptions {
  LiveOptions live;
  /// Events handed over and not yet taken; past that is_behind(), and the intake should refuse.
  std::uint64_t most_waiting = 500'000;
  /// Questions that wait; past that ask() takes none.
  std::size_t most_questions = 4'000;
  /// The log is written when so many events wait for it, or the oldest of them for so long.
  std::uint64_t commit_events = 200'000;
  std::int64_t commit_us = 20 * kMicrosPerSecond;
  /// How long it sleeps when nothing happens; no deadline fires later than that.
  std::int64_t tick_us = 20'000;
  /// The follower keeps what was told at least this often, also where nothing happens.
  std::int64_t keep_us = kMicrosPerMinute;
};

struct WatchState {
  LiveCounts counts;
  std::uint64_t waiting_events = 0, uncommitted_events = 0;
  std::uint64_t taken_position = 0;   // every batch up to here is evaluated
  Timestamp waiting_since = kNoTime;  // when the oldest that waits came in; kNoTime: nothing waits
  std::uint64_t log_commits = 0;      // of the event log, since the start
  std::int64_t log_commit_us = 0;     // how long they took in all
  std::uint64_t lost_refused = 0;     // events that the log refused, past as many as may wait for a person
  std::string failure;                // why it stands still; empty: it does not
};

class Watch {
 public:
  /// Loads, takes over what the intake still holds, and evaluates; then runs. Keeps its arguments.
  static Result<std::unique_ptr<Watch>> start(store::DataDirectory& directory, store::IntakeJournal& journal,
                                              const runtime::Clock& clock, WatchOptions options);
  /// Takes and commits all that was handed over.
  ~Watch();

  /// A batch that is durable. To be called in the order of positions: from the journal's callbacks.
  void hand_over(store::Position position, Timestamp received, std::vector<model::Event> events);
  bool is_behind() const { return waiting_events_.load(std::memory_order_relaxed) > options_.most_waiting; }

  /// Runs on the watch's thread as soon as it may, in the order asked; within a few milliseconds while events
  /// come in. Answers are the question's own affair. Where there is no live system (state().failure), `live`
  /// is null. False: too many wait, and `question` was not taken.
  using Question = std::function<void(Live* live, Timestamp now)>;
  bool ask(Question question);
  /// The same of a question that only looks (Live::look, find, names …; nothing that asks the log): also
  /// while the log is being written, which takes longer than all else.
  bool ask_to_look(Question question);
  /// The same, and waits; always taken, for whoever asks so waits on a thread of a few. Not from the watch's.
  void ask_and_wait(const Question& question);
  /// The same, but when everything that was handed over before is evaluated, by a clock that is not older
  /// than the question (Live::verdicts): after a piece of work, or several where much is waiting.
  void ask_settled_and_wait(const Question& question);

  ChangeFeed& feed() { return *feed_; }
  WatchState state() const;

 private:
  struct Batch {
    store::Position position = 0;
    Timestamp received;
    std::vector<model::Event> events;
  };

  struct Asked {
    Question question;
    bool wants_settled = false;
    store::Position after = 0;  // what had been handed over when it was asked
    bool saw_work = false;      // a piece of work has been done since
    bool looks = false;         // may be answered while the log is being written
  };

  Watch(store::DataDirectory& directory, store::IntakeJournal& journal, const runtime::Clock& clock,
        WatchOptions options);
  Status open();
  void run();
  void wait();
  void let_see_work();
  void wait_for(const Question& question, bool wants_settled);
  bool ask(Question question, bool looks);
  std::optional<Question> next_question(bool is_settled);
  std::optional<Question> next_look();
  Question take_question(std::deque<Asked>::iterator asked);
  void answer(const Question& question);
  void answer_questions(bool is_settled);
  void answer_looks();
  void answer_while_writing(const std::function<void()>& write);
  Status work();
  Status take_batches();
  Status take(Batch& batch);
  Status settle();
  Status commit_when_due(bool is_last);
  Status keep_when_due(bool is_last);
  Status store_refused();
  Status store_some_refused(std::size_t count);
  void note_commit();
  Status append(store::IntakeBatch batch);
  void keep_refused(const std::vector<Refused>& refused, Timestamp received);
  void stand_still(const Error& error);
  void show_state();

  store::DataDirectory& directory_;
  store::IntakeJournal& journal_;
  const runtime::Clock& clock_;
  const WatchOptions options_;
  std::shared_ptr<ChangeFeed> feed_;
  std::unique_ptr<Live> live_;  // the watch's thread alone, once it runs
  Timestamp uncommitted_since_ = kNoTime;
  std::chrono::steady_clock::time_point commit_began_;
  std::uint64_t log_commits_ = 0;
  std::int64_t log_commit_us_ = 0;
  std::uint64_t lost_refused_ = 0;
  store::IntakeBatch refused_;  // events that the log would not take, to be kept before the next commit
  Timestamp try_again_ = kNoTime;
  Timestamp kept_at_ = kNoTime;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::deque<Batch> batches_;
  std::deque<Asked> questions_;
  store::Position handed_over_ = 0;
  WatchState state_;
  bool stopping_ = false;

  std::atomic<std::uint64_t> waiting_events_{0};
  std::thread thread_;
};

}  // namespace handslag::app
