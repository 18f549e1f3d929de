// SPDX-License-Identifier: Apache-2.0
#include "app/watch/watch.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include "io/format/read_output.h"
#include "io/store/event_codec.h"

namespace handslag::app {
namespace {

// Some milliseconds of work at most, between two looks at the questions.
constexpr std::size_t kCustomersAtOnce = 200;
constexpr std::size_t kEventsAtOnce = 200;  // of one batch
constexpr std::size_t kEventsTogether = 5'000;
constexpr std::size_t kRefusedAtOnce = 100;  // far below what the intake takes at once
constexpr std::int64_t kTryAgainUs = 3 * kMicrosPerSecond;

Result<std::vector<model::Event>> read_events(std::string_view bytes) {
  std::vector<model::Event> events;
  for (std::size_t offset = 0; offset < bytes.size();) {
    model::Event event;
    HANDSLAG_TRY(next, store::read_event(bytes, offset, event));
    events.push_back(std::move(event));
    offset = next;
  }
  return events;
}

bool has_most_rejects(const store::IntakeJournal& journal) {
  return journal.state().waiting_rejects >= journal.limits().waiting_rejects;
}

}  // namespace

Watch::Watch(store::DataDirectory& directory, store::IntakeJournal& journal, const runtime::Clock& clock,
             WatchOptions options)
    : directory_(directory),
      journal_(journal),
      clock_(clock),
      options_(std::move(options)),
      feed_(options_.live.feed ? options_.live.feed : std::make_shared<ChangeFeed>()) {}

Result<std::unique_ptr<Watch>> Watch::start(store::DataDirectory& directory, store::IntakeJournal& journal,
                                            const runtime::Clock& clock, WatchOptions options) {
  std::unique_ptr<Watch> watch(new Watch(directory, journal, clock, std::move(options)));
  HANDSLAG_CHECK_STATUS(watch->open());
  watch->show_state();
  watch->thread_ = std::thread([raw = watch.get()] { raw->run(); });
  return watch;
}

Watch::~Watch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// What the log does not hold yet comes from the intake's own file.
Status Watch::open() {
  live_.reset();
  LiveOptions options = options_.live;
  options.feed = feed_;
  options.before_commit = [this] { return store_refused(); };
  options.while_writing = [this](const std::function<void()>& write) { answer_while_writing(write); };
  options.after_commit = [this] { note_commit(); };
  HANDSLAG_TRY(live, Live::open(directory_, std::move(options), clock_.now()));
  live_ = std::move(live);
  journal_.drop_through(live_->position());
  HANDSLAG_CHECK_STATUS(journal_.each_from(
      live_->position() + 1,
      [this](store::Position position, Timestamp received, std::string_view bytes) -> Status {
        HANDSLAG_TRY(events, read_events(bytes));
        Batch batch{position, received, std::move(events)};
        return take(batch);
      }));
  return settle();
}

void Watch::hand_over(store::Position position, Timestamp received, std::vector<model::Event> events) {
  waiting_events_.fetch_add(events.size(), std::memory_order_relaxed);
  {
    const std::lock_guard lock(mutex_);
    batches_.push_back({position, received, std::move(events)});
    handed_over_ = position;
  }
  wake_.notify_one();
}

bool Watch::ask(Question question) {
  return ask(std::move(question), false);
}

bool Watch::ask_to_look(Question question) {
  return ask(std::move(question), true);
}

bool Watch::ask(Question question, bool looks) {
  {
    const std::lock_guard lock(mutex_);
    if (questions_.size() >= options_.most_questions) return false;
    questions_.push_back({std::move(question), false, handed_over_, false, looks});
  }
  wake_.notify_one();
  return true;
}

void Watch::wait_for(const Question& question, bool wants_settled) {
  std::promise<void> done;
  {
    const std::lock_guard lock(mutex_);
    questions_.push_back({[&](Live* live, Timestamp now) {
                            try {
                              question(live, now);
                            } catch (const std::exception&) {
                            }
                            done.set_value();
                          },
                          wants_settled, handed_over_, false, false});
  }
  wake_.notify_one();
  done.get_future().wait();
}

void Watch::ask_and_wait(const Question& question) {
  wait_for(question, false);
}

void Watch::ask_settled_and_wait(const Question& question) {
  wait_for(question, true);
}

WatchState Watch::state() const {
  const std::lock_guard lock(mutex_);
  WatchState state = state_;
  state.waiting_events = waiting_events_.load(std::memory_order_relaxed);
  if (!batches_.empty()) state.waiting_since = batches_.front().received;
  return state;
}

void Watch::show_state() {
  WatchState state;
  if (live_) {
    state.counts = live_->counts();
    state.uncommitted_events = live_->uncommitted();
    state.taken_position = live_->position();
  }
  state.log_commits = log_commits_;
  state.log_commit_us = log_commit_us_;
  state.lost_refused = lost_refused_;
  const std::lock_guard lock(mutex_);
  state.failure = live_ ? std::string() : state_.failure;
  state_ = std::move(state);
}

void Watch::run() {
  while (true) {
    wait();
    answer_questions(false);
    let_see_work();
    const Status worked = work();
    if (!worked.ok()) stand_still(worked.error());
    answer_questions(true);
    show_state();
    const std::lock_guard lock(mutex_);
    if (stopping_ && questions_.empty() && (batches_.empty() || !live_)) break;
  }
  if (live_) {
    const Status last = commit_when_due(true);
    if (!last.ok()) stand_still(last.error());  // the intake still holds what the log does not
  }
}

void Watch::wait() {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::microseconds(options_.tick_us),
                 [this] { return stopping_ || !questions_.empty() || (!batches_.empty() && live_); });
}

