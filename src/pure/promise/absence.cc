// SPDX-License-Identifier: Apache-2.0
// R2: after A never B within D, unless C. An instance is open until B or C comes or its due passes.
#include <algorithm>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

class AbsenceWatch {
 public:
  explicit AbsenceWatch(Walk& walk) : walk_(walk), monitor_(walk.monitor), open_(walk.scratch.open) {
    open_.clear();
  }

  void run() {
    for (const auto [e, roles] : walk_.occurrences) {
      if (cancelling_ && walk_.time(e) > cancelled_at_) call_off();
      if (roles & kCancels) cancel(e);
      if (roles & step_role(0)) breach(e);
      if (roles & kOpens) open(e);
    }
    if (cancelling_) call_off();
    for (const Open& it : open_) walk_.settle_absence(it.instance, Verdict::Kept);
  }

 private:
  void open(EventIndex a) {
    if (!monitor_.opens.accepts(a) || !walk_.in_scope(a)) return;
    const Timestamp due = walk_.due(monitor_.within, walk_.time(a));
    if (!monitor_.required.carried_by(a)) return walk_.append_unknown(a, due, UnknownCause::NoKey);
    Open& it = open_.emplace_back();
    it.activation = a;
    it.instance = walk_.append(a, due);
    it.due = due.us;
  }

  void breach(EventIndex b) {
    const Pattern& pattern = monitor_.steps[0].parts[0];
    if (open_.empty() || !pattern.may_accept(b)) return;
    std::erase_if(open_, [&](const Open& it) {
      if (walk_.time(b).us > it.due) {  // it passed without B
        walk_.settle_absence(it.instance, Verdict::Kept);
        return true;
      }
      if (!monitor_.keys.equal(it.activation, b) || !pattern.accepts(b, {it.activation, nullptr}))
        return false;
      walk_.decide(it.instance, Verdict::Broken, b);
      walk_.add_witness(it.instance, b);
      return true;
    });
  }

  // C waits for the end of its instant: a B there goes before it (D-10).
  void cancel(EventIndex c) {
    if (open_.empty() || !monitor_.cancels.may_accept(c)) return;
    for (Open& it : open_) {
      if (it.cancelled_by != kNoEvent || walk_.time(c).us > it.due) continue;
      if (!monitor_.cancels.concerns(it.activation, c, {it.activation, nullptr})) continue;
      it.cancelled_by = c;
      cancelling_ = true;
      cancelled_at_ = walk_.time(c);
    }
  }

  void call_off() {
    cancelling_ = false;
    std::erase_if(open_, [&](const Open& it) {
      if (it.cancelled_by == kNoEvent) return false;
      walk_.decide(it.instance, Verdict::Void, it.cancelled_by);
      walk_.add_witness(it.instance, it.cancelled_by);
      return true;
    });
  }

  Walk& walk_;
  const Monitor& monitor_;
  std::vector<Open>& open_;
  bool cancelling_ = false;
  Timestamp cancelled_at_;
};

}  // namespace

void watch_absence(Walk& walk) {
  AbsenceWatch(walk).run();
}

}  // namespace handslag::promise
