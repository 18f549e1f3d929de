// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/judge.h"

#include <algorithm>

namespace handslag::gap {
namespace {

// Why: 99.9 % may be stored one rounding off 999 / 1000.
constexpr double kRounding = 1e-12;

bool reaches(double share, double wanted) {
  return share >= wanted - kRounding;
}

double share_of(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::optional<double> rate(const Counts& counts) {
  if (counts.settled == 0) return std::nullopt;
  return share_of(counts.kept, counts.settled);
}

std::optional<stats::Interval> certainty(const Counts& counts) {
  const std::int64_t all = counts.settled + counts.open;
  if (all == 0) return std::nullopt;
  return stats::Interval{share_of(counts.kept, all), share_of(counts.kept + counts.open, all)};
}

bool is_closed(const PromiseInfo& promise, Timestamp end) {
  if (promise.complete_through == kNoTime) return false;
  const Timestamp earliest_unknown{promise.complete_through.us + 1};
  if (earliest_unknown > promise.last_start) return true;
  if (end == kEndOfTime) return false;
  return (promise.by_start ? earliest_unknown : promise.rules->due(earliest_unknown, promise.shortest)) >=
         end;
}

TargetState judge(const Target& target, const Counts& counts, bool closed) {
  if (counts.settled == 0) return TargetState::None;
  if (counts.settled < static_cast<std::int64_t>(target.at_least)) return TargetState::TooFew;
  // D-35: a breach shows where history is short, keeping does not; what is settled there is no fair sample.
  const std::int64_t at_best = counts.kept + counts.open + counts.unseen;
  if (counts.unseen > 0 && !reaches(rate(counts).value(), target.share) &&
      reaches(share_of(at_best, counts.settled + counts.open + counts.unseen), target.share)) {
    return TargetState::TooFew;
  }
  const stats::Interval sure = certainty(counts).value();
  if (closed && reaches(sure.low, target.share)) return TargetState::Kept;
  if (closed && !reaches(sure.high, target.share)) return TargetState::Missed;
  return reaches(rate(counts).value(), target.share) ? TargetState::OnCourse : TargetState::OffCourse;
}

TargetState worse(TargetState a, TargetState b) {
  return std::max(a, b);
}  // they stand in this order

}  // namespace handslag::gap
