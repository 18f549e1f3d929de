// SPDX-License-Identifier: Apache-2.0
// The zones of pure/calendar as readers of files and requests know them.
#pragma once

#include <string_view>

#include "pure/calendar/calendars.h"
#include "pure/model/local_times.h"

namespace handslag::app {

/// Keeps the calendars. Any thread.
class Zones final : public model::LocalTimesSource {
 public:
  explicit Zones(const calendar::Calendars& calendars) : calendars_(calendars) {}
  const model::LocalTimes* find(std::string_view zone) const override {
    const auto found = calendars_.zone(zone);
    return found.ok() ? *found : nullptr;
  }

 private:
  const calendar::Calendars& calendars_;
};

}  // namespace handslag::app
