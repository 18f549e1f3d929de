// SPDX-License-Identifier: Apache-2.0
#include "app/watch/times_taken.h"

#include <algorithm>

#include "app/evaluate/bounds.h"
#include "pure/stats/percentile.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;

// splitmix64
std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E37'79B9'7F4A'7C15ULL);
  z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBULL;
  return z ^ (z >> 31U);
}

}  // namespace

std::optional<std::int64_t> time_taken(const promise::Promise& promise, const model::Instance& instance,
                                       Timestamp activation) {
  const bool is_done = instance.verdict == model::Verdict::Kept || instance.verdict == model::Verdict::Late;
  if (!is_done || instance.due == kNoTime || !has_slack(promise.rule)) return std::nullopt;
  return instance.due.us - instance.slack_us - activation.us;
}

void TimesTaken::add(const std::string& promise, std::int64_t us) {
  Sample& sample = by_promise_[promise];
  ++sample.seen;
  if (sample.times.size() < kMostTimes) {
    sample.times.push_back(us);
    return;
  }
  const std::uint64_t place = next_random(sample.random) % sample.seen;
  if (place < kMostTimes) sample.times[place] = us;
}

std::optional<NormalTime> TimesTaken::normal(const std::string& promise, Timestamp now) {
  const auto entry = by_promise_.find(promise);
  if (entry == by_promise_.end()) return std::nullopt;
  Sample& sample = entry->second;
  const bool is_fresh =
      sample.worked_out != kNoTime && now >= sample.worked_out && now.us - sample.worked_out.us < kMinute;
  if (!is_fresh) {
    std::vector<std::int64_t> times = sample.times;
    sample.normal = {*stats::percentile(times, 50), *stats::percentile(times, 90), times.size(), sample.seen};
    sample.worked_out = now;
  }
  return sample.normal;
}

int TimesTaken::longer_than(const std::string& promise, std::int64_t us) const {
  const auto entry = by_promise_.find(promise);
  if (entry == by_promise_.end()) return 0;
  const auto& times = entry->second.times;
  const auto shorter = std::count_if(times.begin(), times.end(), [us](std::int64_t it) { return it < us; });
  return static_cast<int>(100 * shorter / static_cast<std::ptrdiff_t>(times.size()));
}

}  // namespace handslag::app
