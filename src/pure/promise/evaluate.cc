// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/evaluate.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "pure/promise/compile.h"
#include "pure/promise/walk.h"

namespace handslag::promise {

struct Evaluator::State {
  State(const Program& compiled, const model::Columns& of)
      : program(compiled),
        columns(of),
        ground{of, compiled.update_type, compiled.has_update_type},
        met(compiled.monitors.size()),
        touched((compiled.monitors.size() + 63) / 64) {
    for (const MeasuredDuration& it : program.durations) scratch.clocks.emplace_back(*it.rules, it.duration);
  }

  // One look at each event's type: who it concerns gets it.
  void deal(model::CustomerIndex customer) {
    for (EventIndex e = columns.offsets[customer]; e < columns.offsets[customer + 1]; ++e) {
      for (const Concern concern : program.concerns_of(columns.type[e])) {
        met[concern.monitor].push_back({e, concern.roles});
        touched[concern.monitor / 64] |= std::uint64_t{1} << (concern.monitor % 64);
      }
    }
  }

  void walk(std::size_t m, model::CustomerIndex customer, model::Verdicts& out) {
    const Monitor& monitor = program.monitors[m];
    const bool is_organisation = customer == model::kOrganisation;
    if (!(is_organisation && monitor.for_customers_only)) {
      std::span<const Occurrence> occurrences = met[m];
      if (!is_organisation && !monitor.organisation.empty())
        occurrences = merge(met[m], monitor.organisation);
      Walk walk(ground, monitor, customer, occurrences, scratch, out);
      monitor.watch(walk);
    }
    met[m].clear();
  }

  // P-1: the organisation's conditions take their place in the customer's order.
  std::span<const Occurrence> merge(const std::vector<Occurrence>& own,
                                    const std::vector<Occurrence>& conditions) {
    auto& merged = scratch.merged;
    merged.clear();
    auto next = conditions.begin();
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
  std::vector<std::vector<Occurrence>> met;  // by monitor, of the customer at hand
  std::vector<std::uint64_t> touched;        // monitors that met anything, as bits
  Scratch scratch;
};

Evaluator::Evaluator(const Program& program, const model::Columns& columns)
    : state_(std::make_unique<State>(program, columns)) {}

Evaluator::~Evaluator() = default;

void Evaluator::customer(model::CustomerIndex customer, model::Verdicts& out) {
  State& state = *state_;
  state.deal(customer);
  state.scratch.has_updates = false;
  for (std::size_t word = 0; word < state.touched.size(); ++word) {
    for (std::uint64_t bits = std::exchange(state.touched[word], 0); bits != 0; bits &= bits - 1) {
      state.walk(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)), customer, out);
    }
  }
}

}  // namespace handslag::promise
