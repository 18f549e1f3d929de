// SPDX-License-Identifier: Apache-2.0
// R1 with R11 and all its options: when A then B BOUND, unless C.
//
// An instance stands in Scratch::open from its A until nothing can change it: until B or C, or with `before
// E` until E, which also gives the due time of what was decided before.
#include <algorithm>
#include <optional>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

class ResponseWatch {
 public:
  explicit ResponseWatch(Walk& walk)
      : walk_(walk),
        monitor_(walk.monitor),
        then_(walk.monitor.steps[0]),
        open_(walk.scratch.open),
        matches_(walk.scratch.matches) {
    open_.clear();
    matches_.clear();
  }

  void run() {
    for (at_ = 0; at_ < walk_.occurrences.size(); ++at_) {
      const auto [e, roles] = walk_.occurrences[at_];
      if (cancelling_ && walk_.time(e) > cancelled_at_) call_off();
      if (roles & kCloses) close(e);
      if (roles & kCancels) cancel(e);
      if (roles & step_role(0)) serve(e);
      if (roles & kOpens) open(e);
    }
    if (cancelling_) call_off();
    for (const Open& it : open_) {
      if (!it.is_decided) walk_.settle_absence(it.instance, Verdict::Broken);
    }
  }

 private:
  bool awaits_end() const { return monitor_.bound == BoundKind::Event; }
  NamedEvents named(const Open& it) const { return {it.activation, nullptr}; }

  // ---- A

  // No due time yet: null. Unreadable: nothing.
  std::optional<Timestamp> due_of(EventIndex a) {
    if (awaits_end()) return kNoTime;
    if (monitor_.bound == BoundKind::Within) return walk_.due(monitor_.within, walk_.time(a));
    const model::Cell cell =
        monitor_.due_attribute == nullptr ? model::Cell{} : monitor_.due_attribute->at(a);
    if (cell.kind == model::ValueKind::Instant) return cell.as_instant();
    if (cell.kind == model::ValueKind::Date) return monitor_.rules->end_of_day(cell.as_date());  // P-20
    return std::nullopt;
  }

  void open(EventIndex a) {
    if (!monitor_.opens.accepts(a) || !walk_.in_scope(a)) return;
    const std::optional<Timestamp> due = due_of(a);
    if (!monitor_.required.carried_by(a)) {
      return walk_.append_unknown(a, due.value_or(kNoTime), UnknownCause::NoKey);
    }
    if (monitor_.option == ResponseOption::FirstOnly && is_held_back(a)) return;
    if (monitor_.option == ResponseOption::Restart) restart(a);
    if (!due) return walk_.append_unknown(a, kNoTime, UnknownCause::NoDueTime);
    Open& it = open_.emplace_back();
    it.activation = a;
    it.instance = walk_.append(a, *due);
    it.matches = static_cast<std::uint32_t>(matches_.size());
    if (*due != kNoTime) it.due = due->us;
    if (then_.combine == Combine::All) matches_.resize(matches_.size() + then_.parts.size(), kNoEvent);
  }

  // It stands, has these keys, and `a` is not after its due (P-13).
  bool is_earlier(const Open& it, EventIndex a) const {
    return !it.is_decided && walk_.time(a).us <= it.due && monitor_.keys.equal(it.activation, a);
  }

  bool is_held_back(EventIndex a) {
    return std::any_of(open_.begin(), open_.end(), [&](const Open& it) {
      return is_earlier(it, a) && (it.cancelled_by == kNoEvent || is_fulfilled_at_this_instant(it));  // D-32
    });
  }

  void restart(EventIndex a) {
    for (Open& it : open_) {
      if (is_earlier(it, a)) make_void(it, it.cancelled_by == kNoEvent ? a : it.cancelled_by);
    }
    drop_decided();
  }

  // ---- B

  bool part_accepts(const Pattern& part, EventIndex b, const Open& it) const {
    return (then_.parts.size() == 1 || part.has_type(walk_.type(b))) && part.accepts(b, named(it));
  }

  bool may_match(EventIndex b) const {
    return std::any_of(then_.parts.begin(), then_.parts.end(), [&](const Pattern& part) {
      return (then_.parts.size() == 1 || part.has_type(walk_.type(b))) && part.may_accept(b);
    });
  }

  bool is_candidate(const Open& it, EventIndex b) const {
    return !it.is_decided && monitor_.keys.equal(it.activation, b);
  }

  void serve(EventIndex b) {
    if (open_.empty() || !may_match(b)) return;
    if (then_.combine == Combine::All) {
      serve_parts(b);
    } else {
      serve_any(b);
    }
    drop_decided();
  }

  void serve_any(EventIndex b) {
    for (Open& it : open_) {
      if (!is_candidate(it, b)) continue;
      const bool matches = std::any_of(then_.parts.begin(), then_.parts.end(),
                                       [&](const Pattern& part) { return part_accepts(part, b, it); });
      if (!matches) continue;
      fulfil(it, b);
      walk_.add_witness(it.instance, b);
      if (monitor_.option == ResponseOption::OneForOne) return;
    }
  }

