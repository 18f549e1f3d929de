// SPDX-License-Identifier: Apache-2.0
// The way that every question goes: settings and promises → the columns they need → compiled → every customer
// evaluated, on all cores → verdicts. gap, explain and backtest differ only in what they tell of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/promises/promise_set.h"
#include "app/session.h"
#include "app/settings/settings.h"
#include "io/store/data_directory.h"
#include "io/store/load.h"
#include "pure/calendar/calendars.h"
#include "pure/model/verdict.h"

namespace handslag::app {

/// Everything that a report may want to look at. Its parts refer to each other, so it stays where it was
/// made.
struct Evaluation {
  Evaluation() = default;
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;

  PromiseSet promises;
  Settings settings;
  std::unique_ptr<calendar::Calendars> calendars;
  store::Loaded loaded;
  std::shared_ptr<const promise::Program> program;
  model::Verdicts verdicts;

  const promise::Version& version_of(const model::Instance& instance) const;
  /// The zone and calendar of a version's promise.
  const model::TimeRules& rules_of(std::uint32_t version) const;
  const model::TimeRules& rules_of(const promise::Promise& promise) const;
  std::span<const model::EventIndex> witnesses_of(const model::Instance& instance) const;
};

struct EvaluationRequest {
  std::vector<std::string> by;  // names to cut by
  std::string customer;         // evaluate this one alone; empty: all
  /// Instead of the directory's records, for a thread that must not read them.
  std::optional<std::vector<store::LiveSource>> live_sources = {};
};

/// Errors: of the store; Invalid where a promise cannot run here (unknown calendar or zone), naming each.
Result<std::unique_ptr<Evaluation>> evaluate(store::DataDirectory& directory, PromiseSet promises,
                                             const EvaluationRequest& request, const Session& session);

/// One promise that cannot run here does not stop the others: it is noted. Invalid where none of these
/// `versions` can.
Status report_problems(const std::vector<promise::CompileProblem>& problems, std::size_t versions,
                       const Terminal& terminal);

/// The zone and calendar of a promise; those of the house for one that cannot run here.
const model::TimeRules& rules_of(const promise::Promise& promise, const calendar::Calendars& calendars);

/// Every customer, on all cores.
Result<model::Verdicts> evaluate_all(const promise::Program& program, const model::Columns& columns);

/// The promises of `paths`, or without any those in force in the directory. Invalid with what to do where
/// there are none.
Result<PromiseSet> choose_promises(store::DataDirectory& directory, const std::vector<std::string>& paths,
                                   const Terminal& terminal);

/// That none is in force here, and what to do.
Error no_promises(const Terminal& terminal);

/// All versions that judge anything, withdrawn ones up to their withdrawal.
Result<PromiseSet> promises_in_force(store::DataDirectory& directory);

/// Invalid names each promise whose zone or calendar this installation does not have: it cannot run.
Status require_time_rules(const PromiseSet& promises, const calendar::Calendars& calendars);

/// How the store is to be loaded for this installation.
store::LoadOptions load_options(const Settings& settings, const Session& session);

/// --data DIR opened for reading, with a hint what to do where it is not there.
Result<store::DataDirectory> open_for_reading(const Session& session, const std::string& purpose);

/// The wall clock, or --now.
Timestamp current_time(const Session& session);

}  // namespace handslag::app
