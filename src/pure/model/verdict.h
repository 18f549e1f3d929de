// SPDX-License-Identifier: Apache-2.0
// One promise to one customer once, and how it went (P-8, P-9). The numbers are written to disk and to JSON
// by name; never renumber.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "pure/model/columns.h"

namespace handslag::model {

enum class Verdict : std::uint8_t {
  Pending = 0,
  Overdue = 1,
  Kept = 2,
  Late = 3,
  Broken = 4,
  Void = 5,
  Unknown = 6
};
inline constexpr std::size_t kVerdicts = 7;

/// "pending", "overdue", "kept", "late", "broken", "void", "unknown".
std::string_view verdict_name(Verdict verdict);
std::optional<Verdict> verdict_from_name(std::string_view name);

/// Why a verdict is Unknown.
enum class UnknownCause : std::uint8_t { None = 0, ShortHistory = 1, NoKey = 2, NoDueTime = 3 };

/// No step failed (chains), or the form has no steps.
inline constexpr std::uint8_t kNoStep = 255;

struct Instance {
  std::uint32_t promise = 0;  // which of the evaluated promise versions
  CustomerIndex customer = 0;
  EventIndex activation = 0;  // the event that put it in force
  Timestamp due = kNoTime;    // kNoTime: null (P-16)
  Verdict verdict = Verdict::Pending;
  UnknownCause unknown = UnknownCause::None;
  bool is_final = false;            // P-7: the horizon has passed the instant that decides it
  bool is_rescued = false;          // kept by somebody's extra effort (P-9)
  std::uint8_t step = kNoStep;      // chains: the first step that failed, from 0
  bool holds_now = false;           // R9: the guard as known now (the verdict is as known then)
  std::uint32_t first_witness = 0;  // in Verdicts::witnesses
  std::uint32_t witnesses = 0;
  /// Kept: due − fulfilment ≥ 0; late: due − fulfilment < 0; otherwise 0. Elapsed microseconds.
  std::int64_t slack_us = 0;
  /// The same in opening time, where the bound is business time; otherwise 0.
  std::int64_t business_slack_us = 0;
};

/// What an evaluation returns: instances in the order customer, promise, activation, and their witness
/// events. One thread fills it; move-only because it is large.
struct Verdicts {
  std::vector<Instance> instances;
  std::vector<EventIndex> witnesses;

  Verdicts() = default;
  Verdicts(Verdicts&&) = default;
  Verdicts& operator=(Verdicts&&) = default;
  Verdicts(const Verdicts&) = delete;
  Verdicts& operator=(const Verdicts&) = delete;
};

}  // namespace handslag::model
