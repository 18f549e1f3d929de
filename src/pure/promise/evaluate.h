// SPDX-License-Identifier: Apache-2.0
// Verdicts: one pass over a customer's events for all promises at once. The batch path and, later, the live
// path call this one function, so they cannot disagree. The meaning is contract/promises.md; the slow
// evaluator in tests/oracle is the truth that this is compared with.
//
//
//   CompileResult compiled = compile(versions, columns, horizons, calendars);
//   Evaluator evaluator(compiled.program, columns);
//   Verdicts verdicts;
//   for (CustomerIndex c = 0; c < columns.customers(); ++c) evaluator.customer(c, verdicts);
//
// Cost: O(relevant events + open instances looked at), memory O(most open instances of a customer); no
// allocation per event once the scratch space has grown.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "pure/model/columns.h"
#include "pure/model/horizon.h"
#include "pure/model/time_rules.h"
#include "pure/model/verdict.h"
#include "pure/promise/ast.h"

namespace handslag::promise {

/// One version of a promise: it judges the instances activated at from ≤ t < to (P-15), within its text's own
/// `valid from` and `valid to`.
struct Version {
  const Promise* promise = nullptr;  // kept; must outlive the program
  std::uint32_t number = 1;
  Timestamp from = kFirstTime;
  Timestamp to = kEndOfTime;
};

/// Why a well-formed promise cannot run on this installation: unknown calendar, unknown zone, a limit.
struct CompileProblem {
  std::uint32_t version = 0;  // index into the versions given
  Error error;
};

/// Which columns the promises look at. To be asked before the columns are loaded. `by` are further names to
/// cut by.
model::ColumnNeeds column_needs(const std::vector<Version>& versions,
                                const std::vector<std::string>& by = {});

/// What a version's sources say of it, for the report: horizon H, clock (P-5, P-6).
struct Horizon {
  Timestamp complete_through = kNoTime;  // H; kNoTime: no source sends any of its types
  Timestamp history_start = kNoTime;
  Timestamp clock = kNoTime;
};

class Program;  // immutable; any thread; refers to the columns and the versions it was compiled for

struct CompileResult {
  std::shared_ptr<const Program> program;
  std::vector<CompileProblem> problems;  // these versions have no instances
};

CompileResult compile(const std::vector<Version>& versions, const model::Columns& columns,
                      const model::Horizons& horizons, const model::TimeRulesSource& rules);

/// By index of the version.
Horizon horizon_of(const Program& program, std::uint32_t version);

/// Scratch space of one thread.
class Evaluator {
 public:
  /// Keeps both; they must outlive it.
  Evaluator(const Program& program, const model::Columns& columns);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// Appends this customer's instances (customer 0: the organisation's own) in the order promise, activation.
  void customer(model::CustomerIndex customer, model::Verdicts& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace handslag::promise
