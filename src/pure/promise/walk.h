// SPDX-License-Identifier: Apache-2.0
// One monitor's walk over one customer's events: what it reads, how it appends instances and settles them.
// The rules that all forms share stand here: P-7 and P-8 (absence), D-8 (final), D-15 (slack), D-16
// (customers' attributes). One thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pure/model/columns.h"
#include "pure/model/verdict.h"
#include "pure/promise/due_clock.h"
#include "pure/promise/monitor.h"
#include "pure/promise/past_index.h"

namespace handslag::promise {

inline constexpr std::int64_t kNotYetDue = INT64_MAX;

/// An instance, group, gap or chain that further events may concern.
struct Open {
  EventIndex activation = 0;
  std::uint32_t instance = 0;          // index into Verdicts::instances
  std::uint32_t matches = 0;           // where its matches begin in Scratch::matches
  std::uint32_t count = 0;             // R5: B seen; R11 `and`: parts made
  EventIndex cancelled_by = kNoEvent;  // a C that counts unless a B comes at its instant (D-10)
  EventIndex fulfilled_by = kNoEvent;
  EventIndex opener = 0;  // R7: the chain's S
  std::int64_t due = kNotYetDue;
  bool is_decided = false;
};

/// R10: an instance under way.
struct OpenChain {
  EventIndex activation = 0;
  std::uint32_t instance = 0;
  std::uint32_t matches = 0;  // where its matches begin in Scratch::matches
  std::uint32_t steps = 0;    // made
  std::uint32_t parts = 0;    // of the step awaited
  std::int64_t step_due = kNotYetDue;
  std::int64_t total_due = kNotYetDue;
  std::int64_t due = kNotYetDue;       // the lesser
  EventIndex cancelled_by = kNoEvent;  // an X that counts unless the chain is fulfilled at its instant (D-27)
  std::uint32_t steps_at_cancel = 0;
  std::int64_t due_at_cancel = 0;
};

/// R1's lean form: all that is needed.
struct PlainOpen {
  std::uint32_t key = 0;
  std::uint32_t instance = 0;
};

/// R6: an event that later ones look back to.
struct Past {
  EventIndex event = 0;
  std::uint32_t position = 0;  // among the walk's occurrences
  std::int64_t due = kNotYetDue;
  std::uint32_t neighbour = UINT32_MAX;  // the next with the same key
};

/// R6: the events of one key.
struct Recent {
  std::uint32_t oldest = 0, newest = 0;  // of the last n, in Scratch::pasts
  std::uint32_t count = 0;
};

/// Memory that grows to what the largest customer needs and is used again.
struct Scratch {
  std::vector<Open> open;
  std::vector<OpenChain> chains;
  std::vector<PlainOpen> plain;
  std::vector<EventIndex> matches;
  std::vector<EventIndex> witnesses;
  std::vector<EventIndex> lookahead;
  std::vector<Past> pasts;
  LookBack look_back;                                // of the customer at hand
  const LookBack* organisation_look_back = nullptr;  // of the monitor at hand; null: nothing
  std::vector<Recent> recents;
  std::vector<Occurrence> merged;
  std::vector<EventIndex> updates;  // customer.updated, once asked for
  bool has_updates = false;
  std::vector<DueClock> clocks;  // by Allowance::clock
};

/// What the evaluator gives each walk.
struct Ground {
  const model::Columns& columns;
  model::TypeCode update_type;
  bool has_update_type;
};

class Walk {
 public:
  Walk(const Ground& ground, const Monitor& of, model::CustomerIndex customer,
       std::span<const Occurrence> met, Scratch& memory, model::Verdicts& out)
      : monitor(of),
        occurrences(met),
        scratch(memory),
        ground_(ground),
        times_(ground.columns.time.data()),
        customer_(customer),
        out_(out) {}

  const Monitor& monitor;
  const std::span<const Occurrence> occurrences;
  Scratch& scratch;

  Timestamp time(EventIndex e) const { return times_[e]; }
  model::TypeCode type(EventIndex e) const { return ground_.columns.type[e]; }
  /// P-1: how many of the organisation's events stand before `e`.
  std::uint32_t organisation_events_before(EventIndex e) const {
    return ground_.columns.organisation_events_before(e);
  }
  Timestamp due(const Allowance& allowance, Timestamp from) {
    return scratch.clocks[allowance.clock].due(from);
  }
  bool is_known_by_now(Timestamp t) const { return monitor.horizon.complete_through >= t; }  // H ≥ t (D-6)

  /// P-14, P-15.
  bool in_scope(EventIndex activation) {
    const Timestamp t = time(activation);
    if (t < monitor.from || t >= monitor.to) return false;
    return monitor.customers.empty() || holds_of_customer(monitor.customers, activation, false);
  }
  /// D-16: a guard asked of the customer as of just before `e`; `as_known_then` leaves out what was learned
  /// later.
  bool holds_of_customer(const GuardProgram& guard, EventIndex e, bool as_known_then);

  // ---- instances: append, then settle by index

  std::uint32_t append(EventIndex activation, Timestamp due) {
    // OPTIMIZATION: filled in place; a copy of what was just written in pieces stalls the processor.
    model::Instance& instance = out_.instances.emplace_back();
    instance.promise = monitor.version;
    instance.customer = customer_;
    instance.activation = activation;
    instance.due = due;
    return static_cast<std::uint32_t>(out_.instances.size() - 1);
  }
  model::Instance& at(std::uint32_t instance) { return out_.instances[instance]; }

  void append_unknown(EventIndex activation, Timestamp due, model::UnknownCause cause);

  /// Decided by the event `e`.
  void decide(std::uint32_t instance, model::Verdict verdict, EventIndex e) {
    model::Instance& it = at(instance);
    it.verdict = verdict;
    it.is_final = is_known_by_now(time(e));
  }
  /// Fulfilled by `e`: kept or late with slack (P-8, D-15), rescued (D-14).
  void fulfil(std::uint32_t instance, EventIndex e, bool is_business) {
    model::Instance& it = at(instance);
    it.verdict = it.due == kNoTime || time(e) <= it.due ? model::Verdict::Kept : model::Verdict::Late;
    it.is_final = is_known_by_now(time(e));
    it.is_rescued = is_rescue(e);
    if (it.due != kNoTime) it.slack_us = it.due.us - time(e).us;
    if (is_business) it.business_slack_us = monitor.rules->business_us(time(e), it.due);
  }
  /// What rests on an absence (P-7): `verdict` once H ≥ due, else overdue or pending. True where decided.
  bool settle_absence(std::uint32_t instance, model::Verdict verdict) {
    model::Instance& it = at(instance);
    if (it.due == kNoTime) return false;
    if (is_known_by_now(it.due)) {
      it.verdict = verdict;
      it.is_final = true;
      return true;
    }
    if (monitor.horizon.clock > it.due) it.verdict = model::Verdict::Overdue;
    return false;
  }
  bool is_rescue(EventIndex e) const;

  void add_witness(std::uint32_t instance, EventIndex e) {
    model::Instance& it = at(instance);
    if (it.witnesses == 0) it.first_witness = static_cast<std::uint32_t>(out_.witnesses.size());
    ++it.witnesses;
    out_.witnesses.push_back(e);
  }
  /// In timeline order, each once (D-4, D-24). Sorts `events`.
  void add_witnesses(std::uint32_t instance, std::vector<EventIndex>& events);

 private:
  const std::vector<EventIndex>& updates();

  const Ground& ground_;
  const Timestamp* times_;
  model::CustomerIndex customer_;
  model::Verdicts& out_;
};

}  // namespace handslag::promise
