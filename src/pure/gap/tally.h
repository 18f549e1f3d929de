// SPDX-License-Identifier: Apache-2.0
// What is counted of one slice of a promise: all of it, a group, a period.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "pure/gap/judge.h"
#include "pure/gap/summary.h"
#include "pure/model/verdict.h"

namespace handslag::gap {

/// One thread. Instances come in ascending order of customers.
class Tally {
 public:
  void add(const model::Instance& instance, bool is_business) {
    using model::Verdict;
    ++verdicts_[static_cast<std::size_t>(instance.verdict)];
    unseen_ += instance.unknown == model::UnknownCause::ShortHistory ? 1 : 0;
    rescued_ += instance.is_rescued ? 1 : 0;
    if (instance.customer != model::kOrganisation) count_customer(instance);
    if (instance.verdict != Verdict::Late) return;
    late_by_us_.push_back(-instance.slack_us);
    if (is_business) late_by_business_us_.push_back(-instance.business_slack_us);
  }

  Counts counts() const;
  /// Those that history is too short to judge.
  std::int64_t unseen() const { return unseen_; }
  /// All but the target's state. Reorders what it holds.
  Summary summary();

 private:
  std::int64_t count(model::Verdict verdict) const { return verdicts_[static_cast<std::size_t>(verdict)]; }
  void count_customer(const model::Instance& instance) {
    customers_ += instance.customer != last_customer_ ? 1 : 0;
    last_customer_ = instance.customer;
    if (instance.verdict != model::Verdict::Late && instance.verdict != model::Verdict::Broken) return;
    customers_with_broken_ += instance.customer != last_with_broken_ ? 1 : 0;
    last_with_broken_ = instance.customer;
  }

  std::array<std::int64_t, model::kVerdicts> verdicts_{};
  std::int64_t unseen_ = 0;
  std::int64_t rescued_ = 0, customers_ = 0, customers_with_broken_ = 0;
  model::CustomerIndex last_customer_ = model::kOrganisation, last_with_broken_ = model::kOrganisation;
  std::vector<std::int64_t> late_by_us_, late_by_business_us_;
};

}  // namespace handslag::gap
