// SPDX-License-Identifier: Apache-2.0
// `handslag backtest`: a draft over all history beside the version in force, and whose verdicts change
// (P-15). Nothing is stored.
#pragma once

#include <string>

#include "app/session.h"

namespace handslag::app {

struct BacktestOptions {
  std::string draft;       // a .promise file
  std::string against;     // id of a promise in force; empty: the draft's own id
  std::size_t limit = 20;  // changed instances to list; 0: all
  bool json = false;
};

Status backtest(const Session& session, const BacktestOptions& options);

}  // namespace handslag::app
