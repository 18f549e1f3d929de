// SPDX-License-Identifier: Apache-2.0
#include "app/watch/times_taken.h"

#include <algorithm>

#include "app/evaluate/bounds.h"
#include "pure/stats/percentile.h"

namespace handslag::app {
namespace {

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

std::uint32_t product_of(const model::Columns& columns, model::EventIndex e) {
  const auto column = columns.names.find("product");
  if (column == columns.names.end()) return model::kNoText;
  const model::Cell cell = column->second.at(e);
  return cell.kind == model::ValueKind::Text ? cell.as_text() : model::kNoText;
}

void TimesTaken::add_to(Sample& sample, std::int64_t us, std::size_t most) {
  ++sample.seen;
  if (sample.times.size() < most) {
    sample.times.push_back(us);
    return;
  }
  const std::uint64_t place = next_random(sample.random) % sample.seen;
  if (place < most) sample.times[place] = us;
}

void TimesTaken::add(const std::string& promise, std::int64_t us, std::uint32_t product) {
  Samples& samples = by_promise_[promise];
  add_to(samples[model::kNoText], us, kMostTimes);
  if (product == model::kNoText) return;
  if (samples.size() > kMostProducts && !samples.contains(product)) return;
  add_to(samples[product], us, kMostTimesOfProduct);
}

const TimesTaken::Sample* TimesTaken::find(const std::string& promise, std::uint32_t product) const {
  const auto samples = by_promise_.find(promise);
  if (samples == by_promise_.end()) return nullptr;
  const auto sample = samples->second.find(product);
  return sample == samples->second.end() ? nullptr : &sample->second;
}

std::optional<NormalTime> TimesTaken::normal(const std::string& promise, Timestamp now,
                                             std::uint32_t product) {
  if (find(promise, product) == nullptr) return std::nullopt;
  Sample& sample = by_promise_[promise][product];
  const bool is_fresh = sample.worked_out != kNoTime && now >= sample.worked_out &&
                        now.us - sample.worked_out.us < kMicrosPerMinute;
  if (!is_fresh) {
    std::vector<std::int64_t> times = sample.times;
    sample.normal = {*stats::percentile(times, 50), *stats::percentile(times, 90), times.size(), sample.seen};
    sample.worked_out = now;
  }
  return sample.normal;
}

int TimesTaken::longer_than(const std::string& promise, std::int64_t us, std::uint32_t product) const {
  const Sample* sample = find(promise, product);
  if (sample == nullptr) return 0;
  const auto& times = sample->times;
  const auto shorter = std::count_if(times.begin(), times.end(), [us](std::int64_t it) { return it < us; });
  return static_cast<int>(100 * shorter / static_cast<std::ptrdiff_t>(times.size()));
}

}  // namespace handslag::app
