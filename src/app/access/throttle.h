// SPDX-License-Identifier: Apache-2.0
// How often one may try to sign in: by login and by address, each failure doubling the wait. In memory alone:
// a restart forgets, and takes longer than a wait. Its size is bounded. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "base/time.h"

namespace handslag::app {

struct ThrottleLimits {
  std::uint32_t free = 5;             // failures without a wait
  std::int64_t first_s = 1;           // after that many and one; doubled by each further
  std::int64_t most_s = 15 * 60;      // no wait is longer
  std::int64_t forget_s = 24 * 3600;  // after so long without a failure
  std::size_t most_names = 10'000;    // the one longest without a failure gives way
};

class Throttle {
 public:
  explicit Throttle(const ThrottleLimits& limits) : limits_(limits) {}

  /// Seconds until the name may try again, rounded up; 0: now. A trial that must wait is none, and does not
  /// lengthen the wait.
  std::int64_t wait_s(const std::string& name, Timestamp now) const;
  /// Counts a failure. Whoever tries counts it before the answer is known, so that many at once count too,
  /// and takes it back by forgive() or forget().
  void fail(const std::string& name, Timestamp now);
  /// Takes one failure back.
  void forgive(const std::string& name);
  void forget(const std::string& name) { failures_.erase(name); }

 private:
  struct Failures {
    std::uint32_t count = 0;
    Timestamp last;
  };
  std::int64_t wait_after_s(std::uint32_t count) const;
  void make_room(Timestamp now);

  ThrottleLimits limits_;
  std::unordered_map<std::string, Failures> failures_;
};

}  // namespace handslag::app
