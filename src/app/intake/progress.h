// SPDX-License-Identifier: Apache-2.0
// One line that says how far long work is: drawn over again on a terminal, now and then as a new line
// elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/terminal/terminal.h"

namespace handslag::app {

class Progress {
 public:
  /// `what` is counted: "events". Keeps the terminal.
  Progress(const Terminal& terminal, std::string_view what) : terminal_(terminal), what_(what) {}

  /// So many so far; of `done` parts of `whole`, where the whole is known (a file's bytes). Prints at most
  /// five times a second.
  void show(std::uint64_t count, std::uint64_t done = 0, std::uint64_t whole = 0);
  /// Clears the line.
  void done();

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(std::uint64_t count, std::uint64_t done, std::uint64_t whole, double seconds) const;

  const Terminal& terminal_;
  std::string what_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

}  // namespace handslag::app
