// SPDX-License-Identifier: Apache-2.0
// From an evaluation to the numbers that the table, the JSON and the page show.
#pragma once

#include <string>
#include <vector>

#include "app/evaluate/evaluation.h"
#include "app/gaps/report_gap.h"
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

struct GapReport {
  const Evaluation* evaluation = nullptr;
  GapOptions options;
  Timestamp complete_through = kNoTime;  // the least H of the promises that have one
  bool shows_periods = false;            // asked for with --each; the trend is drawn always
  std::vector<PromiseGap> promises;      // in the order of their texts
};

/// The report refers to the evaluation, which must outlive it.
GapReport measure(const Evaluation& evaluation, const GapOptions& options);

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
