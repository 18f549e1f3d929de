// SPDX-License-Identifier: Apache-2.0
// Changes of verdicts as they happen, for whoever listens: the stream, outgoing webhooks, warnings. The last
// ones are kept, so that a listener who was away can go on where she left. Any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "pure/model/verdict.h"

namespace handslag::app {

/// P-12. Event and Clock are the ordinary course; the others contradict what was told before.
enum class Cause : std::uint8_t { Event, Clock, Late, Correction, Calendar, Definition, Identity, Erasure };
/// "event", "clock", "late", …
std::string_view cause_name(Cause cause);

struct Change {
  enum class Kind : std::uint8_t { Verdict, Warning };

  std::uint64_t number = 0;  // given by the feed: ascending, without gaps while the program runs
  Kind kind = Kind::Verdict;
  Timestamp at;  // when it was found
  std::string promise, title, unit;
  std::uint32_t version = 0;
  std::string customer;  // "c12"
  std::uint32_t activation_row = 0;
  std::string activation_type;
  Timestamp activation_time, due = kNoTime;
  std::optional<model::Verdict> before, after;  // none: there was, or is, no such instance
  Cause cause = Cause::Event;
};

class ChangeFeed {
 public:
  explicit ChangeFeed(std::size_t kept = 100'000) : kept_(kept) {}

  /// Numbers the change and tells the listeners, on this thread.
  void add(std::vector<Change> changes);

  /// `heard` is called for all changes from now on, on the thread that adds them, and must not block.
  using Listener = std::function<void(const std::vector<Change>&)>;
  std::uint64_t listen(Listener heard);
  /// When it returns the listener is not called any more. Not from within a listener.
  void leave(std::uint64_t listener);

  /// Changes after `number`, oldest first, at most `limit`. None where they are no longer all kept.
  std::optional<std::vector<Change>> after(std::uint64_t number, std::size_t limit) const;
  /// The latest number; 0 before any.
  std::uint64_t last() const;

 private:
  const std::size_t kept_;
  mutable std::mutex mutex_;  // guards what follows
  std::deque<Change> changes_;
  std::uint64_t last_ = 0;
  std::uint64_t next_listener_ = 1;
  std::map<std::uint64_t, Listener> listeners_;
};

}  // namespace handslag::app
