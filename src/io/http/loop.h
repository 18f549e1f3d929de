// SPDX-License-Identifier: Apache-2.0
// One server thread: its io_context, the connections that live on it, their deadlines, its counters. Internal
// to the server. Where nothing else is said, a function is for the loop's own thread.
//
// Design: a context for each thread and one acceptor that deals connections out in turn. A connection never
// changes threads, so it needs no strand and no lock; the deal is even whatever the addresses are; an address
// that is taken is an error (with SO_REUSEPORT a second server would silently share it); limits on
// connections are decided in one place. Deadlines are swept over some times in the shortest of them instead
// of a timer for each read and write, which would cost more than the read.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "io/http/server.h"
#include "io/http/service.h"

namespace handslag::http {

using SteadyTime = std::chrono::steady_clock::time_point;
inline constexpr SteadyTime kNoDeadline = SteadyTime::max();

/// What a loop knows of a connection.
class Session {
 public:
  virtual ~Session() = default;
  virtual void start() = 0;
  virtual void expire() = 0;       // its deadline has passed
  virtual void begin_drain() = 0;  // close if idle; end a stream
  virtual void cut() = 0;          // close now

 protected:
  SteadyTime deadline_ = kNoDeadline;

 private:
  friend class Loop;
  std::size_t place_ = 0;  // in Loop::sessions_
};

/// Written by one loop, read by any thread.
struct LoopCounters {
  std::atomic<std::uint64_t> accepted{0}, refused_connections{0}, expired{0}, refused_requests{0}, streams{0},
      bytes_in{0}, bytes_out{0};
  std::array<std::atomic<std::uint64_t>, 6> answers{};
};

class Loop {
 public:
  Loop(std::shared_ptr<Service> served, std::chrono::milliseconds tick);

  /// Runs the loop on a thread of its own until finish(). From the starting thread.
  void start();
  /// Any thread but the loop's: ends the thread after what is queued. REQUIRES: no session is open.
  void finish();

  /// Any thread: runs `work` on the loop's thread; false (and `work` is dropped) where that has ended.
  template <typename Work>
  bool post(Work work) {
    const std::lock_guard lock(mutex_);
    if (finished_) return false;
    boost::asio::post(context_, std::move(work));
    return true;
  }
  bool is_here() const { return std::this_thread::get_id() == thread_id_.load(std::memory_order_relaxed); }

  /// Keeps the session until remove(), and starts it.
  void add(std::shared_ptr<Session> session);
  void remove(Session& session);

  void begin_drain();
  bool is_draining() const { return draining_; }
  void cut_all();

  /// The Date header, made once a second.
  const std::string& date();

  boost::asio::io_context& context() { return context_; }
  Service& service() { return *service_; }
  LoopCounters counters;

 private:
  void run();
  void sweep();

  boost::asio::io_context context_{1};  // 1: one thread runs it, which spares wake-ups
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  boost::asio::steady_timer sweeper_;
  const std::shared_ptr<Service> service_;
  const std::chrono::milliseconds tick_;
  std::vector<std::shared_ptr<Session>> sessions_;  // owned here while open, and by their pending operations
  bool draining_ = false;
  std::int64_t date_second_ = -1;
  std::string date_;
  std::mutex mutex_;  // guards finished_
  bool finished_ = false;
  std::atomic<std::thread::id> thread_id_{};
  std::thread thread_;
};

}  // namespace handslag::http
