// SPDX-License-Identifier: Apache-2.0
// What happens by itself: due times that pass, silence that is noticed; and the outbox of events.
#include <algorithm>

#include "app/registers/draft.h"
#include "app/registers/register_events.h"
#include "app/registers/registers.h"
#include "app/registers/timing.h"

namespace handslag::app {
namespace {

// More cannot come at once: the due time and each escalation, which are told once each.
constexpr std::size_t kMaxSteps = kMaxEscalations + 1;
constexpr std::uint64_t kMostDamaged = 10'000;  // events passed over in one look at the outbox

}  // namespace

// Nobody knows any more what this record's register is; it is not looked at again until it is changed.
Status Registers::leave_alone(const store::RegisterRecord& row) {
  return records_.set_look(row.number, std::nullopt);
}

Status Registers::step_clock(const store::RegisterRecord& row, std::vector<Changed>& told) {
  const Definition* definition = definitions_->find(row.register_id);
  if (definition == nullptr || row.version >= store::kMaxRegisterVersions) return leave_alone(row);
  const model::TimeRules& rules = rules_of(*definition);
  const Timestamp now = clock_->now();
  Draft draft;
  draft.definition = definition;
  HANDSLAG_TRY(before, load(row));
  draft.after = std::move(before);
  for (std::size_t i = 0; i < kMaxSteps; ++i) {
    const auto step = next_step(*definition, draft.after.row, rules);
    if (!step || step->at > now) {
      // Where nothing was to be told after all, the definition or the calendar is another than it was.
      return i > 0 ? Status() : records_.set_look(row.number, step ? std::optional(step->at) : std::nullopt);
    }
    draft.before = draft.after;
    draft.notices.clear();
    store::RegisterRecord& next = draft.after.row;
    next.told |= step->bit;
    const Actor clock = system_actor();
    draft.change = {row.id, 0, now, clock.id, clock.name, "overdue", next.state, next.state, {}, {}};
    if (step->escalation != nullptr) {
      const Escalation& rule = *step->escalation;
      const std::string person = surroundings_.person_for ? surroundings_.person_for(rule.to, next.unit) : "";
      draft.change.action = "escalated";
      draft.notices.push_back({"escalated", person, person.empty() ? rule.to : "", next.unit});
      if (rule.takes_over && !person.empty()) draft.after.values[definition->owner] = person;
      if (!rule.state.empty() && rule.state != next.state) {
        next.state = draft.change.to_state = rule.state;
        next.state_since = now;
        next.due = due_on_entering(*definition, draft.after, now, rules);
        if (next.due != draft.before.row.due) next.told &= ~kToldPastDue;
      }
    }
    HANDSLAG_TRY(changed, commit(draft));
    told.push_back(std::move(changed));
  }
  return {};
}

Result<std::vector<Changed>> Registers::run_clock(std::uint64_t limit) {
  std::vector<Changed> told;
  HANDSLAG_TRY(rows, records_.to_look_at(clock_->now(), limit));
  for (const store::RegisterRecord& row : rows) {
    Status done = step_clock(row, told);
    // A damaged record is told of when it is read; it must not stop the clock for all others.
    if (!done.ok() && done.error().code == ErrorCode::Corrupt) done = leave_alone(row);
    if (done.ok()) continue;
    // What was told is told, and its notices must go out; the error comes again at the next run.
    if (!told.empty()) return told;
    return std::move(done).error();
  }
  return told;
}

Result<std::vector<PendingEvent>> Registers::unsent(std::uint64_t limit) {
  std::vector<PendingEvent> pending;
  damaged_events_ = 0;
  for (std::uint64_t after = 0; pending.size() < limit && damaged_events_ < kMostDamaged;) {
    HANDSLAG_TRY(stored, records_.unsent(after, limit - pending.size()));
    if (stored.empty()) break;
    after = stored.back().number;
    for (const store::RegisterEvent& it : stored) {
      auto event = read_stored_event(it.json);
      // Why passed over: no other event may wait for one that nobody can read.
      if (event.ok())
        pending.push_back({it.number, std::move(*event)});
      else
        ++damaged_events_;
    }
  }
  return pending;
}

}  // namespace handslag::app
