// SPDX-License-Identifier: Apache-2.0
// Questions over the whole log go the batch way on a worker, over a log that holds all that was accepted.
#pragma once

#include <memory>
#include <vector>

#include "app/api/services.h"
#include "app/evaluate/evaluation.h"

namespace handslag::app {

/// What a worker needs of the live system, taken on its thread. The log then holds all that was taken.
struct Basis {
  PromiseSet promises;
  std::vector<store::LiveSource> sources;
  Timestamp now;
  Status status;
};

/// `status`: Unavailable where the live system stands still, and what the commit said.
Basis basis_of(const Services& services);

/// As evaluate(), by the clock of this moment. On a worker; seconds where the log is long.
Result<std::unique_ptr<Evaluation>> evaluate_now(const Services& services, PromiseSet set, const Basis& basis,
                                                 EvaluationRequest request);

}  // namespace handslag::app
