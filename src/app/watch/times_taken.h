// SPDX-License-Identifier: Apache-2.0
// How long a promise usually takes, from its activation until it was fulfilled, by our own history: for "what
// is normal" beside a promise that is still open.
//
// (1) Counted are instances that were kept or came late, of the forms that have slack (R1, R7, R10). What
//     never came has no time and is left out, so that what is normal is never worse than it says.
// (2) Kept is a uniform random sample of at most kMostTimes a promise, over all its versions (Vitter's
//     algorithm R, the same for the same history). It begins anew with every load; what a correction changes
//     in between stays as it was told.
// (3) Median and percentile are worked out at most once a minute a promise; where a time stands among them is
//     counted each time.
//
// (4) The same for each product of a promise, of at most kMostTimesOfProduct, and at most kMostProducts of a
//     promise, the first ones seen.
//
// One thread. Cost: add some nanoseconds; 80 kB a promise at most, 16 kB a product of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "pure/model/columns.h"
#include "pure/model/verdict.h"
#include "pure/promise/ast.h"

namespace handslag::app {

inline constexpr std::size_t kMostTimes = 10'000;
inline constexpr std::size_t kMostTimesOfProduct = 2'000;
inline constexpr std::size_t kMostProducts = 100;

struct NormalTime {
  std::int64_t median_us = 0;
  std::int64_t ninetieth_us = 0;  // nearest rank, pure/stats/percentile.h
  std::size_t sample = 0;         // how many times stand behind it
  std::uint64_t seen = 0;         // how many there were
};

/// From activation to fulfilment; nothing where (1) leaves it out.
std::optional<std::int64_t> time_taken(const promise::Promise& promise, const model::Instance& instance,
                                       Timestamp activation);

/// The code of the product that an event is about; kNoText where it names none.
std::uint32_t product_of(const model::Columns& columns, model::EventIndex e);

class TimesTaken {
 public:
  void clear() { by_promise_.clear(); }
  /// `product`: the text's code of what it was about, which is counted by itself too.
  void add(const std::string& promise, std::int64_t us, std::uint32_t product = model::kNoText);

  /// Nothing where the promise (for that product) was never fulfilled.
  std::optional<NormalTime> normal(const std::string& promise, Timestamp now,
                                   std::uint32_t product = model::kNoText);
  /// How many of a hundred took less than `us`, rounded down; 0 where there are none.
  int longer_than(const std::string& promise, std::int64_t us, std::uint32_t product = model::kNoText) const;

 private:
  struct Sample {
    std::vector<std::int64_t> times;
    std::uint64_t seen = 0;
    std::uint64_t random = 0x9E37'79B9'7F4A'7C15ULL;
    Timestamp worked_out = kNoTime;
    NormalTime normal;
  };
  // By product, the promise as a whole under kNoText.
  using Samples = std::unordered_map<std::uint32_t, Sample>;
  static void add_to(Sample& sample, std::int64_t us, std::size_t most);
  const Sample* find(const std::string& promise, std::uint32_t product) const;

  std::unordered_map<std::string, Samples> by_promise_;
};

}  // namespace handslag::app
