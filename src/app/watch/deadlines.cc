// SPDX-License-Identifier: Apache-2.0
#include "app/watch/deadlines.h"

namespace handslag::app {
namespace {

template <typename Queue, typename Passed>
void take_while(Queue& queue, Passed has_passed, std::vector<model::CustomerIndex>& taken) {
  while (!queue.empty() && has_passed(queue.begin()->first)) {
    taken.push_back(queue.begin()->second);
    queue.erase(queue.begin());
  }
}

}  // namespace

void Deadlines::take_passed(std::uint32_t version, const promise::Horizon& horizon,
                            std::vector<model::CustomerIndex>& passed) {
  OfVersion& own = of_version_[version];
  const bool has_horizon = horizon.complete_through != kNoTime;
  const auto is_complete = [&](Timestamp due) { return has_horizon && due <= horizon.complete_through; };
  take_while(
      own.pending, [&](Timestamp due) { return due < horizon.clock || is_complete(due); }, passed);
  take_while(own.overdue, is_complete, passed);
}

void Deadlines::take_warnings(std::uint32_t version, Timestamp clock,
                              std::vector<model::CustomerIndex>& to_warn) {
  take_while(
      of_version_[version].warnings, [&](Timestamp at) { return at <= clock; }, to_warn);
}

std::size_t Deadlines::size() const {
  std::size_t sum = 0;
  for (const OfVersion& own : of_version_)
    sum += own.pending.size() + own.overdue.size() + own.warnings.size();
  return sum;
}

}  // namespace handslag::app
