// SPDX-License-Identifier: Apache-2.0
// Who in a unit is told before a promise breaks, how and how often. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/language/json.h"
#include "app/terminal/terminal.h"
#include "base/result.h"

namespace handslag::app {

enum class Interval : std::uint8_t { AtOnce, Hourly, Daily };

struct Recipient {
  std::string name;
  std::string mail;          // an address; empty: none
  std::int64_t webhook = 0;  // its number; 0: none
  Language language = Language::Swedish;
  Interval interval = Interval::Hourly;
  std::uint32_t most = 20;  // items that a digest names; the others are counted
  friend bool operator==(const Recipient&, const Recipient&) = default;
};
inline constexpr std::size_t kMaxRecipients = 20;  // of a unit
inline constexpr std::uint32_t kMaxListedItems = 200;

/// [{"name", "mail", "webhook", "language", "interval", "most"}, …]. Invalid names place and remedy.
Result<std::vector<Recipient>> read_recipients(const Json& list);
Json recipient_json(const Recipient& recipient);

}  // namespace handslag::app
