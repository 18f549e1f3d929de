// SPDX-License-Identifier: Apache-2.0
// What came of promises that did not hold, over a period: whom we let down and how often, which contacts it
// cost and who met them, whose act it was, which chains of contacts go on, and what customers felt. A
// customer is added at a time; nobody who works here is named. Pure.
//
//   Caused caused(period, versions, lessons);
//   caused.add({columns, place, verdicts}, "c12");      // everybody; whom nothing concerns may be left out
//   Json json = caused_json(caused.told());
//
// (1) Let down is who has an instance that is broken or late and failed (still_owed.h) in the period.
// (2) A contact (contact.started in the period) came of a promise where find_cause (cause.h) finds one that
//     shares its order or its matter. Nearness in time alone says too little to be summed up.
// (3) A chain is a matter (matters.h) with two contacts at least. It goes on where the last of them came
// within
//     kGoingOn of the period's end, and what it is about has not been closed since.
// (4) Felt is survey.answered with `measure` nps: 0–6, 7–8, 9–10; by whether she was let down in the thirty
// days
//     before she answered.
//
// Cost of a customer: her events, her instances, and her contacts × her instances.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "app/frontline/matters.h"
#include "app/frontline/reading.h"
#include "app/language/json.h"
#include "pure/model/verdict.h"
#include "pure/promise/evaluate.h"

namespace handslag::app {

inline constexpr std::int64_t kGoingOn = 14 * kMicrosPerDay;
inline constexpr std::size_t kMostChains = 50;

/// Names whose values must be in the columns: the card's, and what surveys say.
std::vector<std::string> caused_names();

struct CausedPeriod {
  Timestamp from, to;  // from ≤ t ≤ to
};

/// Where a unit's promises touch customers.
struct LetDownAt {
  std::string unit, touchpoint;                   // empty without
  std::uint64_t times = 0;                        // instances
  std::uint64_t customers = 0, again = 0;         // again: let down more than once, here
  std::uint64_t contacts = 0, met_elsewhere = 0;  // that came of it; met by another unit
};

/// One promise, by the unit of the event that broke it; empty where nothing came and the due time passed.
struct BrokenBy {
  std::string promise, title, unit, made_by, broken_by;
  std::uint64_t times = 0, customers = 0;
};

/// Contacts that came of a promise, by the unit that met them.
struct MetBy {
  std::string promise, title, unit, met_by;
  std::uint64_t contacts = 0, customers = 0;
};

struct ChainGoingOn {
  std::string customer, matter, kind, reason;
  std::size_t contacts = 0;
  Timestamp first, last;
  std::vector<std::string> met_by;   // units, each once, in the order in which she met them
  std::string promise, title, unit;  // behind the last contact; empty where none was found
};

struct FeltParts {
  std::uint64_t unhappy = 0, neither = 0, happy = 0;
};

struct CausedTold {
  CausedPeriod period;
  std::vector<LetDownAt> places;  // what cost most contacts first
  std::vector<BrokenBy> broken;   // by promise and broken_by
  std::vector<MetBy> met;         // by promise and met_by
  std::size_t chains_going_on = 0;
  std::vector<ChainGoingOn> longest;  // at most kMostChains; none of a protected customer
  FeltParts felt_let_down, felt_others;
};

class Caused {
 public:
  struct One {
    const model::Columns& columns;
    model::CustomerIndex customer;
    const model::Verdicts& verdicts;  // hers alone; at least those that are broken, late or overdue
  };

  /// Keeps the arguments.
  Caused(CausedPeriod period, std::span<const promise::Version> versions, const matter::Lessons& lessons);
  void add(const One& one, const std::string& name);
  CausedTold told() const;

 private:
  struct Failure {
    const promise::Promise* promise = nullptr;
    Timestamp at;
  };
  using Place = std::pair<std::string, std::string>;  // unit, touchpoint

  bool is_within(Timestamp time) const { return time >= period_.from && time <= period_.to; }
  bool wants_matters(const One& one, const Reading& reading) const;
  std::vector<Failure> add_failures(const One& one, const Reading& reading);
  void add_contacts(const One& one, const Reading& reading, const Matters& matters);
  void add_chains(const One& one, const Reading& reading, const Matters& matters, const std::string& name);
  void add_felt(const Reading& reading, std::span<const Failure> failures);

  const CausedPeriod period_;
  const std::span<const promise::Version> versions_;
  const matter::Lessons& lessons_;
  std::map<Place, LetDownAt> places_;
  std::map<std::pair<std::string, std::string>, BrokenBy> broken_;
  std::map<std::pair<std::string, std::string>, MetBy> met_;
  std::size_t chains_going_on_ = 0;
  std::vector<ChainGoingOn> longest_;
  FeltParts felt_let_down_, felt_others_;
};

Json caused_json(const CausedTold& told);

}  // namespace handslag::app
