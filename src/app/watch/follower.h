// SPDX-License-Identifier: Apache-2.0
// Somebody outside the watch who must not miss a change, across restarts and kill -9 (app/notices). The log
// moves on only when she holds durably what has been told; after a start she says where telling goes on.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "base/time.h"

namespace handslag::app {

/// Called on the watch's thread.
class Follower {
 public:
  virtual ~Follower() = default;

  /// The log stands at this position. An instant: all that changed up to it, at that position, has been told;
  /// what has changed since is to be told now. None: nothing is known, and what the start finds is no change.
  virtual Result<std::optional<Timestamp>> resume(std::uint64_t position) = 0;

  /// All that changed up to `clock` with the events up to `position` is in the feed. An Error holds the log
  /// back.
  virtual Status keep(std::uint64_t position, Timestamp clock) = 0;

  /// Everything is about to be loaded and compared anew: what that finds is lost where it is cut short.
  virtual Status begin_reload() = 0;
};

}  // namespace handslag::app
