// SPDX-License-Identifier: Apache-2.0
// R5: at most, at least, exactly n B [within D] [from S] [until E]. A group of equal keys is open from its
// opener to its close, E or D after the opener, also when it is decided before.
#include <algorithm>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

class CountWatch {
 public:
  explicit CountWatch(Walk& walk) : walk_(walk), monitor_(walk.monitor), open_(walk.scratch.open) {
    open_.clear();
  }

  void run() {
    for (const auto [e, roles] : walk_.occurrences) {
      if (roles & kCloses) close(e);
      if (roles & step_role(0)) count(e);
      if ((roles & kOpens) && monitor_.opens.accepts(e)) open(e);
    }
    for (const Open& it : open_) settle_at_close(it);
  }

 private:
  const Pattern& b_pattern() const { return monitor_.steps[0].parts[0]; }

  // S, or the first B of a group. True where it made a group.
  bool open(EventIndex opener) {
    if (!walk_.in_scope(opener)) return false;
    const Timestamp due = monitor_.has_within ? walk_.due(monitor_.within, walk_.time(opener)) : kNoTime;
    if (!monitor_.required.carried_by(opener)) {
      walk_.append_unknown(opener, due, UnknownCause::NoKey);
      return false;
    }
    expire(walk_.time(opener));
    const bool is_inside = std::any_of(open_.begin(), open_.end(), [&](const Open& it) {
      return monitor_.keys.equal(it.activation, opener);
    });
    if (is_inside) return false;
    Open& it = open_.emplace_back();
    it.activation = opener;
    it.instance = walk_.append(opener, due);
    if (due != kNoTime) it.due = due.us;
    if (monitor_.kind == CountKind::AtLeast && monitor_.n == 0) decide(it, Verdict::Kept, opener);
    return true;
  }

  void count(EventIndex b) {
    if (!b_pattern().may_accept(b)) return;
    expire(walk_.time(b));
    bool is_inside = false;
    for (Open& it : open_) {
      if (!monitor_.keys.equal(it.activation, b)) continue;
      is_inside = true;
      if (b_pattern().accepts(b, {it.activation, nullptr})) count_one(it, b);
    }
    if (!is_inside && !monitor_.is_opened_by_event && open(b)) count_one(open_.back(), b);
  }

  void count_one(Open& it, EventIndex b) {
    if (it.is_decided) return;
    ++it.count;
    if (monitor_.kind == CountKind::AtLeast) {
      if (it.count != monitor_.n) return;
      decide(it, Verdict::Kept, b);
      walk_.at(it.instance).is_rescued = walk_.is_rescue(b);
    } else {
      if (it.count != monitor_.n + 1) return;
      decide(it, Verdict::Broken, b);
    }
    walk_.add_witness(it.instance, b);
  }

  void decide(Open& it, Verdict verdict, EventIndex by) {
    walk_.decide(it.instance, verdict, by);
    if (walk_.at(it.instance).due == kNoTime)
      walk_.at(it.instance).due = walk_.time(by);  // P-16: no close known yet
    it.is_decided = true;
  }

  void close(EventIndex end) {
    if (open_.empty() || !monitor_.closes.may_accept(end)) return;
    expire(walk_.time(end));
    std::erase_if(open_, [&](const Open& it) {
      if (!monitor_.closes.concerns(it.activation, end, {it.activation, nullptr})) return false;
      walk_.at(it.instance).due = walk_.time(end);
      if (settle_at_close(it)) walk_.add_witness(it.instance, end);
      return true;
    });
  }

  // Groups whose D is over.
  void expire(Timestamp now) {
    if (!monitor_.has_within) return;
    std::erase_if(open_, [&](const Open& it) {
      if (now.us <= it.due) return false;
      settle_at_close(it);
      return true;
    });
  }

  // What rests on there being no more B. True where the close decided it.
  bool settle_at_close(const Open& it) {
    if (it.is_decided) return false;
    const bool fits =
        monitor_.kind == CountKind::AtMost || (monitor_.kind == CountKind::Exactly && it.count == monitor_.n);
    return walk_.settle_absence(it.instance, fits ? Verdict::Kept : Verdict::Broken);
  }

  Walk& walk_;
  const Monitor& monitor_;
  std::vector<Open>& open_;
};

}  // namespace

void watch_count(Walk& walk) {
  CountWatch(walk).run();
}

}  // namespace handslag::promise
