// SPDX-License-Identifier: Apache-2.0
// The events that the store's benchmarks use: orders and deliveries of many customers, each with a key and
// one attribute. Deterministic.
#pragma once

#include <cstdint>
#include <string>

#include "pure/model/event.h"

namespace handslag::bench {

/// Fills the event with number `i` of `total`; about `customers` customers.
inline void fill_event(std::uint64_t i, std::uint64_t customers, model::Event& event) {
  constexpr std::int64_t kFirst = 1'735'689'600 * kMicrosPerSecond;  // 2025-01-01
  const std::uint64_t order = i / 2;
  std::uint64_t mixed = order * 0x9E37'79B9'7F4A'7C15ULL;
  mixed ^= mixed >> 29U;
  event.clear();
  event.source = "webshop";
  event.type = i % 2 == 0 ? "order.placed" : "order.delivered";
  event.time = {kFirst + static_cast<std::int64_t>(i) * 1'500'000};
  event.sequence = static_cast<std::int64_t>(i) + 1;
  event.record = i + 1;
  event.part = 1;
  event.subject.push_back({"customer_no", std::to_string(mixed % customers)});
  event.keys.push_back({"order", "A-" + std::to_string(order)});
  event.data.push_back({"amount", static_cast<double>(mixed % 1000)});
}

}  // namespace handslag::bench
