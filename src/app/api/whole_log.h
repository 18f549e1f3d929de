// SPDX-License-Identifier: Apache-2.0
// Questions over everything: counted from what the live system has told, where that is enough; else the batch
// way on a worker, over a log that holds all that was accepted.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "app/api/services.h"
#include "app/evaluate/evaluation.h"

namespace handslag::app {

/// What the live system has told, when all that was taken is evaluated. Waits for that; on a worker.
/// Unavailable where it stands still.
Result<LiveVerdicts> verdicts_of(const Services& services);

/// What a worker needs of the live system, taken on its thread. The log then holds all that was taken.
struct Basis {
  PromiseSet promises;
  std::vector<store::LiveSource> sources;
  Timestamp now;
  Status status;
};

/// `status`: Unavailable where the live system stands still, and what the commit said.
Basis basis_of(const Services& services);

/// The versions of the promise with this id; of all where it is empty. NotFound.
Result<PromiseSet> chosen_promises(const Basis& basis, std::string_view id);
Error no_such_promise(std::string_view id);

/// As evaluate(), by the clock of this moment. On a worker; seconds where the log is long.
Result<std::unique_ptr<Evaluation>> evaluate_now(const Services& services, PromiseSet set, const Basis& basis,
                                                 EvaluationRequest request);

}  // namespace handslag::app
