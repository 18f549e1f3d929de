// SPDX-License-Identifier: Apache-2.0
// Wall time and processor time of the whole process since a beginning. The latter says what the work costs
// also on a machine that others use at the same time.
#pragma once

#include <chrono>
#include <ctime>

namespace handslag::bench {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count();
  }
  double processor_seconds() const { return processor_now() - processor_; }

 private:
  static double processor_now() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

  std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
  double processor_ = processor_now();
};

}  // namespace handslag::bench
