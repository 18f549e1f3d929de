// SPDX-License-Identifier: Apache-2.0
// R7: every D a B from S until E. A chain of gaps; each gap is an instance of its own, judged by its own
// activation.
#include <algorithm>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

constexpr std::uint32_t kNotShown =
    UINT32_MAX;  // a gap outside the version's time or the promise's customers

class RecurrenceWatch {
 public:
  explicit RecurrenceWatch(Walk& walk) : walk_(walk), monitor_(walk.monitor), open_(walk.scratch.open) {
    open_.clear();
  }

  void run() {
    for (const auto [e, roles] : walk_.occurrences) {
      if (roles & kCloses) close(e);
      if (roles & step_role(0)) recur(e);
      if ((roles & kOpens) && monitor_.opens.accepts(e)) open(e);
    }
    for (const Open& it : open_) {
      if (it.instance != kNotShown) walk_.settle_absence(it.instance, Verdict::Broken);
    }
  }

 private:
  void open(EventIndex s) {
    if (!monitor_.required.carried_by(s)) {
      if (walk_.in_scope(s)) {
        walk_.append_unknown(s, walk_.due(monitor_.within, walk_.time(s)), UnknownCause::NoKey);
      }
      return;
    }
    const bool is_inside = std::any_of(open_.begin(), open_.end(),
                                       [&](const Open& it) { return monitor_.keys.equal(it.opener, s); });
    if (is_inside) return;
    Open& it = open_.emplace_back();
    it.opener = s;
    begin_gap(it, s);
  }

  void begin_gap(Open& it, EventIndex from) {
    it.activation = from;
    it.instance =
        walk_.in_scope(from) ? walk_.append(from, walk_.due(monitor_.within, walk_.time(from))) : kNotShown;
  }

  void end_gap(const Open& it, EventIndex by) {
    if (it.instance == kNotShown) return;
    walk_.fulfil(it.instance, by, monitor_.within.is_business);
    walk_.add_witness(it.instance, by);
  }

  void recur(EventIndex b) {
    const Pattern& pattern = monitor_.steps[0].parts[0];
    if (open_.empty() || !pattern.may_accept(b)) return;
    for (Open& it : open_) {
      if (!monitor_.keys.equal(it.opener, b) || !pattern.accepts(b, {it.opener, nullptr})) continue;
      end_gap(it, b);
      begin_gap(it, b);
    }
  }

  void close(EventIndex end) {
    if (open_.empty() || !monitor_.closes.may_accept(end)) return;
    std::erase_if(open_, [&](const Open& it) {
      if (!monitor_.closes.concerns(it.opener, end, {it.opener, nullptr})) return false;
      end_gap(it, end);
      return true;
    });
  }

  Walk& walk_;
  const Monitor& monitor_;
  std::vector<Open>& open_;
};

}  // namespace

void watch_recurrence(Walk& walk) {
  RecurrenceWatch(walk).run();
}

}  // namespace handslag::promise
