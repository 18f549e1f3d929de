// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/evaluate.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "pure/promise/compile.h"
#include "pure/promise/walk.h"

namespace handslag::promise {

namespace {

// OPTIMIZATION: with few monitors it is faster to pick each one's events from those that concern anyone,
// without a branch, than to deal out each event to whom it concerns.
constexpr std::size_t kFewMonitors = 16;

}  // namespace

struct Evaluator::State {
  State(const Program& compiled, const model::Columns& of)
      : program(compiled),
        columns(of),
        ground{of, compiled.update_type, compiled.has_update_type},
        met(compiled.monitors.size()),
        look_backs(compiled.monitors.size()),
        touched((compiled.monitors.size() + 63) / 64) {
    for (const MeasuredDuration& it : program.durations) scratch.clocks.emplace_back(*it.rules, it.duration);
    const std::size_t types = columns.types.size();
    if (program.monitors.size() > kFewMonitors) return;
    roles.assign(program.monitors.size() * types, 0);
    concerns_any.assign(types, 0);
    activates.assign(types, 0);
    for (std::size_t t = 0; t < types; ++t) {
      for (const Concern concern : program.concerns_of(static_cast<model::TypeCode>(t))) {
        roles[concern.monitor * types + t] = concern.roles;
        concerns_any[t] = 1;
        if (concern.roles & program.monitors[concern.monitor].activating)
          activates[t] |= 1U << concern.monitor;
      }
    }
  }

  // ---- few monitors

  void pick_and_walk(model::CustomerIndex customer, model::Verdicts& out) {
    const EventIndex first = columns.offsets[customer];
    const std::size_t events = columns.offsets[customer + 1] - first;
    if (relevant.size() < events) relevant.resize(events), picked.resize(events);
    const model::TypeCode* type = columns.type.data() + first;
    std::size_t count = 0;
    std::uint32_t activated = 0;
    for (std::size_t i = 0; i < events; ++i) {
      relevant[count] = first + static_cast<EventIndex>(i);
      count += concerns_any[type[i]];
      activated |= activates[type[i]];
    }
    for (; activated != 0; activated &= activated - 1) {
      pick(static_cast<std::size_t>(std::countr_zero(activated)), count, customer, out);
    }
  }

  void pick(std::size_t m, std::size_t count, model::CustomerIndex customer, model::Verdicts& out) {
    const std::uint32_t* role_of = roles.data() + m * columns.types.size();
    const model::TypeCode* type = columns.type.data();
    const EventIndex* from = relevant.data();
    Occurrence* to = picked.data();
    std::size_t own = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t role = role_of[type[from[i]]];
      to[own] = {from[i], role};
      own += role != 0 ? 1U : 0U;
    }
    walk(program.monitors[m], {to, own}, customer, out);
  }

  // ---- many monitors

  // One look at each event's type: who it concerns gets it.
  void deal(model::CustomerIndex customer) {
    for (EventIndex e = columns.offsets[customer]; e < columns.offsets[customer + 1]; ++e) {
      for (const Concern concern : program.concerns_of(columns.type[e])) {
        met[concern.monitor].push_back({e, concern.roles});
        touched[concern.monitor / 64] |= std::uint64_t{1} << (concern.monitor % 64);
      }
    }
  }

  void deal_and_walk(model::CustomerIndex customer, model::Verdicts& out) {
    deal(customer);
    for (std::size_t word = 0; word < touched.size(); ++word) {
      for (std::uint64_t bits = std::exchange(touched[word], 0); bits != 0; bits &= bits - 1) {
        const std::size_t m = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        walk(program.monitors[m], met[m], customer, out);
        met[m].clear();
      }
    }
  }

  void walk(const Monitor& monitor, std::span<const Occurrence> own, model::CustomerIndex customer,
            model::Verdicts& out) {
    const bool is_organisation = customer == model::kOrganisation;
    if (is_organisation && monitor.for_customers_only) return;
    const bool is_joined = !is_organisation && !monitor.organisation.empty() && !monitor.looks_back;
    scratch.organisation_look_back = is_organisation ? nullptr : organisation_look_back(monitor);
    Walk walk(ground, monitor, customer, is_joined ? merge(own, monitor) : own, scratch, out);
    monitor.watch(walk);
  }

  // P-1, R3 and R4: what the organisation's events are to a rule that looks back is the same for all
  // customers. OPTIMIZATION: made once, and asked; in every customer's order it would cost customers ×
  // events.
  const LookBack* organisation_look_back(const Monitor& monitor) {
    if (!monitor.looks_back || monitor.organisation.empty()) return nullptr;
    auto& made = look_backs[static_cast<std::size_t>(&monitor - program.monitors.data())];
    if (!made) {
      made = std::make_unique<LookBack>();
      for (const Occurrence& it : monitor.organisation) made->add(monitor, it);
      made->sort(monitor);
    }
    return made.get();
  }

  // P-1: the organisation's conditions take their place in the customer's order. Those that can decide
  // nothing are left out: before the customer's first.
  std::span<const Occurrence> merge(std::span<const Occurrence> own, const Monitor& monitor) {
    const std::vector<Occurrence>& conditions = monitor.organisation;
    auto& merged = scratch.merged;
    merged.clear();
    const std::uint32_t before_all = columns.organisation_events_before(own.front().event);
    auto next = std::lower_bound(conditions.begin(), conditions.end(), before_all,
                                 [](const Occurrence& it, std::uint32_t event) { return it.event < event; });
    for (const Occurrence& it : own) {
      const std::uint32_t before = columns.organisation_events_before(it.event);
      for (; next != conditions.end() && next->event < before; ++next) merged.push_back(*next);
      merged.push_back(it);
    }
    merged.insert(merged.end(), next, conditions.end());
    return merged;
  }

  const Program& program;
  const model::Columns& columns;
  const Ground ground;
  std::vector<std::uint32_t> roles;          // few: by monitor and type
  std::vector<std::uint8_t> concerns_any;    // few: by type
  std::vector<std::uint32_t> activates;      // few: by type, the monitors that it gives instances, as bits
  std::vector<EventIndex> relevant;          // few: the events that concern any
  std::vector<Occurrence> picked;            // few: those of the monitor at hand
  std::vector<std::vector<Occurrence>> met;  // many: by monitor, of the customer at hand
  std::vector<std::unique_ptr<LookBack>>
      look_backs;                      // by monitor, of the organisation; made when first asked
  std::vector<std::uint64_t> touched;  // many: monitors that met anything, as bits
  Scratch scratch;
};

Evaluator::Evaluator(const Program& program, const model::Columns& columns)
    : state_(std::make_unique<State>(program, columns)) {}

Evaluator::~Evaluator() = default;

void Evaluator::customer(model::CustomerIndex customer, model::Verdicts& out) {
  State& state = *state_;
  state.scratch.has_updates = false;
  if (state.program.monitors.size() <= kFewMonitors) {
    state.pick_and_walk(customer, out);
  } else {
    state.deal_and_walk(customer, out);
  }
}

}  // namespace handslag::promise
