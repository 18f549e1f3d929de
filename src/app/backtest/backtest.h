// SPDX-License-Identifier: Apache-2.0
// `handslag backtest`: a draft over all history beside the version in force, and whose verdicts change
// (P-15). Nothing is stored.
#pragma once

#include <string>

#include "app/evaluate/evaluation.h"
#include "app/language/json.h"
#include "app/session.h"

namespace handslag::app {

struct BacktestOptions {
  std::string draft;       // a .promise file
  std::string against;     // id of a promise in force; empty: the draft's own id
  std::size_t limit = 20;  // changed instances to list; 0: all
  bool json = false;
};

Status backtest(const Session& session, const BacktestOptions& options);

/// A draft beside what is in force, to be evaluated; the draft is its first id. NotFound where none of
/// `in_force` is called `against` (empty: the draft's own id).
Result<PromiseSet> draft_beside(const PromiseSet& in_force, const promise::Promise& draft,
                                const std::string& against);
/// What the evaluation of that set says, as JSON; `limit` 0: all changes.
Json backtest_json(const Evaluation& evaluation, std::size_t limit);

}  // namespace handslag::app
