// SPDX-License-Identifier: Apache-2.0
// R3: B only after A. R4: never B when already A. Both look back from B to the last A that is tied to it, and
// to an N since. Of events with the same keys only the last is kept, so that memory is one entry for each
// distinct key.
#include <algorithm>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

class PrecedenceWatch {
 public:
  explicit PrecedenceWatch(Walk& walk)
      : walk_(walk), monitor_(walk.monitor), pasts_(walk.scratch.pasts), cancels_(walk.scratch.cancels) {
    pasts_.clear();
    cancels_.clear();
  }

  template <typename Judge>
  void run(Judge judge) {
    for (; position_ < walk_.occurrences.size(); ++position_) {
      const auto [e, roles] = walk_.occurrences[position_];
      if ((roles & kCancels) && monitor_.cancels.may_accept(e)) {
        remember(cancels_, monitor_.cancels.keys, monitor_.cancels.guard, e);
      }
      if ((roles & step_role(0)) && monitor_.steps[0].parts[0].accepts(e) && walk_.in_scope(e))
        look_back(e, judge);
      if ((roles & kOpens) && monitor_.opens.may_accept(e) && monitor_.keys.carried_by(e)) {
        remember(pasts_, monitor_.keys, monitor_.opens.guard, e);
      }
    }
  }

 private:
  void remember(std::vector<Past>& pasts, const Keys& keys, const GuardProgram& guard, EventIndex e) {
    Past& past = place_for(pasts, keys, guard, e);
    past.event = e;
    past.position = position_;
    if (monitor_.has_within) past.due = walk_.due(monitor_.within, walk_.time(e)).us;
  }

  // That of the earlier one with the same keys, but where an earlier one may hold and the last not.
  static Past& place_for(std::vector<Past>& pasts, const Keys& keys, const GuardProgram& guard,
                         EventIndex e) {
    if (!guard.names_others()) {
      for (Past& earlier : pasts) {
        if (keys.identical(earlier.event, e)) return earlier;
      }
    }
    return pasts.emplace_back();
  }

  template <typename Accepts>
  static const Past* latest(const std::vector<Past>& pasts, const Accepts& accepts) {
    const Past* found = nullptr;
    for (const Past& past : pasts) {
      if ((found == nullptr || past.position > found->position) && accepts(past.event)) found = &past;
    }
    return found;
  }

  template <typename Judge>
  void look_back(EventIndex b, Judge& judge) {
    const Timestamp t = walk_.time(b);
    if (!monitor_.required.carried_by(b)) return walk_.append_unknown(b, t, UnknownCause::NoKey);
    if (t <= monitor_.unknown_through) return walk_.append_unknown(b, t, UnknownCause::ShortHistory);
    const NamedEvents named{b, nullptr};
    const Past* a = latest(pasts_, [&](EventIndex e) {
      return monitor_.keys.equal(b, e) &&
             (!monitor_.opens.guard.names_others() || monitor_.opens.accepts(e, named));
    });
    if (a != nullptr && t.us > a->due) a = nullptr;  // too long ago, and so are all before it
    const Past* n =
        a == nullptr ? nullptr
                     : latest(cancels_, [&](EventIndex e) { return monitor_.cancels.concerns(b, e, named); });
    const bool is_taken_back = n != nullptr && n->position > a->position;
    judge(walk_, b, a == nullptr ? kNoEvent : a->event, is_taken_back);
  }

  Walk& walk_;
  const Monitor& monitor_;
  std::vector<Past>& pasts_;
  std::vector<Past>& cancels_;
  std::uint32_t position_ = 0;
};

}  // namespace

void watch_only_after(Walk& walk) {
  PrecedenceWatch(walk).run([](Walk& w, EventIndex b, EventIndex a, bool is_taken_back) {
    const std::uint32_t instance = w.append(b, w.time(b));
    if (a == kNoEvent || is_taken_back) {
      w.settle_absence(instance, Verdict::Broken);
      return;
    }
    w.decide(instance, Verdict::Kept, b);
    w.add_witness(instance, a);
  });
}

void watch_never_when_already(Walk& walk) {
  PrecedenceWatch(walk).run([](Walk& w, EventIndex b, EventIndex a, bool is_taken_back) {
    const std::uint32_t instance = w.append(b, w.time(b));
    if (a == kNoEvent) {
      w.settle_absence(instance, Verdict::Kept);
    } else if (is_taken_back) {
      w.decide(instance, Verdict::Kept, b);
    } else {
      w.decide(instance, Verdict::Broken, b);
      w.add_witness(instance, a);
      w.add_witness(instance, b);
    }
  });
}

}  // namespace handslag::promise
