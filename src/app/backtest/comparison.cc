// SPDX-License-Identifier: Apache-2.0
#include "app/backtest/comparison.h"

#include <tuple>

namespace handslag::app {
namespace {

// Instances by customer and activation. Two of one rule never share both, but for a chain's last event that
// opens the next chain (D-17): the second is numbered.
using ActivationKey = std::tuple<model::CustomerIndex, model::EventIndex, int>;

std::uint64_t of(const VerdictCounts& counts, model::Verdict verdict) {
  return counts[static_cast<std::size_t>(verdict)];
}

std::optional<model::Verdict> verdict_of(const model::Instance* instance) {
  return instance == nullptr ? std::nullopt : std::optional(instance->verdict);
}

}  // namespace

Comparison compare_readings(const model::Verdicts& verdicts,
                            const std::function<std::optional<Reading>(const model::Instance&)>& reading_of) {
  Comparison comparison;
  std::map<ActivationKey, VerdictChange> by_activation;
  for (const model::Instance& instance : verdicts.instances) {
    const std::optional<Reading> reading = reading_of(instance);
    if (!reading) continue;
    const bool is_after = *reading == Reading::After;
    ++(is_after ? comparison.after : comparison.before)[static_cast<std::size_t>(instance.verdict)];
    ActivationKey key{instance.customer, instance.activation, 0};
    const auto slot = [is_after](VerdictChange& change) -> const model::Instance*& {
      return is_after ? change.after : change.before;
    };
    while (slot(by_activation[key]) != nullptr) ++std::get<2>(key);
    slot(by_activation[key]) = &instance;
  }
  for (const auto& [key, change] : by_activation)
    if (verdict_of(change.before) != verdict_of(change.after)) comparison.changes.push_back(change);
  return comparison;
}

std::map<VerdictMove, MoveCounts> moves_of(const Comparison& comparison) {
  std::map<VerdictMove, MoveCounts> moves;
  std::map<VerdictMove, model::CustomerIndex> last;  // Why enough: changes come customer by customer
  for (const VerdictChange& change : comparison.changes) {
    const VerdictMove move{verdict_of(change.before), verdict_of(change.after)};
    const model::CustomerIndex customer = change.either().customer;
    const auto [seen, is_first] = last.try_emplace(move, customer);
    MoveCounts& counts = moves[move];
    ++counts.instances;
    if (is_first || seen->second != customer) ++counts.customers;
    seen->second = customer;
  }
  return moves;
}

std::optional<double> rate_of(const VerdictCounts& counts) {
  const std::uint64_t kept = of(counts, model::Verdict::Kept);
  const std::uint64_t settled = kept + of(counts, model::Verdict::Late) + of(counts, model::Verdict::Broken);
  if (settled == 0) return std::nullopt;
  return static_cast<double>(kept) / static_cast<double>(settled);
}

Json counts_json(const VerdictCounts& counts) {
  Json json;
  for (std::size_t v = 0; v < model::kVerdicts; ++v)
    json[std::string(model::verdict_name(static_cast<model::Verdict>(v)))] = counts[v];
  const auto rate = rate_of(counts);
  json["rate"] = rate ? Json(*rate) : Json();
  return json;
}

}  // namespace handslag::app
