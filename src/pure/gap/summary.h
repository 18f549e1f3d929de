// SPDX-License-Identifier: Apache-2.0
// The report's numbers (P-22 … P-26): what verdicts amount to, per promise, cut by what the activation said
// and by period.
//
//   Question question{.promises = {…}, .promise_of = {…}, .by = {"channel"}, .each = Period::Month};
//   std::vector<PromiseSummary> summaries = summarise(verdicts, columns, question);
//
// Attribution (P-24): an instance belongs to the period its due lies in, or, by start, its activation;
// without a due it is in no period (P-4). A window (from, to) is treated as a period is.
//
// Target. It is judged for each part that it names: each value of its `per` names, each of its periods; for a
// group or a period that is shown, for each part within it. The worst part is the state of the whole: who
// promises 95 % each month has not kept that with a bad month, whatever the year came to. Parts with too few
// instances are passed over where others have enough.
//
// When is "kept" or "missed" certain (P-23)? A part with an end is closed when no activation that we do not
// know yet can belong to it. Unknown activations are later than H:
//   by start: H has reached the end.
//   by due: the earliest unknown activation, at H + 1 µs, would be due after the end. due is never before the
//   activation
//     (`shortest` = 0 s), so this holds at the latest when H has reached the end (P-24). With a fixed bound
//     (within 10 days: `shortest` = 10 days) it holds earlier, because due never falls as the activation
//     grows. `no later than x` can state an x before the activation. P-24 calls the period final once H has
//     passed it; an activation that comes later and states a time in a period gone is a revision, like any
//     correction.
//   any: the promise has ended (`last_start`) and H has reached that.
// A part without an end is never closed but by that. In a closed part the target is kept when even the worst
// outcome of what is open reaches it (certainty.low), missed when even the best does not; until then, and in
// a part that is not closed, the rate decides between on course and off course. By start, an open instance
// without a due keeps the parts from its activation on from being closed: it will belong to one.
//
// Cost: one pass, a few nanoseconds an instance and promise without cuts, some ten for each cut; no
// allocation per instance but for the lateness of late ones (8 bytes for each cut).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "pure/gap/period.h"
#include "pure/model/columns.h"
#include "pure/model/duration.h"
#include "pure/model/time_rules.h"
#include "pure/model/value.h"
#include "pure/model/verdict.h"
#include "pure/stats/share.h"

namespace handslag::gap {

struct Target {
  double share = 0;                // 0.95
  std::vector<std::string> per{};  // names at the activation
  Period each = Period::None;
  std::uint32_t at_least = 0;  // fewer settled: too few
};

/// What the numbers of a promise depend on, besides its verdicts.
struct PromiseInfo {
  const model::TimeRules* rules = nullptr;  // of the promise's zone and calendar; must outlive the call
  std::optional<Target> target{};
  bool by_start = false;                 // P-24
  Timestamp complete_through = kNoTime;  // H (P-5), the least of its versions; kNoTime: no source
  model::Duration shortest{};            // an activation at t is due at rules->due(t, shortest) or later
  Timestamp last_start = kEndOfTime;     // no activation after this (valid to)
  bool is_business = false;              // the bound is business time: lateness in it is told, too
  bool breaks_in_short_history = false;  // R6: broken is told where kept would be unknown (D-35)
};

struct Question {
  std::vector<PromiseInfo> promises{};
  std::vector<std::uint32_t> promise_of{};  // by Instance::promise (a version): which of `promises`
  std::vector<std::string> by{};            // names at the activation to cut by
  Period each = Period::None;               // periods to show
  std::optional<Timestamp> from{}, to{};    // only what is attributed to from ≤ t < to
};

/// None: no target, or nothing settled.
enum class TargetState : std::uint8_t { None, TooFew, Kept, OnCourse, OffCourse, Missed };

/// "none", "too_few", "kept", "on_course", "off_course", "missed".
std::string_view target_state_name(TargetState state);

/// One part that a target names: a value of each of its `per` names, in one of its periods.
struct TargetPart {
  std::vector<model::Cell> values{};          // in the order of Target::per
  Timestamp from = kNoTime, to = kEndOfTime;  // its period; kNoTime: the target names none
  std::int64_t kept = 0, settled = 0;
  double rate() const { return static_cast<double>(kept) / static_cast<double>(settled); }
};

/// How the parts that have an instance stand: with them, the state of the whole can be read (the worst).
struct TargetParts {
  std::int64_t kept = 0, on_course = 0, off_course = 0, missed = 0;
  std::int64_t too_few = 0;    // fewer settled than the target asks for, or D-35
  std::int64_t unsettled = 0;  // nothing settled
  /// Where one is missed or off course: of those in the worst state the one of the lowest rate; of these the
  /// one with most settled, then the newest.
  std::optional<TargetPart> worst{};

