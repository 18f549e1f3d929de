// SPDX-License-Identifier: Apache-2.0
// R6: at most n B within any D. Per key a chain of the last n, its oldest moving on with each B, so that a B
// costs the same however large n is.
#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

class RateWatch {
 public:
  explicit RateWatch(Walk& walk)
      : walk_(walk), monitor_(walk.monitor), pasts_(walk.scratch.pasts), recents_(walk.scratch.recents) {
    pasts_.clear();
    recents_.clear();
  }

  void run() {
    for (const auto [b, roles] : walk_.occurrences) {
      if (!monitor_.steps[0].parts[0].accepts(b)) continue;
      if (!monitor_.keys.carried_by(b)) {
        if (walk_.in_scope(b)) walk_.append_unknown(b, walk_.time(b), UnknownCause::NoKey);
        continue;
      }
      Recent& recent = of_key(b);
      if (walk_.in_scope(b)) judge(recent, b);
      remember(recent, b);
    }
  }

 private:
  Recent& of_key(EventIndex b) {
    for (Recent& recent : recents_) {
      if (monitor_.keys.equal(pasts_[recent.newest].event, b)) return recent;
    }
    const auto first = static_cast<std::uint32_t>(pasts_.size());
    return recents_.emplace_back(Recent{first, first, 0});
  }

  void judge(const Recent& recent, EventIndex b) {
    const Timestamp t = walk_.time(b);
    const bool is_too_many =
        monitor_.n == 0 || (recent.count == monitor_.n && t.us <= pasts_[recent.oldest].due);
    if (is_too_many) {
      const std::uint32_t instance = walk_.append(b, t);
      walk_.decide(instance, Verdict::Broken, b);
      std::uint32_t other = recent.oldest;
      for (std::uint32_t i = 0; i < recent.count; ++i, other = pasts_[other].neighbour) {
        walk_.add_witness(instance, pasts_[other].event);
      }
      walk_.add_witness(instance, b);
    } else if (t <= monitor_.unknown_through) {
      walk_.append_unknown(b, t, UnknownCause::ShortHistory);
    } else {
      walk_.settle_absence(walk_.append(b, t), Verdict::Kept);
    }
  }

  void remember(Recent& recent, EventIndex b) {
    const auto index = static_cast<std::uint32_t>(pasts_.size());
    Past& past = pasts_.emplace_back();
    past.event = b;
    past.due = walk_.due(monitor_.within, walk_.time(b)).us;
    if (recent.newest != index) pasts_[recent.newest].neighbour = index;
    recent.newest = index;
    if (recent.count < monitor_.n) {
      ++recent.count;
    } else if (monitor_.n > 0) {
      recent.oldest = pasts_[recent.oldest].neighbour;
    }
  }

  Walk& walk_;
  const Monitor& monitor_;
  std::vector<Past>& pasts_;
  std::vector<Recent>& recents_;
};

}  // namespace

void watch_rate(Walk& walk) {
  RateWatch(walk).run();
}

}  // namespace handslag::promise
