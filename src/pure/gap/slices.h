// SPDX-License-Identifier: Apache-2.0
// One promise's instances, sorted into the slices that are shown and the parts that its target is judged for.
#pragma once

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "pure/gap/judge.h"
#include "pure/gap/summary.h"
#include "pure/gap/tally.h"

namespace handslag::gap {

inline constexpr std::int32_t kNoPeriod = std::numeric_limits<std::int32_t>::min();

/// The number of the period that an instant lies in; kNoPeriod where there are no periods. OPTIMIZATION: once
/// asked near an instant, by looking where its period begins. One thread.
class PeriodNumbers {
 public:
  /// Keeps `rules`.
  PeriodNumbers(Period each, const model::TimeRules& rules) : each_(each), rules_(rules) {}
  std::int32_t of(Timestamp time);

 private:
  static constexpr std::size_t kMostStarts = 4096;
  Timestamp start(std::int32_t number) const { return rules_.start_of_day(first_day(each_, number)); }
  void widen(std::int32_t number);

  Period each_;
  const model::TimeRules& rules_;
  std::int32_t first_ = 0;         // the period that begins with starts_.front()
  std::vector<Timestamp> starts_;  // of consecutive periods; the last is where the one before it ends
};

/// One thread.
class Slices {
 public:
  /// Keeps the first two; they must outlive it.
  Slices(const PromiseInfo& promise, const Question& question, const Activations& activations);

  void add(const model::Instance& instance);

  /// To be asked once, after all instances.
  PromiseSummary summary();

 private:
  static constexpr std::uint32_t kTotal = 0, kNoCell = UINT32_MAX;

  /// A value within something else that has a number: of a name, or of a part so far.
  struct Key {
    std::uint32_t within;
    model::Cell cell;
    friend bool operator==(const Key&, const Key&) = default;
    friend std::size_t hash_value(const Key& key) {
      std::size_t seed = 0;
      boost::hash_combine(seed, key.within);
      boost::hash_combine(seed, static_cast<int>(key.cell.kind));
      boost::hash_combine(seed, key.cell.bits);
      return seed;
    }
  };
  using Numbers = boost::unordered_flat_map<Key, std::uint32_t, boost::hash<Key>>;
  /// Two numbers together, numbered. OPTIMIZATION: asked several times for each instance.
  static std::uint64_t pair(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32U | b; }
  struct PairHash {
    using is_avalanching = void;
    std::size_t operator()(std::uint64_t both) const {
      both = (both ^ both >> 32U) * 0x9E37'79B9'7F4A'7C15ULL;
      return both ^ both >> 32U;
    }
  };
  using PairNumbers = boost::unordered_flat_map<std::uint64_t, std::uint32_t, PairHash>;

  struct Slice {
    Tally tally;
    std::uint32_t by = 0;  // groups: index into Question::by
    model::Cell value;     // groups
    std::int32_t period = kNoPeriod;
    TargetState state = TargetState::None;
    std::optional<TargetParts> parts{};
  };
  struct Part {
    std::uint32_t slice;
    std::uint32_t target_value;
    std::int32_t period;  // of the target
    Counts counts;
  };

  bool is_in_window(const model::Instance& instance, Timestamp at) const;
  std::uint32_t slice_of_group(std::size_t by, model::Cell value);
  std::uint32_t slice_of_period(std::int32_t period);
  /// `cell`: of the target; kNoCell where it judges the instance in no part.
  void add_to(std::uint32_t slice, const model::Instance& instance, std::uint32_t cell);
  std::uint32_t cell_of(const model::Instance& instance, Timestamp at);
  std::uint32_t target_value(model::EventIndex activation);

  Timestamp start_of(Period each, std::int32_t period) const;
  Timestamp end_of(Period each, std::int32_t period) const;
  bool is_closed_until(Timestamp end) const;
  TargetPart described(const Part& part) const;
  void add_part(Slice& slice, const Part& part, TargetState state) const;
  void judge_slices();

  const PromiseInfo& promise_;
  const Question& question_;
  std::function<Timestamp(model::EventIndex)> time_of_;
  std::vector<Activations::Values> by_, per_;  // empty: no event has the name
  bool has_parts_ = false;                     // the target names parts: per, or each
  Timestamp undetermined_from_ = kEndOfTime;   // the earliest activation of an open instance without a due

  std::vector<Slice> slices_;  // the first is the total
  Numbers groups_;             // → slice
  PairNumbers periods_;        // → slice
  PeriodNumbers shown_, judged_;
  std::vector<Part> parts_;
  Numbers values_;           // a tuple of the target's `per` values → its number less one
  std::vector<Key> tuples_;  // … and back: the last value, within a shorter tuple
  std::vector<std::pair<std::uint32_t, std::int32_t>> cells_;  // a tuple in one of the target's periods
  PairNumbers cell_numbers_;                                   // → index into cells_
  PairNumbers part_numbers_;                                   // slice, cell → index into parts_
};

}  // namespace handslag::gap
