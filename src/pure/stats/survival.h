// SPDX-License-Identifier: Apache-2.0
// How long something takes where not all of it has happened yet. What is still waited for counts: it has
// taken longer than it has waited so far. Leaving it out would make every promise look better than it is.
//
// The product-limit estimate of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
// observations", JASA 53 (1958) 457–481, with M. Greenwood's variance. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "pure/stats/share.h"

namespace handslag::stats {

/// One that came after `us`, or that had not come when it had been waited for so long.
struct Wait {
  std::int64_t us = 0;
  bool has_come = false;
  friend bool operator==(const Wait&, const Wait&) = default;
};

class Survival {
 public:
  /// Of those that waited longer than `waited` (all by default): what is known of one that has waited so long
  /// itself. Where one comes at the very instant when another is given up, it comes first. Cost: n log n.
  explicit Survival(std::span<const Wait> waits, std::int64_t waited = -1);

  std::size_t size() const { return size_; }
  /// How many of them came.
  std::size_t come() const { return come_; }

  /// The share that has come by `us` at the latest. Nothing of none.
  std::optional<double> share_by(std::int64_t us) const;
  /// How sure that is, 95 %: Wilson's interval with the number of trials that has Greenwood's variance
  /// (K. J. Rothman, "Estimation of confidence limits for the cumulative probability of survival in life
  /// table analysis", Journal of Chronic Diseases 31 (1978) 557–560). At 0 and 1, where that variance says
  /// nothing, trials are those that were watched for so long.
  std::optional<Interval> interval_by(std::int64_t us) const;
  /// The first time by which at least this share has come; nothing where so many never did.
  /// REQUIRES: 0 < share ≤ 1.
  std::optional<std::int64_t> time_of(double share) const;

 private:
  struct Step {
    std::int64_t us = 0;
    double waiting = 1;    // the share that still waits after it
    double greenwood = 0;  // the sum that makes the variance: waiting² × greenwood
  };
  const Step* last_step(std::int64_t us) const;

  std::size_t size_ = 0, come_ = 0;
  std::vector<Step> steps_;             // a step each time when some came, ascending
  std::vector<std::int64_t> given_up_;  // when waiting for those ended that had not come, ascending
};

}  // namespace handslag::stats