// Whoever asks from here on waits for the next piece of work.
void Watch::let_see_work() {
  const std::lock_guard lock(mutex_);
  for (Asked& asked : questions_) asked.saw_work = true;
}

// In the order asked, but for those that wait until all is settled; where nothing lives, nothing is waited
// for.
std::optional<Watch::Question> Watch::next_question(bool is_settled) {
  const std::lock_guard lock(mutex_);
  const auto next = std::find_if(questions_.begin(), questions_.end(), [&](const Asked& asked) {
    if (!asked.wants_settled || !live_) return true;
    return is_settled && asked.saw_work && live_->position() >= asked.after;
  });
  return next == questions_.end() ? std::nullopt : std::optional(take_question(next));
}

std::optional<Watch::Question> Watch::next_look() {
  const std::lock_guard lock(mutex_);
  const auto next =
      std::find_if(questions_.begin(), questions_.end(), [](const Asked& asked) { return asked.looks; });
  return next == questions_.end() ? std::nullopt : std::optional(take_question(next));
}

Watch::Question Watch::take_question(std::deque<Asked>::iterator asked) {
  Question question = std::move(asked->question);
  questions_.erase(asked);
  return question;
}

void Watch::answer(const Question& question) {
  try {
    question(live_ && !live_->is_spent() ? live_.get() : nullptr, clock_.now());
  } catch (const std::exception&) {
    // Why nothing: what asked answers 500 by itself when its question goes.
  }
}

void Watch::answer_questions(bool is_settled) {
  while (const auto question = next_question(is_settled)) answer(*question);
}

void Watch::answer_looks() {
  while (const auto question = next_look()) answer(*question);
}

// OPTIMIZATION: writing 200,000 events takes half a second, and whoever is on the phone waits for a
// card.
void Watch::answer_while_writing(const std::function<void()>& write) {
  bool is_written = false;                    // guarded by mutex_
  std::packaged_task<void()> writing(write);  // keeps also what it threw
  std::thread writer([&] {
    writing();
    const std::lock_guard lock(mutex_);
    is_written = true;
    wake_.notify_all();
  });
  const auto has_look = [this] {
    return std::any_of(questions_.begin(), questions_.end(), [](const Asked& asked) { return asked.looks; });
  };
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return is_written || has_look(); });
      if (is_written) break;
    }
    answer_looks();
  }
  writer.join();
  writing.get_future().get();
}

Status Watch::work() {
  if (!live_) {
    if (clock_.now() < try_again_) return {};
    HANDSLAG_CHECK_STATUS(open());
  }
  if (live_->is_spent()) return unavailable("the event log could not be written");
  HANDSLAG_CHECK_STATUS(take_batches());
  HANDSLAG_CHECK_STATUS(settle());
  return commit_when_due(false);
}

Status Watch::take_batches() {
  for (std::size_t taken = 0; taken < kEventsTogether;) {
    Batch batch;
    {
      const std::lock_guard lock(mutex_);
      if (batches_.empty()) return {};
      batch = std::move(batches_.front());
      batches_.pop_front();
    }
    const std::size_t events = batch.events.size();
    const Status status = take(batch);
    waiting_events_.fetch_sub(events, std::memory_order_relaxed);
    HANDSLAG_CHECK_STATUS(status);
    taken += events + 1;
    answer_questions(false);
    if (live_->is_spent()) return unavailable("the event log could not be written");
  }
  return {};
}

// A batch that a new start found in the intake's file comes here a second time.
Status Watch::take(Batch& batch) {
  if (batch.position <= live_->position()) return {};
  std::vector<Refused> refused;
  const Timestamp now = clock_.now();
  for (std::size_t first = 0; first == 0 || first < batch.events.size(); first += kEventsAtOnce) {
    if (first > 0) answer_looks();
    const auto rest = std::span(batch.events).subspan(first);
    const auto some = rest.first(std::min(rest.size(), kEventsAtOnce));
    HANDSLAG_CHECK_STATUS(live_->take(batch.position, some, batch.received, now, refused));
  }
  if (uncommitted_since_ == kNoTime) uncommitted_since_ = now;
  keep_refused(refused, batch.received);
  return {};
}

