// SPDX-License-Identifier: Apache-2.0
#include "pure/stats/survival.h"

#include <algorithm>

namespace handslag::stats {

Survival::Survival(std::span<const Wait> waits, std::int64_t waited) {
  std::vector<Wait> sorted;
  std::copy_if(waits.begin(), waits.end(), std::back_inserter(sorted),
               [waited](const Wait& it) { return it.us > waited; });
  std::sort(sorted.begin(), sorted.end(), [](const Wait& a, const Wait& b) {
    return a.us != b.us ? a.us < b.us : a.has_come && !b.has_come;
  });
  size_ = sorted.size();
  Step step;
  for (std::size_t i = 0; i < size_;) {
    if (!sorted[i].has_come) {
      given_up_.push_back(sorted[i++].us);
      continue;
    }
    const double at_risk = static_cast<double>(size_ - i);
    std::size_t end = i;
    while (end < size_ && sorted[end].has_come && sorted[end].us == sorted[i].us) ++end;
    const double come = static_cast<double>(end - i);
    step.us = sorted[i].us;
    step.waiting *= (at_risk - come) / at_risk;
    // Why: where the last come, nobody is left to be unsure about.
    if (come < at_risk) step.greenwood += come / (at_risk * (at_risk - come));
    steps_.push_back(step);
    come_ += end - i;
    i = end;
  }
}

const Survival::Step* Survival::last_step(std::int64_t us) const {
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), us,
                                      [](std::int64_t time, const Step& step) { return time < step.us; });
  return after == steps_.begin() ? nullptr : &*std::prev(after);
}

std::optional<double> Survival::share_by(std::int64_t us) const {
  if (size_ == 0) return std::nullopt;
  const Step* step = last_step(us);
  return step == nullptr ? 0.0 : 1.0 - step->waiting;
}

std::optional<Interval> Survival::interval_by(std::int64_t us) const {
  const auto share = share_by(us);
  if (!share) return std::nullopt;
  if (*share <= 0 || *share >= 1) {
    const auto gone = std::lower_bound(given_up_.begin(), given_up_.end(), us) - given_up_.begin();
    const double watched = static_cast<double>(size_) - static_cast<double>(gone);
    return watched > 0 ? wilson_95_of_share(*share, watched) : Interval{};
  }
  const Step* step = last_step(us);
  const double variance = step->waiting * step->waiting * step->greenwood;
  return wilson_95_of_share(*share, *share * (1 - *share) / variance);
}

std::optional<std::int64_t> Survival::time_of(double share) const {
  constexpr double kRounding = 1e-12;  // of the product of the steps
  const auto step = std::find_if(steps_.begin(), steps_.end(),
                                 [share](const Step& it) { return 1 - it.waiting >= share - kRounding; });
  return step == steps_.end() ? std::nullopt : std::optional(step->us);
}

}  // namespace handslag::stats
