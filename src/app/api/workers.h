// SPDX-License-Identifier: Apache-2.0
// A few threads for what takes its time, with a bounded queue before them. Any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace handslag::app {

class Workers {
 public:
  explicit Workers(unsigned threads, std::size_t most_waiting = 64);
  /// Does what was taken, then ends.
  ~Workers();

  /// Does what was taken and ends; nothing is taken afterwards.
  void finish();
  /// False: too much is waiting, and `work` was not taken.
  bool give(std::function<void()> work);

 private:
  void run();

  const std::size_t most_waiting_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace handslag::app
