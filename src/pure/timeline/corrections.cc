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

}  // namespace

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
