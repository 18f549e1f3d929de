// SPDX-License-Identifier: Apache-2.0
#include "app/serve/request_times.h"

#include <algorithm>

namespace handslag::app {

void RequestTimes::add(const http::AccessRecord& record) {
  Key key{std::string(record.method), std::string(record.route.empty() ? "none" : record.route),
          record.status};
  const double seconds = static_cast<double>(record.micros) / 1e6;
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);
  const std::lock_guard lock(mutex_);
  Times& times = times_[std::move(key)];
  if (bound != kBounds.end()) ++times.counts[static_cast<std::size_t>(bound - kBounds.begin())];
  ++times.count;
  times.micros += record.micros;
}

std::map<RequestTimes::Key, RequestTimes::Times> RequestTimes::times() const {
  const std::lock_guard lock(mutex_);
  return times_;
}

}  // namespace handslag::app
