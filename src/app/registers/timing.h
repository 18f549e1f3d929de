// SPDX-License-Identifier: Apache-2.0
// When an answer is due, and when the clock has something to tell of a record. Pure; any thread.
#pragma once

#include <optional>

#include "app/registers/record.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

/// The bit of RegisterRecord::told that says "past due was told"; the lower ones are the escalations'.
inline constexpr std::uint32_t kToldPastDue = 1U << 31U;

/// The due time after `record` has come into row.state at `at`: by the first rule for that state, else what
/// it was.
std::optional<Timestamp> due_on_entering(const Definition& definition, const Record& record, Timestamp at,
                                         const model::TimeRules& rules);

/// The due time after values have changed from `before`: anew where a rule's own field is another now.
std::optional<Timestamp> due_on_change(const Definition& definition, const Json& before, const Record& record,
                                       const model::TimeRules& rules);

/// What the clock does first of all that lies before it.
struct ClockStep {
  Timestamp at;                            // from when on
  const Escalation* escalation = nullptr;  // null: the due time has passed
  std::uint32_t bit = 0;
};
/// Nothing where the clock has nothing to tell any more, until a person does something.
std::optional<ClockStep> next_step(const Definition& definition, const store::RegisterRecord& row,
                                   const model::TimeRules& rules);

/// The bits of what the clock has told of row.due, state and all, when it looked last at `at`.
std::uint32_t told_of_due_by(const Definition& definition, const store::RegisterRecord& row, Timestamp at,
                             const model::TimeRules& rules);

}  // namespace handslag::app
