// SPDX-License-Identifier: Apache-2.0
// The wall clock behind an interface, so that no code below main reads it by itself. Any thread.
#pragma once

#include <atomic>

#include "base/time.h"

namespace handslag::runtime {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
};

class WallClock final : public Clock {
 public:
  Timestamp now() const override;
};

/// Stands still until it is set; for tests and for --now. Any thread.
class SetClock final : public Clock {
 public:
  explicit SetClock(Timestamp now) : now_(now) {}
  Timestamp now() const override { return now_.load(); }
  void set(Timestamp now) { now_.store(now); }

 private:
  std::atomic<Timestamp> now_;
};

}  // namespace handslag::runtime
