// SPDX-License-Identifier: Apache-2.0
// Two readings of the same history beside each other, activation by activation. Pure.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "app/language/json.h"
#include "pure/model/verdict.h"

namespace handslag::app {

using VerdictCounts = std::array<std::uint64_t, model::kVerdicts>;

/// One activation that the two judge differently; null where only the other has an instance of it.
struct VerdictChange {
  const model::Instance* before = nullptr;
  const model::Instance* after = nullptr;
  const model::Instance& either() const { return after != nullptr ? *after : *before; }
};

struct Comparison {
  VerdictCounts before{}, after{};
  std::vector<VerdictChange> changes;  // by customer, activation
};

/// Which of the two readings an instance belongs to; nothing: to neither.
enum class Reading : std::uint8_t { Before, After };
/// The comparison points into `verdicts`.
Comparison compare_readings(const model::Verdicts& verdicts,
                            const std::function<std::optional<Reading>(const model::Instance&)>& reading_of);

/// How many changed from which verdict to which; none: no instance.
using VerdictMove = std::pair<std::optional<model::Verdict>, std::optional<model::Verdict>>;
struct MoveCounts {
  std::uint64_t instances = 0, customers = 0;
};
std::map<VerdictMove, MoveCounts> moves_of(const Comparison& comparison);

/// Kept of what is settled; nothing where nothing is.
std::optional<double> rate_of(const VerdictCounts& counts);
/// {"kept": 1, …, "rate": 0.5}
Json counts_json(const VerdictCounts& counts);

}  // namespace handslag::app
