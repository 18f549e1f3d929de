// SPDX-License-Identifier: Apache-2.0
// A scenario: a text file that says what happened and what the promises then say, readable without any C++.
// README.md beside it explains the words. Reading is strict: an unknown line is an error with its number.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "pure/model/calendar_definition.h"
#include "pure/model/event.h"
#include "pure/model/verdict.h"

namespace handslag::scenario {

inline constexpr std::string_view kOrganisationName = "organisation";
inline constexpr std::string_view kDefaultCustomer = "she";

/// An event as a verdict line names it: "order.placed 2026-03-02 10:00 id 7".
struct EventRef {
  std::string type;
  Timestamp time;
  std::string id;  // empty: the only one of that type and time
};

/// One verdict line. What is absent is not said, and not looked at; `rescued` is always looked at.
struct Expected {
  std::size_t line = 0;
  std::string customer;
  EventRef activation;
  model::Verdict verdict = model::Verdict::Pending;
  std::optional<std::optional<Timestamp>> due;  // inner nothing: due never
  std::optional<std::int64_t> slack_us;         // negative: late by
  std::optional<std::int64_t> business_slack_us;
  std::optional<std::vector<EventRef>> witnesses;
  std::optional<model::UnknownCause> because;
  std::optional<bool> is_final;
  bool is_rescued = false;
  std::optional<std::uint8_t> step;  // from 0; the file counts from 1
  std::optional<bool> holds_now;
  std::optional<std::uint32_t> version;
  std::optional<Timestamp> warn;
};

struct SaidEvent {
  std::string customer;
  model::Event event;
};

struct SaidPromise {
  std::size_t line = 0;
  std::string text;
  std::optional<Timestamp> from;  // a later version begins here
};

/// Everything said up to a `verdicts` section, and what it expects.
struct Stage {
  std::size_t line = 0;
  std::vector<SaidPromise> promises;
  std::vector<model::CalendarDefinition> calendars;
  std::map<std::string, std::int32_t> ranks;
  std::vector<SaidEvent> events;
  std::map<std::string, Timestamp> complete_through, history_start;  // by source; "" for all others
  std::vector<std::string> live;
  std::optional<Timestamp> now, wall;
  std::string of;  // only this promise; empty: all
  std::vector<Expected> expected;
};

/// Invalid: "line 12: …".
Result<std::vector<Stage>> read_scenario(std::string_view text);

}  // namespace handslag::scenario
