// SPDX-License-Identifier: Apache-2.0
// R1's lean form. OPTIMIZATION: most promises are one A, one B, at most one key and a due time, with no
// option; then an open instance is eight bytes and every B closes all it matches. The same meaning as
// response.cc.
#include <vector>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

template <bool kKeyed, BoundKind kBound>
class PlainWatch {
 public:
  explicit PlainWatch(Walk& walk)
      : walk_(walk),
        monitor_(walk.monitor),
        open_(walk.scratch.plain),
        keys_(kKeyed ? walk.monitor.keys.only() : nullptr) {
    open_.clear();
  }

  void run() {
    for (std::size_t i = 0; i < walk_.occurrences.size(); ++i) {
      const auto [e, roles] = walk_.occurrences[i];
      if ((roles & kCancels) && !open_.empty()) cancel(i);
      if ((roles & step_role(0)) && !open_.empty()) serve(e);
      if (roles & kOpens) open(e);
    }
    for (const PlainOpen& it : open_) walk_.settle_absence(it.instance, Verdict::Broken);
  }

 private:
  std::uint32_t key(EventIndex e) const { return kKeyed ? keys_[e] : 1; }

  void serve(EventIndex b) {
    const std::uint32_t wanted = key(b);
    if (wanted == model::kNoText || !monitor_.steps[0].parts[0].accepts(b)) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (!kKeyed || open_[i].key == wanted) {
        walk_.fulfil(open_[i].instance, b, kBound == BoundKind::Within && monitor_.within.is_business);
        walk_.add_witness(open_[i].instance, b);
      } else {
        open_[kept++] = open_[i];
      }
    }
    open_.resize(kept);
  }

  void cancel(std::size_t position) {
    const EventIndex c = walk_.occurrences[position].event;
    if (!monitor_.cancels.accepts(c)) return;
    std::erase_if(open_, [&](const PlainOpen& it) {
      const model::Instance& instance = walk_.at(it.instance);
      if (walk_.time(c) > instance.due || !monitor_.cancels.is_tied(instance.activation, c)) return false;
      if (is_served_at_its_instant(it, position)) return false;
      walk_.decide(it.instance, Verdict::Void, c);
      walk_.add_witness(it.instance, c);
      return true;
    });
  }

  // D-10: a B at the instant of C goes before it, also where C is that B.
  bool is_served_at_its_instant(const PlainOpen& it, std::size_t position) const {
    const Timestamp now = walk_.time(walk_.occurrences[position].event);
    for (std::size_t i = position; i < walk_.occurrences.size(); ++i) {
      const auto [b, roles] = walk_.occurrences[i];
      if (walk_.time(b) > now) return false;
      const bool is_candidate = (roles & step_role(0)) && (!kKeyed || key(b) == it.key);
      if (is_candidate && monitor_.steps[0].parts[0].accepts(b)) return true;
    }
    return false;
  }

  Timestamp due_of(EventIndex a) {
    if constexpr (kBound == BoundKind::Within) return walk_.due(monitor_.within, walk_.time(a));
    const model::Cell cell = monitor_.due_attribute->at(a);
    if (cell.kind == model::ValueKind::Instant) return cell.as_instant();
    if (cell.kind == model::ValueKind::Date) return monitor_.rules->end_of_day(cell.as_date());  // P-20
    return kNoTime;
  }

  void open(EventIndex a) {
    if (!monitor_.opens.accepts(a) || !walk_.in_scope(a)) return;
    const Timestamp due = due_of(a);
    if (key(a) == model::kNoText) return walk_.append_unknown(a, due, UnknownCause::NoKey);
    if (due == kNoTime) return walk_.append_unknown(a, due, UnknownCause::NoDueTime);
    PlainOpen& it = open_.emplace_back();
    it.key = key(a);
    it.instance = walk_.append(a, due);
  }

  Walk& walk_;
  const Monitor& monitor_;
  std::vector<PlainOpen>& open_;
  const std::uint32_t* keys_;
};

}  // namespace

void watch_plain_response(Walk& walk) {
  const bool is_keyed = !walk.monitor.keys.empty();
  if (walk.monitor.bound == BoundKind::Within) {
    is_keyed ? PlainWatch<true, BoundKind::Within>(walk).run()
             : PlainWatch<false, BoundKind::Within>(walk).run();
  } else {
    is_keyed ? PlainWatch<true, BoundKind::Attribute>(walk).run()
             : PlainWatch<false, BoundKind::Attribute>(walk).run();
  }
}

}  // namespace handslag::promise
