// SPDX-License-Identifier: Apache-2.0
// `handslag explain`: the instances behind the figures, each with its witnesses and one sentence why
// (contract/explain.schema.json).
#pragma once

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

/// The instances of an evaluation, text or JSON as asked, to terminal.out. Limit: more than `most` would be
/// shown.
Status print_explained(store::EventLog& log, const Evaluation& evaluation, const ExplainOptions& options,
                       std::size_t most, const Terminal& terminal);

/// The same of an evaluation at hand, as JSON. `options.promises` and `customer` had their say before.
Result<Json> explain_json(store::EventLog& log, const Evaluation& evaluation, const ExplainOptions& options,
                          Language language);

}  // namespace handslag::app
