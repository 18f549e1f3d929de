// SPDX-License-Identifier: Apache-2.0
// The events of one record together, so that what takes them can take them whole or not at all.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "pure/model/event.h"

namespace handslag::app {

/// One thread. Memory: one record's events.
class WholeRecords {
 public:
  /// True where `event` begins another record than those kept: take these, and clear, before adding it.
  bool is_next_record(const model::Event& event) const {
    return used_ > 0 && events_.front().record != event.record;
  }
  /// Keeps a copy.
  void add(const model::Event& event, std::uint64_t line) {
    if (used_ == events_.size()) events_.emplace_back();
    events_[used_++] = event;
    line_ = line;
  }
  std::span<const model::Event> events() const { return {events_.data(), used_}; }
  std::uint64_t line() const { return line_; }
  void clear() { used_ = 0; }

 private:
  std::vector<model::Event> events_;  // the first `used_` of them; their memory is used again
  std::size_t used_ = 0;
  std::uint64_t line_ = 0;
};

}  // namespace handslag::app
