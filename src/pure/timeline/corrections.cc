// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/corrections.h"

#include <algorithm>
#include <unordered_map>

namespace handslag::timeline {
namespace {

// What is known of an event that corrects or is corrected.
struct Standing {
  std::vector<std::uint32_t> targets;
  std::uint32_t undecided_correctors = 0;
  bool withdrawn = false;
};

// Decided from the corrections that nobody corrects, inwards.
void settle(std::unordered_map<std::uint32_t, Standing>& events) {
  std::vector<std::uint32_t> decided;
  for (const auto& [row, standing] : events) {
    if (standing.undecided_correctors == 0) decided.push_back(row);
  }
  while (!decided.empty()) {
    const Standing& corrector = events[decided.back()];
    decided.pop_back();
    for (const std::uint32_t target : corrector.targets) {
      Standing& standing = events[target];
      standing.withdrawn = standing.withdrawn || !corrector.withdrawn;
      if (--standing.undecided_correctors == 0) decided.push_back(target);
    }
  }
}

// Takes away, again and again, what nothing that is left points at; `from` and `to` say which way.
void peel(std::vector<Correction>& left, std::uint32_t Correction::*from, std::uint32_t Correction::*to) {
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> targets;
  std::unordered_map<std::uint32_t, std::uint32_t> pointed_at;
  for (const Correction& one : left) {
    targets[one.*from].push_back(one.*to);
    ++pointed_at[one.*to];
  }
  std::vector<std::uint32_t> free;
  for (const auto& [row, unused] : targets) {
    if (!pointed_at.contains(row)) free.push_back(row);
  }
  while (!free.empty()) {
    const auto found = targets.find(free.back());
    free.pop_back();
    if (found == targets.end()) continue;
    for (const std::uint32_t target : found->second) {
      if (--pointed_at[target] == 0) free.push_back(target);
    }
    targets.erase(found);
  }
  std::erase_if(left, [&](const Correction& one) { return !targets.contains(one.*from); });
}

}  // namespace

std::vector<std::uint32_t> rows_in_circles(std::span<const Correction> corrections) {
  std::vector<Correction> left(corrections.begin(), corrections.end());
  peel(left, &Correction::by, &Correction::target);
  peel(left, &Correction::target, &Correction::by);
  std::vector<std::uint32_t> rows;
  for (const Correction& one : left) rows.push_back(one.by);
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::vector<std::uint32_t> withdrawn_rows(std::span<const Correction> corrections) {
  std::unordered_map<std::uint32_t, Standing> events;
  for (const Correction& correction : corrections) {
    events[correction.by].targets.push_back(correction.target);
    ++events[correction.target].undecided_correctors;
  }
  settle(events);
  std::vector<std::uint32_t> circle;
  for (const auto& [row, standing] : events) {
    if (standing.undecided_correctors > 0) circle.push_back(row);
  }
  for (const std::uint32_t row : circle) {
    for (const std::uint32_t target : events[row].targets) events[target].withdrawn = true;
  }
  std::vector<std::uint32_t> rows;
  for (const auto& [row, standing] : events) {
    if (standing.withdrawn) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace handslag::timeline
