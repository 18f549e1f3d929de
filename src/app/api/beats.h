// SPDX-License-Identifier: Apache-2.0
// Says "still here" to silent listeners every few seconds, so that those who have gone are noticed, and those
// who may no longer listen. A thread of its own; any thread may call.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace handslag::app {

class Beats {
 public:
  explicit Beats(unsigned seconds = 15);
  ~Beats();

  /// `beat` is called until it returns false.
  void add(std::function<bool()> beat);
  /// The next beat is now: who may do what has changed. Waits for nothing.
  void hurry();

 private:
  void run();

  const unsigned seconds_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::vector<std::function<bool()>> beats_;
  bool stopping_ = false, is_hurried_ = false;
  std::thread thread_;
};

}  // namespace handslag::app