  std::int64_t all() const { return kept + on_course + off_course + missed + too_few + unsettled; }
};

/// Of the late instances: elapsed (or opening) time after due.
struct Lateness {
  std::int64_t median_us = 0;  // nearest rank (stats/percentile.h)
  std::int64_t percentile_90_us = 0;
  friend bool operator==(const Lateness&, const Lateness&) = default;
};

struct Summary {
  std::int64_t instances = 0;
  std::int64_t kept = 0, late = 0, broken = 0, pending = 0, overdue = 0, void_ = 0, unknown = 0;
  std::int64_t rescued = 0;                // of the kept and late ones (P-9)
  std::int64_t customers = 0;              // with an instance; the organisation is none
  std::int64_t customers_with_broken = 0;  // with one that is late or broken
  std::optional<double> rate;              // P-22; nothing where nothing is settled
  std::optional<stats::Interval> wilson;
  std::optional<stats::Interval> certainty;  // P-23; nothing where nothing is settled or open
  std::optional<Lateness> late_by;           // nothing where none is late
  std::optional<Lateness> late_by_business;  // where the bound is business time
  TargetState target_state = TargetState::None;
  std::optional<TargetParts> target_parts{};  // where the target names parts: `per`, or each

  std::int64_t settled() const { return kept + late + broken; }
  std::int64_t open() const { return pending + overdue; }
};

struct GroupSummary {
  std::string by;
  model::Cell value;  // Missing: the activation has none
  Summary summary;
};

struct PeriodSummary {
  Timestamp from, to;  // from ≤ t < to
  Summary summary;
};

struct PromiseSummary {
  Summary total;
  /// In the order of Question::by; within one the worst first: the largest gap (late and broken), then the
  /// lowest rate, then by value.
  std::vector<GroupSummary> groups;
  /// Ascending; only those with instances.
  std::vector<PeriodSummary> periods;
};

/// What the events say that put promises in force, by Instance::activation. Its functions must outlive the
/// counting.
struct Activations {
  using Values = std::function<model::Cell(model::EventIndex)>;
  std::function<Timestamp(model::EventIndex)> time;
  std::function<Values(const std::string& name)> values;  // empty where no event has the name
  const model::Texts* texts = nullptr;                    // null: there are none
};

/// Borrows the columns that were evaluated.
Activations activations_in(const model::Columns& columns);

class Slices;

/// Counts instances one by one. One thread.
class Counting {
 public:
  /// Keeps `question`, which must outlive it.
  Counting(const Question& question, const Activations& activations);
  ~Counting();
  /// REQUIRES: a customer's instances follow one another; the version's promise exists.
  void add(const model::Instance& instance);
  /// By index of the promise. To be asked once, after all instances.
  std::vector<PromiseSummary> summaries();

 private:
  const Question& question_;
  const model::Texts* texts_;
  std::vector<Slices> slices_;
};

/// Of all instances at once. REQUIRES: `columns` are those that were evaluated.
std::vector<PromiseSummary> summarise(const model::Verdicts& verdicts, const model::Columns& columns,
                                      const Question& question);

}  // namespace handslag::gap