Status Watch::settle() {
  while (true) {
    HANDSLAG_TRY(more, live_->settle(clock_.now(), kCustomersAtOnce));
    if (!more) return {};
    if (thread_.joinable()) answer_questions(false);
    if (live_->is_spent()) return unavailable("the event log could not be written");
  }
}

Status Watch::commit_when_due(bool is_last) {
  const std::uint64_t waiting = live_->uncommitted();
  if (waiting == 0) return keep_when_due(is_last);
  const Timestamp now = clock_.now();
  const bool is_old = now.us - uncommitted_since_.us >= options_.commit_us;
  if (!is_last && !is_old && waiting < options_.commit_events) return {};
  const Status committed = live_->commit(now);
  const bool is_full = !committed.ok() && committed.error().code == ErrorCode::Limit && !live_->is_spent();
  // Why not a failure: the intake has much to write just now; the next piece of work tries again.
  return is_full && !is_last ? Status() : committed;
}

// Whoever asked for the commit: the watch itself, a question, or a load.
void Watch::note_commit() {
  log_commit_us_ +=
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - commit_began_)
          .count();
  ++log_commits_;
  journal_.drop_through(live_->position());
  // Why not where what was told is not kept yet: a question commits what is unsettled, and the watch's own
  // commit, when it is due, keeps it.
  if (options_.live.follower == nullptr || !live_->owes_keeping()) uncommitted_since_ = kNoTime;
}

// Why also where nothing came in: deadlines have fired, and after a crash they would be told again.
Status Watch::keep_when_due(bool is_last) {
  const Timestamp now = clock_.now();
  const bool is_fresh = kept_at_ != kNoTime && now.us - kept_at_.us < options_.keep_us;
  if (options_.live.follower == nullptr || (!is_last && is_fresh && !live_->owes_keeping())) return {};
  kept_at_ = now;
  return live_->keep_told();
}

// What the intake let through and the log refuses (an id that is taken by other content) waits for a person.
void Watch::keep_refused(const std::vector<Refused>& refused, Timestamp received) {
  if (refused.empty()) return;
  store::IntakeBatch batch;
  batch.received = received;
  for (const Refused& it : refused) {
    // Why here: as a whole a hundred of the largest are more than the intake ever takes at once.
    const std::string_view raw = format::cut_text(it.raw, store::kIntakeRawBytes);
    batch.rejects.push_back(
        {"log", it.source, "/id", it.reason, std::string(raw), {}, raw.size() < it.raw.size()});
  }
  refused_.received = batch.received;
  refused_.rejects.insert(refused_.rejects.end(), batch.rejects.begin(), batch.rejects.end());
}

// Before the log says that it holds their batch: the intake then drops it.
Status Watch::store_refused() {
  auto& rejects = refused_.rejects;
  while (!rejects.empty()) {
    const std::size_t count = std::min(rejects.size(), kRefusedAtOnce);
    const Status stored = store_some_refused(count);
    if (!stored.ok()) {
      if (stored.error().code != ErrorCode::Limit || !has_most_rejects(journal_)) return stored;
      // As many wait for a person as may: verdicts must not stand still for a few more.
      lost_refused_ += count;
    }
    rejects.erase(rejects.begin(), rejects.begin() + static_cast<std::ptrdiff_t>(count));
  }
  commit_began_ = std::chrono::steady_clock::now();
  return {};
}

// Where too much is queued to be written, once more behind that: a question or a load waits for it.
Status Watch::store_some_refused(std::size_t count) {
  store::IntakeBatch some;
  some.received = refused_.received;
  some.rejects.assign(refused_.rejects.begin(),
                      refused_.rejects.begin() + static_cast<std::ptrdiff_t>(count));
  const Status stored = append(some);
  if (stored.ok() || stored.error().code != ErrorCode::Limit || has_most_rejects(journal_)) return stored;
  journal_.wait_for_all();
  return append(std::move(some));
}

Status Watch::append(store::IntakeBatch batch) {
  const auto stored = std::make_shared<std::promise<Status>>();
  auto answer = stored->get_future();
  HANDSLAG_CHECK_STATUS(journal_.append(std::move(batch), [stored](Result<store::Position> it) {
    stored->set_value(it.ok() ? Status() : Status(it.error()));
  }));
  return answer.get();
}

void Watch::stand_still(const Error& error) {
  live_.reset();
  uncommitted_since_ = kNoTime;
  refused_.rejects.clear();
  try_again_ = {clock_.now().us + kTryAgainUs};
  const std::lock_guard lock(mutex_);
  state_.failure = error.message;
}

}  // namespace handslag::app
