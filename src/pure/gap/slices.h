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

/// One thread.
class Slices {
 public:
  /// Keeps all three; they must outlive it.
  Slices(const PromiseInfo& promise, const Question& question, const model::Columns& columns);

  void add(const model::Instance& instance);

  /// To be asked once, after all instances.
  PromiseSummary summary();

 private:
  static constexpr std::int32_t kNoPeriod = std::numeric_limits<std::int32_t>::min();
  static constexpr std::uint32_t kTotal = 0;

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
  void add_to(std::uint32_t slice, const model::Instance& instance, std::uint32_t target_value,
              std::int32_t period);
  std::uint32_t target_value(model::EventIndex activation);
  std::int32_t period_of(Period each, const model::Instance& instance, Timestamp at) const;

  Timestamp start_of(Period each, std::int32_t period) const;
  Timestamp end_of(Period each, std::int32_t period) const;
  bool is_closed_until(Timestamp end) const;
  TargetPart described(const Part& part) const;
  void add_part(Slice& slice, const Part& part, TargetState state) const;
  void judge_slices();

  const PromiseInfo& promise_;
  const Question& question_;
  const model::Columns& columns_;
  std::vector<const model::ValueColumn*> by_, per_;  // null: no event has the name
  bool has_parts_ = false;                           // the target names parts: per, or each
  Timestamp undetermined_from_ = kEndOfTime;  // the earliest activation of an open instance without a due

  std::vector<Slice> slices_;  // the first is the total
  Numbers groups_, periods_;   // → slice
  std::vector<Part> parts_;
  Numbers values_;           // a tuple of the target's `per` values → its number less one
  std::vector<Key> tuples_;  // … and back: the last value, within a shorter tuple
  Numbers part_values_;      // slice, tuple → its number
  Numbers part_numbers_;     // … and the target's period → index into parts_
};

}  // namespace handslag::gap