  void serve_parts(EventIndex b) {
    for (std::size_t p = 0; p < then_.parts.size(); ++p) {
      for (Open& it : open_) {
        EventIndex& match = matches_[it.matches + p];
        if (match != kNoEvent || !is_candidate(it, b) || !part_accepts(then_.parts[p], b, it)) continue;
        match = b;
        if (++it.count == then_.parts.size()) fulfil_by_parts(it, b);
        if (monitor_.option == ResponseOption::OneForOne) break;
      }
    }
  }

  void fulfil_by_parts(Open& it, EventIndex last) {
    const auto first = matches_.begin() + it.matches;
    auto& witnesses = walk_.scratch.witnesses;
    witnesses.assign(first, first + static_cast<std::ptrdiff_t>(then_.parts.size()));
    fulfil(it, last);
    walk_.at(it.instance).is_rescued =
        std::any_of(witnesses.begin(), witnesses.end(), [&](EventIndex b) { return walk_.is_rescue(b); });
    walk_.add_witnesses(it.instance, witnesses);
  }

  void fulfil(Open& it, EventIndex b) {
    walk_.fulfil(it.instance, b, monitor_.bound == BoundKind::Within && monitor_.within.is_business);
    it.is_decided = true;
    it.fulfilled_by = b;
  }

  // Whether what is still to come at the instant of the present event completes it (D-10).
  bool is_fulfilled_at_this_instant(const Open& it) {
    const Timestamp now = walk_.time(walk_.occurrences[at_].event);
    auto& missing = walk_.scratch.lookahead;
    missing.clear();
    for (std::size_t p = 0; p < then_.parts.size(); ++p) {
      const bool has = then_.combine == Combine::All && matches_[it.matches + p] != kNoEvent;
      if (!has) missing.push_back(static_cast<EventIndex>(p));
    }
    for (std::size_t i = at_ + 1; i < walk_.occurrences.size(); ++i) {
      const auto [e, roles] = walk_.occurrences[i];
      if (walk_.time(e) > now) return false;
      if ((roles & kCloses) && monitor_.closes.accepts(e, named(it)) &&
          monitor_.closes.is_tied(it.activation, e)) {
        return false;
      }
      if (!(roles & step_role(0)) || !is_candidate(it, e)) continue;
      const EventIndex b = e;
      const std::size_t matched =
          std::erase_if(missing, [&](EventIndex p) { return part_accepts(then_.parts[p], b, it); });
      if (missing.empty() || (matched > 0 && then_.combine != Combine::All)) return true;
    }
    return false;
  }

  // ---- C

  void cancel(EventIndex c) {
    if (open_.empty() || !monitor_.cancels.may_accept(c)) return;
    for (Open& it : open_) {
      if (it.is_decided || it.cancelled_by != kNoEvent || walk_.time(c).us > it.due) continue;
      if (!monitor_.cancels.concerns(it.activation, c, named(it))) continue;
      it.cancelled_by = c;
      cancelling_ = true;
      cancelled_at_ = walk_.time(c);
    }
  }

  void call_off() {
    cancelling_ = false;
    for (Open& it : open_) {
      if (!it.is_decided && it.cancelled_by != kNoEvent) make_void(it, it.cancelled_by);
    }
    drop_decided();
  }

  void make_void(Open& it, EventIndex by) {
    walk_.decide(it.instance, Verdict::Void, by);
    walk_.add_witness(it.instance, by);
    it.is_decided = true;
  }

  // ---- E

  void close(EventIndex end) {
    if (open_.empty() || !monitor_.closes.may_accept(end)) return;
    std::erase_if(open_, [&](Open& it) {
      if (!monitor_.closes.concerns(it.activation, end, named(it))) return false;
      if (!it.is_decided && it.cancelled_by != kNoEvent) make_void(it, it.cancelled_by);
      walk_.at(it.instance).due = walk_.time(end);
      if (it.fulfilled_by != kNoEvent) {
        walk_.at(it.instance).slack_us = walk_.time(end).us - walk_.time(it.fulfilled_by).us;
      } else if (!it.is_decided && walk_.settle_absence(it.instance, Verdict::Broken)) {
        walk_.add_witness(it.instance, end);
      }
      return true;
    });
  }

  // What is decided leaves, but where it waits for E's time.
  void drop_decided() {
    if (awaits_end()) return;
    std::erase_if(open_, [](const Open& it) { return it.is_decided; });
  }

  Walk& walk_;
  const Monitor& monitor_;
  const StepPattern& then_;
  std::vector<Open>& open_;
  std::vector<EventIndex>& matches_;
  std::size_t at_ = 0;
  bool cancelling_ = false;
  Timestamp cancelled_at_;
};

}  // namespace

void watch_response(Walk& walk) {
  ResponseWatch(walk).run();
}

}  // namespace handslag::promise
