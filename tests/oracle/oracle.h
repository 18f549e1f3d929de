// SPDX-License-Identifier: Apache-2.0
// The slow and obvious evaluator, written from contract/promises.md and from nothing else: for every
// activation it looks at all events, literally by the text. What the product computes is compared with it. It
// shares no code with the product but the plain values (ast.h, model) and the calendars behind
// model::TimeRules.
//
// oracle.cc says who is asked what (P-2, P-5, P-6, P-14, P-15), reading.h what a rule may ask of a timeline,
// response.cc is R1, chain.cc R10, forms.cc the rest. Cost: cubic in the events of a customer, at worst.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pure/model/event.h"
#include "pure/model/horizon.h"
#include "pure/model/time_rules.h"
#include "pure/model/verdict.h"
#include "pure/promise/evaluate.h"

namespace handslag::oracle {

using Events = std::vector<model::Event>;

/// Everything a verdict depends on.
struct World {
  std::vector<Events> customers;  // [0] is the organisation (P-1); each in the order of P-2, see sort()
  std::map<std::string, std::int32_t> ranks;  // of types; absent: 0
  std::vector<std::string> types;             // by TypeCode, as the horizons name them
  model::Horizons horizons;
};

/// True where `a` stands before `b` (P-2).
bool stands_before(const model::Event& a, const model::Event& b,
                   const std::map<std::string, std::int32_t>& ranks);

/// Puts every customer's events in the order of P-2.
void sort(World& world);

/// An event by its place on a sorted timeline.
struct Place {
  bool organisation = false;  // on the organisation's timeline, as a condition for a customer
  std::size_t index = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

/// model::Instance in words that need no columns.
struct Judged {
  std::size_t activation = 0;  // index on the customer's own timeline
  Timestamp due = kNoTime;
  model::Verdict verdict = model::Verdict::Pending;
  model::UnknownCause unknown = model::UnknownCause::None;
  bool is_final = false;
  bool is_rescued = false;
  std::uint8_t step = model::kNoStep;
  bool holds_now = false;
  std::vector<Place> witnesses;
  std::int64_t slack_us = 0;
  std::int64_t business_slack_us = 0;
  friend bool operator==(const Judged&, const Judged&) = default;
};

/// The instances of one version for one customer, by activation. REQUIRES: a sorted world; calendar and zone
/// are known.
std::vector<Judged> judge(const promise::Version& version, const World& world, std::size_t customer,
                          const model::TimeRulesSource& rules);

/// P-5, P-6, D-5: what the sources say about this rule.
promise::Horizon horizon_of(const promise::Rule& rule, const World& world);

}  // namespace handslag::oracle
