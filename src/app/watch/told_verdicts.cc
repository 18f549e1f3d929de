// SPDX-License-Identifier: Apache-2.0
#include "app/watch/told_verdicts.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace handslag::app {
namespace {

auto key(const Told& told) {
  return std::tuple(told.version, told.activation_row);
}

std::optional<model::EventIndex> last_witness_of_failed(const model::Instance& instance,
                                                        std::span<const model::EventIndex> witnesses) {
  const bool has_failed =
      instance.verdict == model::Verdict::Broken || instance.verdict == model::Verdict::Late;
  if (!has_failed || instance.witnesses == 0) return std::nullopt;
  return witnesses[instance.first_witness + instance.witnesses - 1];
}

void sort_by_key(std::vector<Told>& told) {
  // Why stable: of a rule that gives one event two instances (D-17), the order is the evaluation's.
  std::stable_sort(told.begin(), told.end(), [](const Told& a, const Told& b) { return key(a) < key(b); });
}

}  // namespace

bool is_open(model::Verdict verdict) {
  return verdict == model::Verdict::Pending || verdict == model::Verdict::Overdue;
}

std::vector<Told> told_of(std::span<const model::Instance> instances,
                          std::span<const model::EventIndex> witnesses, const model::Columns& columns,
                          const ReferenceOf& reference_of) {
  std::vector<Told> told;
  told.reserve(instances.size());
  for (const model::Instance& instance : instances) {
    const auto breaker = last_witness_of_failed(instance, witnesses);
    const Told it{.activation_row = columns.row[instance.activation],
                  .activation = reference_of(instance.activation),
                  .due = instance.due,
                  .slack_us = instance.slack_us,
                  .breaker = breaker ? reference_of(*breaker) : Told::kNoBreaker,
                  .version = static_cast<std::uint16_t>(instance.promise),
                  .verdict = instance.verdict,
                  .unknown = instance.unknown,
                  .is_rescued = instance.is_rescued,
                  .has_business_slack = instance.business_slack_us != 0};
    told.push_back(it);
  }
  sort_by_key(told);
  return told;
}

void ToldVerdicts::reset(const model::Verdicts& verdicts, const model::Columns& loaded) {
  blocks_.assign(block_of(static_cast<model::CustomerIndex>(loaded.customers())) + 1, nullptr);
  size_ = verdicts.instances.size();
  const auto& instances = verdicts.instances;
  std::shared_ptr<Block> block;
  std::size_t of_block = blocks_.size();
  for (std::size_t first = 0; first < instances.size();) {
    const model::CustomerIndex customer = instances[first].customer;
    std::size_t last = first;
    while (last < instances.size() && instances[last].customer == customer) ++last;
    const auto told = told_of(std::span(instances).subspan(first, last - first), verdicts.witnesses, loaded,
                              [](model::EventIndex e) { return e; });
    if (block_of(customer) != of_block) {
      if (block) block->told.shrink_to_fit();
      of_block = block_of(customer);
      block = std::make_shared<Block>();
      block->made_after = shares_;
      blocks_[of_block] = block;
    }
    block->told.insert(block->told.end(), told.begin(), told.end());
    for (std::size_t i = place_in_block(customer) + 1; i < block->from.size(); ++i)
      block->from[i] = static_cast<std::uint32_t>(block->told.size());
    first = last;
  }
  if (block) block->told.shrink_to_fit();
}

std::span<const Told> ToldVerdicts::of(model::CustomerIndex customer) const {
  const std::size_t at = block_of(customer);
  if (at >= blocks_.size() || blocks_[at] == nullptr) return {};
  const Block& block = *blocks_[at];
  const std::size_t i = place_in_block(customer);
  return std::span(block.told).subspan(block.from[i], block.from[i + 1] - block.from[i]);
}

ToldVerdicts ToldVerdicts::share() const {
  ++shares_;
  ToldVerdicts shared;
  shared.blocks_ = blocks_;
  shared.size_ = size_;
  shared.shares_ = shares_;
  return shared;
}

// One that nobody else reads.
ToldVerdicts::Block& ToldVerdicts::own_block(std::size_t at) {
  if (at >= blocks_.size()) blocks_.resize(at + 1);
  std::shared_ptr<Block>& block = blocks_[at];
  if (block && block->made_after == shares_) return *block;
  block = block ? std::make_shared<Block>(*block) : std::make_shared<Block>();
  block->made_after = shares_;
  return *block;
}

void ToldVerdicts::replace(model::CustomerIndex customer, std::span<const Told> told) {
  Block& block = own_block(block_of(customer));
  const std::size_t i = place_in_block(customer), before = block.from[i + 1] - block.from[i];
  const auto mine = block.told.begin() + block.from[i];
  const auto kept = static_cast<std::ptrdiff_t>(std::min(before, told.size()));
  std::copy(told.begin(), told.begin() + kept, mine);
  if (told.size() > before) {
    block.told.insert(mine + kept, told.begin() + kept, told.end());
  } else {
    block.told.erase(mine + kept, mine + static_cast<std::ptrdiff_t>(before));
  }
  for (std::size_t next = i + 1; next < block.from.size(); ++next)
    block.from[next] = static_cast<std::uint32_t>(block.from[next] - before + told.size());
  size_ += told.size();
  size_ -= before;
}

void ToldVerdicts::join(model::CustomerIndex into, model::CustomerIndex absorbed) {
  const auto mine = of(into), theirs = of(absorbed);
  std::vector<Told> both(mine.begin(), mine.end());
  both.insert(both.end(), theirs.begin(), theirs.end());
  sort_by_key(both);
  replace(into, both);
  replace(absorbed, {});
}

std::vector<Told> ToldVerdicts::all() const {
  std::vector<Told> told;
  told.reserve(size_);
  for (const auto& block : blocks_)
    if (block) told.insert(told.end(), block->told.begin(), block->told.end());
  sort_by_key(told);
  return told;
}

model::CustomerIndex ToldVerdicts::customers() const {
  return blocks_.empty() ? 0 : static_cast<model::CustomerIndex>(1 + (blocks_.size() - 1) * kInBlock);
}

void each_difference(std::span<const Told> before, std::span<const Told> after,
                     const std::function<void(const Told*, const Told*)>& changed) {
  auto old = before.begin();
  auto now = after.begin();
  while (old != before.end() || now != after.end()) {
    const bool only_old = now == after.end() || (old != before.end() && key(*old) < key(*now));
    const bool only_now = !only_old && (old == before.end() || key(*now) < key(*old));
    if (only_old) {
      changed(&*old++, nullptr);
    } else if (only_now) {
      changed(nullptr, &*now++);
    } else {
      if (!(*old == *now)) changed(&*old, &*now);
      ++old, ++now;
    }
  }
}

}  // namespace handslag::app
