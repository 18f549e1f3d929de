// SPDX-License-Identifier: Apache-2.0
// `handslag explain`: the instances behind the figures, each with its witnesses and one sentence why
// (contract/explain.schema.json).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/evaluate/evaluation.h"
#include "app/language/json.h"
#include "app/session.h"
#include "pure/model/verdict.h"

namespace handslag::app {

struct ExplainOptions {
  std::string promise;                // id
  std::vector<std::string> promises;  // files and folders; empty: those in force
  std::string customer;               // "c42" or "type:value"; empty: all
  std::optional<model::Verdict> verdict;
  std::size_t limit = 20;  // 0: all
  bool json = false;
};

Status explain(const Session& session, const ExplainOptions& options);

/// The one promise of the set, all its versions. NotFound, with the nearest id.
Result<PromiseSet> only_promise(const PromiseSet& set, const std::string& id);

/// Instances and what they rest on; everything is borrowed for the call.
struct ExplainedInstances {
  const PromiseSet& promises;
  const calendar::Calendars& calendars;
  const promise::Program& program;
  const model::Columns& columns;
  /// By customer, promise, activation (D-17): all, or of everybody of whom one is shown.
  const model::Verdicts& verdicts;
  std::function<std::string(model::CustomerIndex)> name;
  /// Of those that options ask for, limit aside: more than `verdicts` has, where that is of some alone.
  std::size_t found = 0;
  bool has_any = false;  // whatever options ask for

  const promise::Version& version_of(const model::Instance& instance) const;
  const model::TimeRules& rules_of(const model::Instance& instance) const;
  std::span<const model::EventIndex> witnesses_of(const model::Instance& instance) const;
};

ExplainedInstances explained_of(const Evaluation& evaluation, const ExplainOptions& options);

/// How many of `found` are shown.
std::size_t shown_of(std::size_t found, const ExplainOptions& options);

/// Text or JSON as asked, to terminal.out. `options.promises` and `customer` had their say before. Limit:
/// more than `most` would be shown.
Status print_explained(store::EventLog& log, const ExplainedInstances& explained,
                       const ExplainOptions& options, std::size_t most, const Terminal& terminal);

/// The same as JSON.
Result<Json> explain_json(store::EventLog& log, const ExplainedInstances& explained,
                          const ExplainOptions& options, Language language);

}  // namespace handslag::app
