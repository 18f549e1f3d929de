// SPDX-License-Identifier: Apache-2.0
// One sentence in plain language: why this instance has this verdict (P-9). English and Swedish.
#pragma once

#include <span>
#include <string>

#include "app/evaluate/evaluation.h"
#include "app/terminal/terminal.h"
#include "pure/model/columns.h"
#include "pure/model/time_rules.h"
#include "pure/model/verdict.h"
#include "pure/promise/ast.h"
#include "pure/promise/evaluate.h"

namespace handslag::app {

/// What the sentence is about; everything is borrowed for the call.
struct Explained {
  const promise::Promise& promise;
  const model::Instance& instance;
  std::span<const model::EventIndex> witnesses;
  const model::Columns& columns;
  const model::TimeRules& rules;
  promise::Horizon horizon;
};

/// "order.placed 2026-03-02 10:00: order.delivered came 2026-03-07 09:00, 1 d 9 h after it was due
/// (2026-03-05 24:00)."
std::string sentence(const Explained& explained, Language language);

/// The same of an instance of an evaluation.
std::string sentence(const Evaluation& evaluation, const model::Instance& instance, Language language);

}  // namespace handslag::app
