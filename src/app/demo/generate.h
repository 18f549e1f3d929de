// SPDX-License-Identifier: Apache-2.0
// The demo: a Nordic telecom group of two merged companies, Nord and Fjord, as their systems saw a year.
// Every customer is made up; identity numbers are official test numbers. The same options give the same
// events on every machine: chance is splitmix64 in whole numbers. shares.h holds how often what goes wrong;
// packs/telecom/README.md tells the stories.
//
// Cost: about 50 events a customer and year; 90 bytes an event while it runs; some 400,000 events a second.
// One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "pure/model/event.h"
#include "pure/model/time_rules.h"

namespace handslag::demo {

struct DemoOptions {
  std::uint32_t customers = 20'000;  // 1 or more; the first is Karin
  std::uint32_t months = 12;         // 1 or more; whole months, the first is that of `first_day`
  std::uint64_t seed = 1;
  Date first_day{20'393};  // 2025-11-01, so that twelve months end with October 2026
};

/// customers × months may not pass this, which keeps memory below some 4 GB.
inline constexpr std::uint64_t kMostCustomerMonths = 12'000'000;

/// What a source says of itself when it is imported (P-5).
struct DemoSource {
  std::string name;
  Timestamp history_start;
  Timestamp complete_through;
};

/// Calls `receive` with every event: source after source, each in time order, with `sequence` from 1, an id
/// that no other event has, and `known` where the source told us later than it happened. `rules` give local
/// days and working days. Stops at the first failure of `receive` and returns it. Invalid where the options
/// are out of bounds.
Status generate(const DemoOptions& options, const model::TimeRules& rules,
                const std::function<Status(const DemoSource&, const model::Event&)>& receive);

}  // namespace handslag::demo
