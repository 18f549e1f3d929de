// SPDX-License-Identifier: Apache-2.0
// What lies between the writers of a Stream and the session that sends it. Internal to the server. Any
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "io/http/loop.h"
#include "io/http/server.h"

namespace handslag::http {

/// The session's side, on the loop's thread.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  virtual void flush_stream() = 0;
};

class StreamQueue final {
 public:
  /// Holds `sink` until the stream has ended, one way or the other.
  StreamQueue(std::shared_ptr<Loop> loop, std::shared_ptr<StreamSink> sink, std::uint64_t backlog_bytes,
              Gone gone);

  // For writers.
  bool write(std::string bytes);
  void close();

  // For the session.
  struct Taken {
    std::string bytes;
    bool is_last = false;  // nothing comes after `bytes`
  };
  Taken take();
  /// The client is too far behind: cut it off.
  bool is_overrun();
  /// What was taken is with the system now.
  void sent(std::uint64_t bytes);
  /// The client has gone, or the server lets it go: no more writes; tells the application once, unless it
  /// closed.
  void let_go();

 private:
  void wake_locked();

  const std::shared_ptr<Loop> loop_;
  const std::uint64_t backlog_bytes_;
  std::mutex mutex_;  // guards what follows
  std::shared_ptr<StreamSink> sink_;
  Gone gone_;
  std::string pending_;
  std::uint64_t behind_bytes_ = 0;  // pending and taken but not sent
  bool is_awake_ = false;           // a flush is on its way
  bool is_closed_ = false;
  bool is_overrun_ = false;
};

/// What the application holds: the last pointer to it closes the stream.
class StreamHandle final : public Stream {
 public:
  explicit StreamHandle(std::shared_ptr<StreamQueue> queue) : queue_(std::move(queue)) {}
  ~StreamHandle() override { queue_->close(); }
  bool write(std::string bytes) override { return queue_->write(std::move(bytes)); }
  void close() override { queue_->close(); }

 private:
  const std::shared_ptr<StreamQueue> queue_;  // shared with the session
};

}  // namespace handslag::http
