// SPDX-License-Identifier: Apache-2.0
// Which instances of a customer are somebody's to do, when they failed, and which of the broken ones are owed
// even so. Pure.
#pragma once

#include "app/frontline/reading.h"
#include "pure/model/verdict.h"
#include "pure/promise/ast.h"

namespace handslag::app {

/// True for the forms that are kept by doing something (R1, R7, R10, and R5 `at least`, `exactly`); the
/// others are kept by letting something be.
bool is_to_be_done(const promise::Rule& rule);

/// A broken R1 or R10 whose last step has not come since, nor what calls it off, for the same keys; of a
/// promise that is about more than the moment (an hour at least: nobody is owed the answer to a call that is
/// over). Guards of the last step are not looked at: what looks like it counts as come.
bool is_still_owed(const promise::Rule& rule, const model::Instance& instance, const Reading& reading);

/// When an instance that is broken or late failed: of what was to be done, when it was due; of the rest, when
/// the event came that broke it; where neither is known, its activation.
Timestamp failed_at(const promise::Rule& rule, const model::Instance& instance,
                    const model::Verdicts& verdicts, const model::Columns& columns);

/// The event has the same values of the keys as the other, none of them missing.
bool same_keys(const promise::Same& same, model::EventIndex a, model::EventIndex b,
               const model::Columns& columns);

}  // namespace handslag::app
