// SPDX-License-Identifier: Apache-2.0
#include "app/watch/told_verdicts.h"

#include <algorithm>
#include <tuple>

namespace handslag::app {
namespace {

auto key(const Told& told) {
  return std::tuple(told.version, told.activation_row);
}

void sort_by_key(std::vector<Told>& told) {
  // Why stable: of a rule that gives one event two instances (D-17), the order is the evaluation's.
  std::stable_sort(told.begin(), told.end(), [](const Told& a, const Told& b) { return key(a) < key(b); });
}

}  // namespace

bool is_open(model::Verdict verdict) {
  return verdict == model::Verdict::Pending || verdict == model::Verdict::Overdue;
}

std::vector<Told> told_of(std::span<const model::Instance> instances, const model::Columns& columns) {
  std::vector<Told> told;
  told.reserve(instances.size());
  for (const model::Instance& instance : instances) {
    told.push_back({columns.row[instance.activation], static_cast<std::uint16_t>(instance.promise),
                    instance.verdict, instance.due});
  }
  sort_by_key(told);
  return told;
}

void ToldVerdicts::reset(const model::Verdicts& verdicts, const model::Columns& columns) {
  newer_.clear();
  base_.clear();
  base_.reserve(verdicts.instances.size());
  offsets_.assign(columns.customers() + 1, 0);
  const auto& instances = verdicts.instances;
  for (std::size_t first = 0; first < instances.size();) {
    std::size_t last = first;
    while (last < instances.size() && instances[last].customer == instances[first].customer) ++last;
    const auto told = told_of(std::span(instances).subspan(first, last - first), columns);
    base_.insert(base_.end(), told.begin(), told.end());
    offsets_[instances[first].customer + 1] = static_cast<std::uint32_t>(told.size());
    first = last;
  }
  for (std::size_t c = 1; c < offsets_.size(); ++c) offsets_[c] += offsets_[c - 1];
  size_ = base_.size();
}

std::span<const Told> ToldVerdicts::of(model::CustomerIndex customer) const {
  if (const auto newer = newer_.find(customer); newer != newer_.end()) return newer->second;
  if (customer + 1 >= offsets_.size()) return {};
  return std::span(base_).subspan(offsets_[customer], offsets_[customer + 1] - offsets_[customer]);
}

void ToldVerdicts::replace(model::CustomerIndex customer, std::vector<Told> told) {
  size_ += told.size();
  size_ -= of(customer).size();
  newer_[customer] = std::move(told);
}

void ToldVerdicts::join(model::CustomerIndex into, model::CustomerIndex absorbed) {
  const auto mine = of(into), theirs = of(absorbed);
  std::vector<Told> both(mine.begin(), mine.end());
  both.insert(both.end(), theirs.begin(), theirs.end());
  sort_by_key(both);
  replace(into, std::move(both));
  replace(absorbed, {});
}

std::vector<Told> ToldVerdicts::all() const {
  std::vector<Told> told;
  told.reserve(size_);
  for (model::CustomerIndex c = 0; c + 1 < offsets_.size(); ++c) {
    if (newer_.contains(c)) continue;
    const auto own = of(c);
    told.insert(told.end(), own.begin(), own.end());
  }
  for (const auto& [customer, newer] : newer_) told.insert(told.end(), newer.begin(), newer.end());
  sort_by_key(told);
  return told;
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
