// SPDX-License-Identifier: Apache-2.0
// What publishing would change, told before it is in force: each draft's promise as it stands beside the same
// with the draft in it, over all history, by one clock. Nothing is stored.
//
//   HANDSLAG_TRY(evaluation, evaluate(directory, before_and_after(in_force, drafts), {}, session));
//   Json told = difference_json(*evaluation, drafts[0].promise.id);
#pragma once

#include <span>
#include <string>

#include "app/backtest/comparison.h"
#include "app/evaluate/evaluation.h"

namespace handslag::app {

struct PublicationDraft {
  promise::Promise promise;
  Timestamp from;  // judges what is activated from here on, instead of the version before it
};

/// What is to be evaluated: of each draft's promise the versions in force, and those that would be.
PromiseSet before_and_after(const PromiseSet& in_force, std::span<const PublicationDraft> drafts);

/// {"promise", "changed", "customers", "moves": [{"from", "to", "instances", "customers"}], "before",
/// "after"}; before is null where the promise is not in force.
Json difference_json(const Evaluation& evaluation, const std::string& id);

/// The same in a few lines for people.
void print_difference(const Evaluation& evaluation, const std::string& id, const Terminal& terminal);

}  // namespace handslag::app
