// SPDX-License-Identifier: Apache-2.0
#include "app/intake/ingest_counts.h"

#include <algorithm>

namespace handslag::app {
namespace {

constexpr std::string_view kOther = "other";
constexpr std::size_t kNameBytes = 64;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool looks_like_a_source(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytes && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

}  // namespace

std::string_view outcome_name(IngestOutcome outcome) {
  constexpr std::string_view kNames[] = {"accepted", "rejected", "refused"};
  return kNames[static_cast<std::size_t>(outcome)];
}

void IngestCounts::add(const std::vector<model::Event>& events, IngestOutcome outcome) {
  const std::lock_guard lock(mutex_);
  for (std::size_t first = 0; first < events.size();) {
    std::size_t last = first + 1;
    while (last < events.size() && events[last].source == events[first].source) ++last;
    add_locked(events[first].source, outcome, last - first);
    first = last;
  }
}

void IngestCounts::add(std::string_view source, IngestOutcome outcome, std::uint64_t events) {
  if (events == 0) return;
  const std::lock_guard lock(mutex_);
  add_locked(source, outcome, events);
}

void IngestCounts::add_locked(std::string_view source, IngestOutcome outcome, std::uint64_t events) {
  auto entry = counts_.find(source);
  if (entry == counts_.end()) {
    // Why less one: "other" has its place too.
    const bool has_room = counts_.size() + 1 < most_sources_;
    entry = counts_.try_emplace(std::string(has_room && looks_like_a_source(source) ? source : kOther)).first;
  }
  entry->second[static_cast<std::size_t>(outcome)] += events;
}

IngestCounts::BySource IngestCounts::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace handslag::app
