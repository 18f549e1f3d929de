// SPDX-License-Identifier: Apache-2.0
#include "app/access/throttle.h"

#include <algorithm>

namespace handslag::app {

std::int64_t Throttle::wait_s(const std::string& name, Timestamp now) const {
  const auto found = failures_.find(name);
  if (found == failures_.end()) return 0;
  const std::int64_t wait_us = wait_after_s(found->second.count) * kMicrosPerSecond;
  // Why the two ends: a clock that was set back must not lock anybody out for longer than a wait.
  const std::int64_t gone_us = std::max<std::int64_t>(now.us - found->second.last.us, 0);
  if (gone_us >= wait_us) return 0;
  return (wait_us - gone_us + kMicrosPerSecond - 1) / kMicrosPerSecond;
}

void Throttle::fail(const std::string& name, Timestamp now) {
  if (!failures_.contains(name) && failures_.size() >= limits_.most_names) make_room(now);
  Failures& failures = failures_[name];
  if (now.us - failures.last.us > limits_.forget_s * kMicrosPerSecond) failures.count = 0;
  ++failures.count;
  failures.last = now;
}

void Throttle::forgive(const std::string& name) {
  const auto found = failures_.find(name);
  if (found == failures_.end()) return;
  if (found->second.count <= 1)
    failures_.erase(found);
  else
    --found->second.count;
}

std::int64_t Throttle::wait_after_s(std::uint32_t count) const {
  if (count <= limits_.free) return 0;
  const std::uint32_t doublings = count - limits_.free - 1;
  if (doublings >= 32) return limits_.most_s;
  return std::min(limits_.first_s << doublings, limits_.most_s);
}

void Throttle::make_room(Timestamp now) {
  std::erase_if(failures_, [&](const auto& entry) {
    return now.us - entry.second.last.us > limits_.forget_s * kMicrosPerSecond;
  });
  if (failures_.size() < limits_.most_names) return;
  failures_.erase(std::min_element(failures_.begin(), failures_.end(), [](const auto& a, const auto& b) {
    return a.second.last < b.second.last;
  }));
}

}  // namespace handslag::app
