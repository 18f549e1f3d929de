// SPDX-License-Identifier: Apache-2.0
// What was last told of every instance: 16 bytes each. The live path holds a new evaluation of a customer
// against it, and what differs is a change. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "pure/model/columns.h"
#include "pure/model/verdict.h"

namespace handslag::app {

/// An instance goes by version and activation: the row of the event that put it in force. Whether a verdict
/// is final is not kept: it becomes so without anybody being told.
struct Told {
  std::uint32_t activation_row = 0;
  std::uint16_t version = 0;
  model::Verdict verdict = model::Verdict::Pending;
  Timestamp due = kNoTime;

  friend bool operator==(const Told&, const Told&) = default;
};

/// Pending or overdue.
bool is_open(model::Verdict verdict);

/// Told of one customer's instances, in the order that ToldVerdicts keeps: version, activation row.
std::vector<Told> told_of(std::span<const model::Instance> instances, const model::Columns& columns);

class ToldVerdicts {
 public:
  /// Of all customers, as a batch evaluation gave them: ordered by customer.
  void reset(const model::Verdicts& verdicts, const model::Columns& columns);

  std::span<const Told> of(model::CustomerIndex customer) const;
  void replace(model::CustomerIndex customer, std::vector<Told> told);
  /// What was told of `absorbed` counts as told of `into`.
  void join(model::CustomerIndex into, model::CustomerIndex absorbed);
  /// Everything, by version and activation row.
  std::vector<Told> all() const;
  std::size_t size() const { return size_; }

 private:
  std::vector<std::uint32_t> offsets_;  // into base_, by customer
  std::vector<Told> base_;
  std::unordered_map<model::CustomerIndex, std::vector<Told>> newer_;  // instead of the base's
  std::size_t size_ = 0;
};

/// Calls changed(before, after) for every instance of which the two lists differ; null where one lacks it.
/// REQUIRES: both ordered by version, activation row.
void each_difference(std::span<const Told> before, std::span<const Told> after,
                     const std::function<void(const Told*, const Told*)>& changed);

}  // namespace handslag::app
