// SPDX-License-Identifier: Apache-2.0
#include "app/api/commitment_drafts.h"

#include <algorithm>

#include "io/runtime/secrets.h"

namespace handslag::app {

std::string CommitmentDrafts::keep(CommitmentDraft draft) {
  std::string name = runtime::random_secret();
  put_back(name, std::move(draft));
  return name;
}

void CommitmentDrafts::put_back(const std::string& name, CommitmentDraft draft) {
  const std::lock_guard lock(mutex_);
  if (drafts_.size() >= kMostDrafts) {
    drafts_.erase(std::min_element(drafts_.begin(), drafts_.end(), [](const auto& a, const auto& b) {
      return a.second.made < b.second.made;
    }));
  }
  drafts_.emplace(name, std::move(draft));
}

std::optional<CommitmentDraft> CommitmentDrafts::take(const std::string& name, const std::string& caller,
                                                      Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto entry = drafts_.find(name);
  if (entry == drafts_.end() || entry->second.caller != caller) return std::nullopt;
  CommitmentDraft draft = std::move(entry->second);
  drafts_.erase(entry);
  if (now.us - draft.made.us > kDraftLives) return std::nullopt;
  return draft;
}

}  // namespace handslag::app
