// SPDX-License-Identifier: Apache-2.0
// Somebody outside the watch who must not miss a change, across restarts and kill -9 (app/notices). The log
// moves on only when she holds durably what has been told; after a start she says where telling goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace handslag::app {

/// Up to where all that changed has been told. What was told can be worked out again from it.
struct ToldState {
  std::uint32_t import = 0;  // with the events of the log up to this import
  Timestamp clock;           // by this clock
  std::string premises;      // and by these (premises.h)
};

/// Called on the watch's thread.
class Follower {
 public:
  virtual ~Follower() = default;

  /// The log holds imports up to this one. The latest state that is known to have been told; what differs
  /// from it is to be told now. None: nothing is known, and what the start finds is no change.
  virtual Result<std::optional<ToldState>> resume(std::uint32_t last_import) = 0;

  /// What was told cannot be worked out: whoever listens is to be told that something is missing since.
  virtual Status lose(const ToldState& told, Timestamp now) = 0;

  /// All that changed up to this state is in the feed. An Error holds the log back.
  virtual Status keep(const ToldState& told) = 0;
};

}  // namespace handslag::app
