// SPDX-License-Identifier: Apache-2.0
// The product's evaluator against the oracle, and how a difference is made small and shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/columns_from_events.h"
#include "tests/oracle/oracle.h"

namespace handslag::oracle {

/// Where the two differ.
struct Difference {
  std::size_t version = 0;
  std::size_t customer = 0;
};

/// Evaluates all versions together, as the product does, for every customer.
std::vector<Answer> product_answers(const std::vector<promise::Version>& versions, const World& world,
                                    const model::Columns& columns, const model::TimeRulesSource& rules);
/// In the same order: customer, version, activation.
std::vector<Answer> oracle_answers(const std::vector<promise::Version>& versions, const World& world,
                                   const model::Columns& columns, const model::TimeRulesSource& rules);

/// Nothing where they agree in all they say.
std::optional<Difference> compare(const std::vector<promise::Version>& versions, const World& world,
                                  const model::TimeRulesSource& rules);

/// The smallest world and promise found that still differ, with both answers, for a person to read.
std::string explain(const Difference& difference, const std::vector<promise::Version>& versions,
                    const World& world, const model::TimeRulesSource& rules);

}  // namespace handslag::oracle
