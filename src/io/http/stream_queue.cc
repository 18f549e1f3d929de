// SPDX-License-Identifier: Apache-2.0
#include "io/http/stream_queue.h"

namespace handslag::http {

StreamQueue::StreamQueue(std::shared_ptr<Loop> loop, std::shared_ptr<StreamSink> sink,
                         std::uint64_t backlog_bytes, Gone gone)
    : loop_(std::move(loop)), backlog_bytes_(backlog_bytes), sink_(std::move(sink)), gone_(std::move(gone)) {}

void StreamQueue::wake_locked() {
  if (is_awake_ || !sink_) return;
  is_awake_ = loop_->post([sink = sink_] { sink->flush_stream(); });
}

bool StreamQueue::write(std::string bytes) {
  const std::lock_guard lock(mutex_);
  if (is_closed_ || is_overrun_ || !sink_) return false;
  if (behind_bytes_ + bytes.size() > backlog_bytes_) {
    is_overrun_ = true;
    is_awake_ = false;  // Why: the session must hear of it even while it waits for the client
    wake_locked();
    return false;
  }
  behind_bytes_ += bytes.size();
  pending_ += bytes;
  wake_locked();
  return true;
}

void StreamQueue::close() {
  Gone dropped;  // outside the lock: what it holds may be the stream itself
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  if (!is_overrun_) dropped.swap(gone_);
  wake_locked();
}

StreamQueue::Taken StreamQueue::take() {
  const std::lock_guard lock(mutex_);
  is_awake_ = false;
  Taken taken;
  taken.bytes.swap(pending_);
  taken.is_last = is_closed_;
  return taken;
}

bool StreamQueue::is_overrun() {
  const std::lock_guard lock(mutex_);
  return is_overrun_;
}

void StreamQueue::sent(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  behind_bytes_ -= bytes;
}

void StreamQueue::let_go() {
  Gone gone;
  std::shared_ptr<StreamSink> sink;  // let go of outside the lock: it may be the last pointer
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    gone.swap(gone_);
    sink.swap(sink_);
  }
  if (gone) gone();
}

}  // namespace handslag::http
