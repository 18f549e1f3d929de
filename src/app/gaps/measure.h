// SPDX-License-Identifier: Apache-2.0
// From an evaluation to the numbers that the table, the JSON and the page show.
#pragma once

#include <string>
#include <vector>

#include "app/evaluate/evaluation.h"
#include "app/gaps/report_gap.h"
#include "app/watch/live_verdicts.h"
#include "pure/gap/summary.h"

namespace handslag::app {

/// One promise's line in a report.
struct PromiseGap {
  const promise::Promise* promise = nullptr;  // its newest version
  std::uint32_t version = 0;  // the newest that judged an instance; the newest of all where none did
  const model::TimeRules* rules = nullptr;
  gap::PromiseSummary numbers;
  std::vector<std::pair<std::string, gap::Summary>>
      by_unit;  // where asked for; the versions may name several
};

/// `--by unit` cuts by who must keep the promise, not by a field of the activation.
inline constexpr const char* kByUnit = "unit";

/// Forbidden by agent: no figures are shown of single people, on the command line as little as over the API.
Status require_cuts(const std::vector<std::string>& by);

/// What a report counts. Borrows all of it.
struct CountedVerdicts {
  const PromiseSet& promises;
  const Settings& settings;
  const calendar::Calendars& calendars;
  std::vector<promise::Horizon> horizons;  // by version
  gap::Activations activations;
  bool has_events = false;
  /// Calls take(instance) for each; a customer's follow one another.
  std::function<void(const std::function<void(const model::Instance&)>& take)> each_instance;
};

/// What they are made of must outlive it.
CountedVerdicts judged_by(const Evaluation& evaluation);
/// REQUIRES: the live system keeps the values of every name that is asked for (keeps_names).
CountedVerdicts judged_by(const LiveVerdicts& live);

struct GapReport {
  const Settings* settings = nullptr;
  const model::Texts* texts = nullptr;
  bool has_events = false;
  GapOptions options;
  Timestamp complete_through = kNoTime;  // the least H of the promises that have one
  bool shows_periods = false;            // asked for with --each; the trend is drawn always
  std::vector<PromiseGap> promises;      // in the order of their texts
};

/// The report refers to what was judged, whose parts must outlive it.
GapReport measure(const CountedVerdicts& judged, const GapOptions& options);

/// "2026-03", "2026 w 11", "2026 Q1": a period as a label.
std::string period_label(gap::Period period, const gap::PeriodSummary& summary,
                         const model::TimeRules& rules);
/// What the numbers are cut by: as asked, else months.
gap::Period periods_of(const GapReport& report);

/// The value of a group as people read it; "–" where the activation has none.
std::string group_text(const model::Cell& value, const GapReport& report);

/// How a target stands, in words: "kept", "missed", "on course", "off course", "too few".
std::string_view state_text(gap::TargetState state, const Terminal& terminal);

}  // namespace handslag::app
