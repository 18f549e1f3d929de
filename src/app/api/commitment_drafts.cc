// SPDX-License-Identifier: Apache-2.0
#include "app/api/commitment_drafts.h"

#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

std::size_t bytes_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace).size();
}

}  // namespace

std::string CommitmentDrafts::keep(CommitmentDraft draft) {
  std::string name = runtime::random_secret();
  put_back(name, std::move(draft));
  return name;
}

void CommitmentDrafts::make_room(const std::function<bool(const CommitmentDraft&)>& counts, std::size_t bytes,
                                 std::size_t most, std::size_t most_bytes) {
  while (true) {
    std::size_t count = 0, all_bytes = bytes;
    auto oldest = drafts_.end();
    for (auto it = drafts_.begin(); it != drafts_.end(); ++it) {
      if (!counts(it->second.draft)) continue;
      ++count;
      all_bytes += it->second.bytes;
      if (oldest == drafts_.end() || it->second.draft.made < oldest->second.draft.made) oldest = it;
    }
    if (oldest == drafts_.end() || (count < most && all_bytes <= most_bytes)) return;
    drafts_.erase(oldest);
  }
}

void CommitmentDrafts::put_back(const std::string& name, CommitmentDraft draft) {
  const std::size_t bytes = bytes_of(draft.body) + bytes_of(draft.shown);
  const std::lock_guard lock(mutex_);
  make_room([&](const CommitmentDraft& it) { return it.caller == draft.caller; }, bytes, kMostOfCaller,
            kMostBytesOfCaller);
  make_room([](const CommitmentDraft&) { return true; }, bytes, kMostDrafts, kMostDraftBytes);
  drafts_.emplace(name, Kept{std::move(draft), bytes});
}

std::optional<CommitmentDraft> CommitmentDrafts::take(const std::string& name, const std::string& caller,
                                                      Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto entry = drafts_.find(name);
  if (entry == drafts_.end() || entry->second.draft.caller != caller) return std::nullopt;
  CommitmentDraft draft = std::move(entry->second.draft);
  drafts_.erase(entry);
  if (now.us - draft.made.us > kDraftLives) return std::nullopt;
  return draft;
}

}  // namespace handslag::app
