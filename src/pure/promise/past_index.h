// SPDX-License-Identifier: Apache-2.0
// Events that later ones look back to (R3, R4), by the keys that tie them: the last one before an event is
// found by halving, however many there are. One thread fills it; then any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "pure/promise/monitor.h"

namespace handslag::promise {

/// Which of a rule's keys count, as bits.
using KeyMask = std::uint64_t;

class PastIndex {
 public:
  void clear() {
    entries_.clear();
    masks_.clear();
  }
  /// `e`, tied by the values it has of `mask`'s keys.
  void add(const Keys& keys, EventIndex e, KeyMask mask) {
    entries_.push_back({keys.hash(e, mask), e});
    if (std::find(masks_.begin(), masks_.end(), mask) == masks_.end()) masks_.push_back(mask);
  }
  /// To be called behind the last add, before the first question.
  void sort() {
    if (!std::is_sorted(entries_.begin(), entries_.end())) std::sort(entries_.begin(), entries_.end());
  }

  /// The last event below `end` that `accepts` takes, of those with b's values; kNoEvent where there is none.
  /// REQUIRES: `accepts` takes none that differs from b in the keys it was added by (hashes may be equal).
  template <typename Accepts>
  EventIndex latest(const Keys& keys, EventIndex b, EventIndex end, const Accepts& accepts) const {
    EventIndex found = kNoEvent;
    for (const KeyMask mask : masks_) {
      const std::uint64_t hash = keys.hash(b, mask);
      auto at = std::lower_bound(entries_.begin(), entries_.end(), Entry{hash, end});
      while (at != entries_.begin() && (--at)->hash == hash) {
        if (found != kNoEvent && at->event <= found) break;
        if (!accepts(at->event)) continue;
        found = at->event;
        break;
      }
    }
    return found;
  }

 private:
  struct Entry {
    std::uint64_t hash;
    EventIndex event;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries_;  // ascending, once sorted
  std::vector<KeyMask> masks_;  // that occur; few
};

/// What one rule looks back to: A and N, of a customer or of the organisation.
struct LookBack {
  PastIndex pasts, cancels;

  void clear() {
    pasts.clear();
    cancels.clear();
  }
  /// Adds what `e` is in these roles. Keyless A tie to nothing.
  void add(const Monitor& monitor, Occurrence met) {
    const auto [e, roles] = met;
    if ((roles & kCancels) && monitor.cancels.may_accept(e)) {
      const KeyMask carried = monitor.cancels.keys.carried(e);
      const bool can_tie = !monitor.cancels.has_own_keys || carried == monitor.cancels.keys.all_of_them();
      if (can_tie) cancels.add(monitor.cancels.keys, e, carried);
    }
    if ((roles & kOpens) && monitor.opens.may_accept(e) && monitor.keys.carried_by(e))
      pasts.add(monitor.keys, e, monitor.keys.all_of_them());
  }
  void sort() {
    pasts.sort();
    cancels.sort();
  }
};

}  // namespace handslag::promise
