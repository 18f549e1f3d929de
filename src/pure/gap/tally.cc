// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/tally.h"

#include "pure/stats/percentile.h"

namespace handslag::gap {
namespace {

std::optional<Lateness> lateness(std::vector<std::int64_t>& values) {
  if (values.empty()) return std::nullopt;
  return Lateness{stats::percentile(values, 50).value(), stats::percentile(values, 90).value()};
}

}  // namespace

Counts Tally::counts() const {
  using model::Verdict;
  const std::int64_t kept = count(Verdict::Kept);
  return {.kept = kept,
          .settled = kept + count(Verdict::Late) + count(Verdict::Broken),
          .open = count(Verdict::Pending) + count(Verdict::Overdue)};
}

Summary Tally::summary() {
  using model::Verdict;
  Summary summary;
  for (const std::int64_t of_one : verdicts_) summary.instances += of_one;
  summary.kept = count(Verdict::Kept);
  summary.late = count(Verdict::Late);
  summary.broken = count(Verdict::Broken);
  summary.pending = count(Verdict::Pending);
  summary.overdue = count(Verdict::Overdue);
  summary.void_ = count(Verdict::Void);
  summary.unknown = count(Verdict::Unknown);
  summary.rescued = rescued_;
  summary.customers = customers_;
  summary.customers_with_broken = customers_with_broken_;
  summary.rate = rate(counts());
  summary.wilson = stats::wilson_95(summary.kept, summary.settled());
  summary.certainty = certainty(counts());
  summary.late_by = lateness(late_by_us_);
  summary.late_by_business = lateness(late_by_business_us_);
  return summary;
}

}  // namespace handslag::gap
