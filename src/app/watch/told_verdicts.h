// SPDX-License-Identifier: Apache-2.0
// What was last told of every instance: 32 bytes each. The live path holds a new evaluation of a customer
// against it, and what differs is a change; reports count it (live_verdicts.h). One thread, but for what it
// shares.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/time.h"
#include "pure/model/columns.h"
#include "pure/model/verdict.h"
#include "pure/timeline/live_columns.h"

namespace handslag::app {

/// An instance goes by version and activation: the row of the event that put it in force. Whether a verdict
/// is final is not kept: it becomes so without anybody being told.
struct Told {
  static constexpr timeline::EventReference kNoBreaker = UINT32_MAX;

  std::uint32_t activation_row = 0;
  timeline::EventReference activation = 0;  // the same event; another after the next load
  Timestamp due = kNoTime;
  std::int64_t slack_us = 0;                      // as in model::Instance
  timeline::EventReference breaker = kNoBreaker;  // of what is broken or late: its last witness
  std::uint16_t version = 0;
  model::Verdict verdict = model::Verdict::Pending;
  model::UnknownCause unknown : 6 = model::UnknownCause::None;
  bool is_rescued : 1 = false;
  bool has_business_slack : 1 = false;  // which is business time from fulfilment (due − slack) to due; else 0

  friend bool operator==(const Told&, const Told&) = default;
};
static_assert(sizeof(Told) == 32, "there is one for every instance");

/// Pending or overdue.
bool is_open(model::Verdict verdict);

/// Where an event of the columns that were evaluated stands among those of LiveColumns.
using ReferenceOf = std::function<timeline::EventReference(model::EventIndex)>;

/// Told of one customer's instances, in the order that ToldVerdicts keeps: version, activation row.
/// `witnesses`: those of the evaluation that gave them.
std::vector<Told> told_of(std::span<const model::Instance> instances,
                          std::span<const model::EventIndex> witnesses, const model::Columns& columns,
                          const ReferenceOf& reference_of);

class ToldVerdicts {
 public:
  ToldVerdicts() = default;
  ToldVerdicts(ToldVerdicts&&) = default;
  ToldVerdicts& operator=(ToldVerdicts&&) = default;

  /// The same as it stands now, for another thread to read while this goes on changing. Cost: a pointer for
  /// every few customers.
  ToldVerdicts share() const;

  /// Of all customers, as a batch evaluation of what was loaded gave them: ordered by customer.
  void reset(const model::Verdicts& verdicts, const model::Columns& loaded);

  /// Valid until anybody's are replaced.
  std::span<const Told> of(model::CustomerIndex customer) const;
  /// Cost: of what was told of her and some neighbours, half is moved; where it has been shared since the
  /// last time, all of it is copied.
  void replace(model::CustomerIndex customer, std::span<const Told> told);
  /// What was told of `absorbed` counts as told of `into`.
  void join(model::CustomerIndex into, model::CustomerIndex absorbed);
  /// Everything, by version and activation row.
  std::vector<Told> all() const;
  /// One more than the greatest index that anything was told of, or more.
  model::CustomerIndex customers() const;
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kInBlock = 16;
  struct Block {
    std::array<std::uint32_t, kInBlock + 1> from{};  // where each customer's begin; the last: the end
    std::vector<Told> told;
    std::uint64_t made_after = 0;  // shares_ at that time: never changed once there are more
  };
  // Why the organisation alone in the first: it may have very many, and be evaluated with every event.
  static std::size_t block_of(model::CustomerIndex customer) {
    return customer == model::kOrganisation ? 0 : 1 + (customer - 1) / kInBlock;
  }
  static std::size_t place_in_block(model::CustomerIndex customer) {
    return customer == model::kOrganisation ? 0 : (customer - 1) % kInBlock;
  }

  Block& own_block(std::size_t at);

  std::vector<std::shared_ptr<Block>> blocks_;  // null: nothing was told of any of them
  std::size_t size_ = 0;
  mutable std::uint64_t shares_ = 0;
};

/// Calls changed(before, after) for every instance of which the two lists differ; null where one lacks it.
/// REQUIRES: both ordered by version, activation row.
void each_difference(std::span<const Told> before, std::span<const Told> after,
                     const std::function<void(const Told*, const Told*)>& changed);

}  // namespace handslag::app
