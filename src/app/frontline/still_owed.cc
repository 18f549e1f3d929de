// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/still_owed.h"

#include <algorithm>

namespace handslag::app {
namespace {

constexpr std::int64_t kMoment = kMicrosPerHour;

bool fits(const promise::TypePattern& pattern, std::string_view type) {
  return pattern.is_prefix ? type.starts_with(pattern.text) : type == pattern.text;
}

// What R1 and R10 have in common, to look for what came after all.
struct Awaited {
  const promise::Step* last = nullptr;
  const promise::Same* same = nullptr;
  const std::optional<promise::Condition>* unless = nullptr;
};

Awaited awaited(const promise::Rule& rule) {
  if (const auto* response = std::get_if<promise::Response>(&rule)) {
    if (std::holds_alternative<promise::Before>(response->then.bound)) return {};
    return {&response->then, &response->then.same, &response->unless};
  }
  if (const auto* chain = std::get_if<promise::Chain>(&rule))
    return {&chain->steps.back(), &chain->steps.front().same, &chain->unless};
  return {};
}

bool is_one_of(const promise::Step& step, std::string_view type) {
  return std::any_of(step.parts.begin(), step.parts.end(),
                     [&](const promise::EventPattern& part) { return fits(part.type, type); });
}

}  // namespace

bool is_to_be_done(const promise::Rule& rule) {
  if (const auto* count = std::get_if<promise::Count>(&rule))
    return count->kind != promise::CountKind::AtMost;
  return std::holds_alternative<promise::Response>(rule) || std::holds_alternative<promise::Chain>(rule) ||
         std::holds_alternative<promise::Recurrence>(rule);
}

bool same_keys(const promise::Same& same, model::EventIndex a, model::EventIndex b,
               const model::Columns& columns) {
  return std::all_of(same.keys.begin(), same.keys.end(), [&](const promise::Name& key) {
    const auto column = columns.keys.find(key.text);
    return column != columns.keys.end() && column->second[a] != model::kNoText &&
           column->second[a] == column->second[b];
  });
}

bool is_still_owed(const promise::Rule& rule, const model::Instance& instance, const Reading& reading) {
  const Awaited it = awaited(rule);
  if (it.last == nullptr || instance.verdict != model::Verdict::Broken || instance.due == kNoTime)
    return false;
  if (instance.due.us - reading.time(instance.activation).us < kMoment) return false;
  for (model::EventIndex e = instance.activation + 1; e < reading.end(); ++e) {
    const std::string_view type = reading.type(e);
    if (is_one_of(*it.last, type) && same_keys(*it.same, instance.activation, e, reading.columns()))
      return false;
    const auto& unless = *it.unless;
    if (unless && fits(unless->event.type, type) &&
        same_keys(unless->same, instance.activation, e, reading.columns()))
      return false;
  }
  return true;
}

Timestamp failed_at(const promise::Rule& rule, const model::Instance& instance,
                    const model::Verdicts& verdicts, const model::Columns& columns) {
  if (is_to_be_done(rule) && instance.due != kNoTime) return instance.due;
  const Timestamp activation = columns.time[instance.activation];
  if (instance.verdict == model::Verdict::Broken && instance.witnesses > 0) {
    const model::EventIndex last = verdicts.witnesses[instance.first_witness + instance.witnesses - 1];
    // Why: a witness of R3, R4 and R6 stands before the event that breaks, which is the activation.
    const Timestamp came = std::max(columns.time[last], activation);
    return instance.due == kNoTime ? came : std::min(came, instance.due);
  }
  return instance.due == kNoTime ? activation : instance.due;
}

}  // namespace handslag::app
