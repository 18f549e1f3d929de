// SPDX-License-Identifier: Apache-2.0
// Events that later ones look back to (R3, R4), by the keys that tie them: the last one before an event is
// found by halving, however many there are. One thread fills it; then any thread.
// OPTIMIZATION: few, as most customers have, are neither hashed nor sorted but looked through.
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
  /// REQUIRES: stands behind those added before it.
  void add(EventIndex e, KeyMask mask) { entries_.push_back({mask, e}); }
  /// To be called behind the last add, before the first question, with the keys of those.
  void sort(const Keys& keys) {
    if (is_short()) return;
    for (Entry& it : entries_) {
      if (std::find(masks_.begin(), masks_.end(), it.tied) == masks_.end()) masks_.push_back(it.tied);
      it.tied = keys.hash(it.event, it.tied);
    }
    std::sort(entries_.begin(), entries_.end());
  }

  /// The last event below `end` that `accepts` takes, of those with b's values; kNoEvent where there is none.
  /// REQUIRES: `accepts` takes none that differs from b in the keys it was added by (hashes may be equal).
  template <typename Accepts>
  EventIndex latest(const Keys& keys, EventIndex b, EventIndex end, const Accepts& accepts) const {
    return is_short() ? latest_of_few(end, accepts) : latest_of_many(keys, b, end, accepts);
  }

 private:
  static constexpr std::size_t kFew = 16;
  struct Entry {
    std::uint64_t tied;  // few: the mask of its keys; many: their hash
    EventIndex event;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  bool is_short() const { return entries_.size() <= kFew; }

  template <typename Accepts>
  EventIndex latest_of_few(EventIndex end, const Accepts& accepts) const {
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) {
      if (at->event < end && accepts(at->event)) return at->event;
    }
    return kNoEvent;
  }

  template <typename Accepts>
  EventIndex latest_of_many(const Keys& keys, EventIndex b, EventIndex end, const Accepts& accepts) const {
    EventIndex found = kNoEvent;
    for (const KeyMask mask : masks_) {
      const std::uint64_t hash = keys.hash(b, mask);
      auto at = std::lower_bound(entries_.begin(), entries_.end(), Entry{hash, end});
      while (at != entries_.begin() && (--at)->tied == hash) {
        if (found != kNoEvent && at->event <= found) break;
        if (!accepts(at->event)) continue;
        found = at->event;
        break;
      }
    }
    return found;
  }

  std::vector<Entry> entries_;  // few: in timeline order; many: ascending, once sorted
  std::vector<KeyMask> masks_;  // many: that occur; they are few
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
      if (can_tie) cancels.add(e, carried);
    }
    if ((roles & kOpens) && monitor.opens.may_accept(e) && monitor.keys.carried_by(e))
      pasts.add(e, monitor.keys.all_of_them());
  }
  void sort(const Monitor& monitor) {
    pasts.sort(monitor.keys);
    cancels.sort(monitor.cancels.keys);
  }
};

}  // namespace handslag::promise
