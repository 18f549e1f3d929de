// SPDX-License-Identifier: Apache-2.0
// R3: B only after A. R4: never B when already A. Both look back from B to the last A that is tied to it, and
// to an N since.
#include <algorithm>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

class PrecedenceWatch {
 public:
  explicit PrecedenceWatch(Walk& walk)
      : walk_(walk),
        monitor_(walk.monitor),
        own_(walk.scratch.look_back),
        organisation_(walk.scratch.organisation_look_back) {
    own_.clear();
    for (const Occurrence& met : walk.occurrences) own_.add(monitor_, met);
    own_.sort(monitor_);
  }

  template <typename Judge>
  void run(Judge judge) {
    for (const auto& [e, roles] : walk_.occurrences) {
      if ((roles & step_role(0)) && monitor_.steps[0].parts[0].accepts(e) && walk_.in_scope(e))
        look_back(e, judge);
    }
  }

 private:
  /// An event of either timeline; its place in the customer's order.
  struct Found {
    EventIndex event = kNoEvent;
    bool is_organisations = false;
  };

  // P-1. Neither is kNoEvent.
  bool stands_behind(Found a, Found b) const {
    if (a.is_organisations == b.is_organisations) return a.event > b.event;
    if (a.is_organisations) return a.event >= walk_.organisation_events_before(b.event);
    return b.event < walk_.organisation_events_before(a.event);
  }

  // `own_end`: the customer's events below it stand before B.
  template <typename Accepts>
  Found latest(PastIndex LookBack::*which, const Keys& keys, EventIndex b, EventIndex own_end,
               const Accepts& accepts) const {
    const Found own{(own_.*which).latest(keys, b, own_end, accepts), false};
    if (organisation_ == nullptr) return own;
    const EventIndex before = walk_.organisation_events_before(b);
    const Found other{(organisation_->*which).latest(keys, b, before, accepts), true};
    if (own.event == kNoEvent) return other;
    if (other.event == kNoEvent) return own;
    return stands_behind(own, other) ? own : other;
  }

  template <typename Judge>
  void look_back(EventIndex b, Judge& judge) {
    const Timestamp t = walk_.time(b);
    if (!monitor_.required.carried_by(b)) return walk_.append_unknown(b, t, UnknownCause::NoKey);
    if (t <= monitor_.unknown_through) return walk_.append_unknown(b, t, UnknownCause::ShortHistory);
    const NamedEvents named{b, nullptr};
    const Found a = latest(&LookBack::pasts, monitor_.keys, b, b, [&](EventIndex e) {
      return monitor_.keys.equal(b, e) &&
             (!monitor_.opens.guard.names_others() || monitor_.opens.accepts(e, named));
    });
    // Too long ago, and so are all before it.
    const bool is_none =
        a.event == kNoEvent || (monitor_.has_within && t > walk_.due(monitor_.within, walk_.time(a.event)));
    if (is_none) return judge(walk_, b, kNoEvent, false);
    // An N that is also the B counts (D-3, D-29).
    const Found n = latest(&LookBack::cancels, monitor_.cancels.keys, b, b + 1,
                           [&](EventIndex e) { return monitor_.cancels.concerns(b, e, named); });
    judge(walk_, b, a.event, n.event != kNoEvent && stands_behind(n, a));
  }

  Walk& walk_;
  const Monitor& monitor_;
  LookBack& own_;
  const LookBack* organisation_;
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
