// SPDX-License-Identifier: Apache-2.0
// Commitments between being shown their chance and being confirmed: in memory alone, for they have not been
// made yet. A restart forgets them, and whoever confirms one is told to ask again.
//
// Any thread. At most kMostOfCaller of one caller and kMostDrafts in all, each for kDraftLives, and no more
// bytes than kMostBytesOfCaller and kMostDraftBytes, as the text of their JSON; the oldest give way, and the
// caller's own first: nobody pushes out another's. The newest stays whatever it weighs; it is no longer than
// a request.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "app/language/json.h"
#include "base/time.h"

namespace handslag::app {

inline constexpr std::size_t kMostDrafts = 1'000;
inline constexpr std::size_t kMostOfCaller = 20;
inline constexpr std::size_t kMostBytesOfCaller = 1 << 20;
inline constexpr std::size_t kMostDraftBytes = 16 << 20;
inline constexpr std::int64_t kDraftLives = 30 * kMicrosPerMinute;

struct CommitmentDraft {
  std::string caller;  // who was shown it, and alone may confirm it
  Json body;           // for Registers::create_record, with the figures that were shown
  Json shown;
  Timestamp made;
};

class CommitmentDrafts {
 public:
  /// A name that nobody guesses.
  std::string keep(CommitmentDraft draft);
  /// Takes it out, so that it becomes one promise and not two. Nothing: it is not there (any more), or it is
  /// another's.
  std::optional<CommitmentDraft> take(const std::string& name, const std::string& caller, Timestamp now);
  /// Back, where it could not be made for no fault of its own.
  void put_back(const std::string& name, CommitmentDraft draft);

 private:
  struct Kept {
    CommitmentDraft draft;
    std::size_t bytes = 0;
  };
  // The oldest of those that `counts` go until there is room for one more of `bytes`. REQUIRES: mutex_ is
  // held.
  void make_room(const std::function<bool(const CommitmentDraft&)>& counts, std::size_t bytes,
                 std::size_t most, std::size_t most_bytes);

  std::mutex mutex_;
  std::map<std::string, Kept> drafts_;
};

}  // namespace handslag::app
