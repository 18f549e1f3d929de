// SPDX-License-Identifier: Apache-2.0
#include "app/watch/changes.h"

#include <algorithm>

namespace handslag::app {

std::string_view cause_name(Cause cause) {
  constexpr std::string_view kCauses[] = {"event",    "clock",      "late",     "correction",
                                          "calendar", "definition", "identity", "erasure"};
  return kCauses[static_cast<std::size_t>(cause)];
}

void ChangeFeed::add(std::vector<Change> changes) {
  if (changes.empty()) return;
  const std::lock_guard lock(mutex_);
  for (Change& change : changes) change.number = ++last_;
  for (const auto& [number, heard] : listeners_) heard(changes);
  for (Change& change : changes) changes_.push_back(std::move(change));
  while (changes_.size() > kept_) changes_.pop_front();
}

std::uint64_t ChangeFeed::listen(Listener heard) {
  const std::lock_guard lock(mutex_);
  listeners_.emplace(next_listener_, std::move(heard));
  return next_listener_++;
}

void ChangeFeed::leave(std::uint64_t listener) {
  const std::lock_guard lock(mutex_);
  listeners_.erase(listener);
}

std::optional<std::vector<Change>> ChangeFeed::after(std::uint64_t number, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  if (number > last_) return std::nullopt;
  const std::uint64_t missing = last_ - number;
  if (missing > changes_.size()) return std::nullopt;
  const auto first = changes_.end() - static_cast<std::ptrdiff_t>(missing);
  const auto count = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(missing, limit));
  return std::vector<Change>(first, first + count);
}

std::uint64_t ChangeFeed::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

}  // namespace handslag::app
