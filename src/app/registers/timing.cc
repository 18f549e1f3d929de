// SPDX-License-Identifier: Apache-2.0
#include "app/registers/timing.h"

#include <algorithm>

namespace handslag::app {
namespace {

bool has_state(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::optional<Timestamp> time_in(const Json& values, const std::string& field,
                                 const model::TimeRules& rules) {
  const auto value = values.find(field);
  if (field.empty() || value == values.end() || !value->is_string()) return std::nullopt;
  const auto& text = value->get_ref<const std::string&>();
  if (const auto date = parse_date(text)) return rules.end_of_day(*date);
  return parse_rfc3339(text);
}

std::optional<Timestamp> due_by(const DueRule& rule, const Json& values, Timestamp from,
                                const model::TimeRules& rules) {
  if (const auto given = time_in(values, rule.field, rules)) return given;
  if (rule.after) return rules.due(from, *rule.after);
  return std::nullopt;
}

// The instant after the last one that is still in time.
Timestamp just_after(Timestamp time) {
  return time < kLastTime ? Timestamp{time.us + 1} : time;
}

void keep_earliest(std::optional<ClockStep>& best, const ClockStep& step) {
  if (!best || step.at < best->at) best = step;
}

}  // namespace

std::optional<Timestamp> due_on_entering(const Definition& definition, const Record& record, Timestamp at,
                                         const model::TimeRules& rules) {
  for (const DueRule& rule : definition.dues) {
    if (has_state(rule.entering, record.row.state)) return due_by(rule, record.values, at, rules);
  }
  return record.row.due;
}

std::optional<Timestamp> due_on_change(const Definition& definition, const Json& before, const Record& record,
                                       const model::TimeRules& rules) {
  for (const DueRule& rule : definition.dues) {
    if (rule.field.empty()) continue;
    const auto old_value = before.find(rule.field), new_value = record.values.find(rule.field);
    const bool was = old_value != before.end(), is = new_value != record.values.end();
    if (was == is && (!is || *old_value == *new_value)) continue;
    if (is || has_state(rule.entering, record.row.state)) {
      return due_by(rule, record.values, record.row.state_since, rules);
    }
  }
  return record.row.due;
}

std::optional<ClockStep> next_step(const Definition& definition, const store::RegisterRecord& row,
                                   const model::TimeRules& rules) {
  std::optional<ClockStep> best;
  const State* state = definition.state(row.state);
  const bool owes = state != nullptr && state->owes;
  if (owes && row.due && (row.told & kToldPastDue) == 0) {
    keep_earliest(best, {just_after(*row.due), nullptr, kToldPastDue});
  }
  for (std::size_t i = 0; i < definition.escalations.size(); ++i) {
    const Escalation& rule = definition.escalations[i];
    const std::uint32_t bit = 1U << i;
    if ((row.told & bit) != 0 || !has_state(rule.in, row.state)) continue;
    if (rule.patience == Patience::PastDue && !row.due) continue;
    const Timestamp from = rule.patience == Patience::PastDue ? *row.due : row.heard_at;
    keep_earliest(best, {just_after(rules.due(from, rule.after)), &rule, bit});
  }
  return best;
}

std::uint32_t told_of_due_by(const Definition& definition, const store::RegisterRecord& row, Timestamp at,
                             const model::TimeRules& rules) {
  std::uint32_t told = 0;
  store::RegisterRecord as_then = row;
  as_then.heard_at = kLastTime;  // silence is another matter
  for (auto step = next_step(definition, as_then, rules); step && step->at <= at;
       step = next_step(definition, as_then, rules)) {
    told |= step->bit;
    as_then.told |= step->bit;
  }
  return told;
}

}  // namespace handslag::app
