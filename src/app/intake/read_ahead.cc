// SPDX-License-Identifier: Apache-2.0
#include "app/intake/read_ahead.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace handslag::app {
namespace {

constexpr std::size_t kBatchEvents = 1024;
constexpr std::size_t kBatches = 8;

/// What the reader found, until the sink takes it. Its memory is used again.
struct Batch {
  std::vector<model::Event> events;  // the first `used` of them
  std::vector<std::uint64_t> lines;  // of each
  std::size_t used = 0;
  std::vector<format::RejectedRecord> rejected;
  std::uint64_t bytes_read = 0;
};

/// Batches on their way: empty ones to the reader, filled ones to the sink. Any thread.
class Handover {
 public:
  Handover() : batches_(kBatches) {
    for (Batch& batch : batches_) empty_.push_back(&batch);
  }

  /// Waits for an empty batch; null once the sink has refused.
  Batch* take_empty() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !empty_.empty() || is_refused_; });
    if (is_refused_) return nullptr;
    return take_first(empty_);
  }
  void give_filled(Batch* batch) { give(filled_, batch); }

  /// Waits for a filled batch; null once there will be no more.
  Batch* take_filled() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !filled_.empty() || is_closed_; });
    return filled_.empty() ? nullptr : take_first(filled_);
  }
  void give_empty(Batch* batch) {
    batch->used = 0;
    batch->rejected.clear();
    give(empty_, batch);
  }

  void close() { set(is_closed_); }
  void refuse() { set(is_refused_); }

 private:
  static Batch* take_first(std::deque<Batch*>& from) {
    Batch* batch = from.front();
    from.pop_front();
    return batch;
  }
  void give(std::deque<Batch*>& to, Batch* batch) {
    {
      const std::lock_guard lock(mutex_);
      to.push_back(batch);
    }
    changed_.notify_all();
  }
  void set(bool& flag) {
    {
      const std::lock_guard lock(mutex_);
      flag = true;
    }
    changed_.notify_all();
  }

  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::vector<Batch> batches_;
  std::deque<Batch*> empty_, filled_;
  bool is_closed_ = false, is_refused_ = false;
};

/// The reader's sink: fills batches.
class Filling final : public format::EventSink {
 public:
  explicit Filling(Handover& handover) : handover_(handover) {}

  Status event(const model::Event& event) override { return event_on_line(event, 0); }
  Status event_on_line(const model::Event& event, std::uint64_t line) override {
    if (!has_batch()) return format::stop_reading();
    if (batch_->events.size() == batch_->used) {
      batch_->events.emplace_back();
      batch_->lines.emplace_back();
    }
    batch_->lines[batch_->used] = line;
    batch_->events[batch_->used++] = event;
    if (batch_->used == kBatchEvents) hand_over();
    return {};
  }
  Status reject(const format::RejectedRecord& rejected) override {
    if (!has_batch()) return format::stop_reading();
    batch_->rejected.push_back(rejected);
    if (batch_->rejected.size() == kBatchEvents) hand_over();
    return {};
  }
  Status progress(std::uint64_t bytes_read) override {
    bytes_read_ = bytes_read;
    if (!has_batch()) return format::stop_reading();
    hand_over();
    return {};
  }
  void finish() {
    if (batch_ != nullptr) hand_over();
    handover_.close();
  }

 private:
  bool has_batch() {
    if (batch_ == nullptr) batch_ = handover_.take_empty();
    return batch_ != nullptr;
  }
  void hand_over() {
    batch_->bytes_read = bytes_read_;
    handover_.give_filled(batch_);
    batch_ = nullptr;
  }

  Handover& handover_;
  Batch* batch_ = nullptr;
  std::uint64_t bytes_read_ = 0;
};

/// Lets the reader end, and waits for it, however the caller's side ends.
class JoinedReader {
 public:
  JoinedReader(Handover& handover, std::thread& reader) : handover_(handover), reader_(reader) {}
  ~JoinedReader() {
    handover_.refuse();
    wait();
  }
  JoinedReader(const JoinedReader&) = delete;
  JoinedReader& operator=(const JoinedReader&) = delete;

  void wait() const {
    if (reader_.joinable()) reader_.join();
  }

 private:
  Handover& handover_;
  std::thread& reader_;
};

Status deliver(const Batch& batch, format::EventSink& sink) {
  for (const format::RejectedRecord& rejected : batch.rejected) HANDSLAG_CHECK_STATUS(sink.reject(rejected));
  for (std::size_t i = 0; i < batch.used; ++i)
    HANDSLAG_CHECK_STATUS(sink.event_on_line(batch.events[i], batch.lines[i]));
  return sink.progress(batch.bytes_read);
}

}  // namespace

Result<format::ReadSummary> read_ahead(const format::ReadRequest& request, format::EventSink& sink) {
  Handover handover;
  std::optional<Result<format::ReadSummary>> outcome;
  std::thread reader([&] {
    Filling filling(handover);
    try {
      outcome = format::read_events(request, filling);
    } catch (const std::exception& failure) {
      outcome = Error{ErrorCode::Internal, request.path + ": " + failure.what()};
    }
    filling.finish();
  });
  const JoinedReader joined(handover, reader);
  Status taken;
  while (Batch* batch = handover.take_filled()) {
    if (taken.ok()) taken = deliver(*batch, sink);
    if (!taken.ok()) handover.refuse();
    handover.give_empty(batch);
  }
  joined.wait();
  if (!taken.ok() && !format::is_stop(taken.error())) return std::move(taken).error();
  return std::move(*outcome);
}

}  // namespace handslag::app
