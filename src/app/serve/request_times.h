// SPDX-License-Identifier: Apache-2.0
// How long requests took, by method, route and status: for the metrics. What is kept is bounded, since each
// of the three is one of a few words: a route is the pattern, never the path. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "io/http/server.h"

namespace handslag::app {

class RequestTimes {
 public:
  /// Seconds; a request counts in the first that is not less than what it took.
  static constexpr std::array<double, 13> kBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                     0.1,    0.25,  0.5,    1,     2.5,  10};
  struct Key {
    std::string method, route;  // "GET", "/v1/promises/{id}"; "none" where no route answered
    unsigned status = 0;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Times {
    std::array<std::uint64_t, kBounds.size()> counts = {};  // each by itself
    std::uint64_t count = 0;                                // those past the last bound too
    std::int64_t micros = 0;
  };

  /// Some hundred nanoseconds.
  void add(const http::AccessRecord& record);
  std::map<Key, Times> times() const;

 private:
  mutable std::mutex mutex_;  // guards what follows
  std::map<Key, Times> times_;
};

}  // namespace handslag::app
