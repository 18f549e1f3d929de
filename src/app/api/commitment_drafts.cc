// SPDX-License-Identifier: Apache-2.0
#include "app/api/commitment_drafts.h"

#include <functional>

#include "io/runtime/secrets.h"

namespace handslag::app {

std::string CommitmentDrafts::keep(CommitmentDraft draft) {
  std::string name = runtime::random_secret();
  put_back(name, std::move(draft));
  return name;
}

void CommitmentDrafts::put_back(const std::string& name, CommitmentDraft draft) {
  const std::lock_guard lock(mutex_);
  const auto make_room = [&](const std::function<bool(const CommitmentDraft&)>& counts, std::size_t most) {
    std::size_t count = 0;
    auto oldest = drafts_.end();
    for (auto it = drafts_.begin(); it != drafts_.end(); ++it) {
      if (!counts(it->second)) continue;
      ++count;
      if (oldest == drafts_.end() || it->second.made < oldest->second.made) oldest = it;
    }
    if (count >= most) drafts_.erase(oldest);
  };
  make_room([&](const CommitmentDraft& it) { return it.caller == draft.caller; }, kMostOfCaller);
  make_room([](const CommitmentDraft&) { return true; }, kMostDrafts);
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
