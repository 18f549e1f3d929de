// SPDX-License-Identifier: Apache-2.0
// R10: when A then B within D1 then C within D2 … [total D] [unless X], with R11 in any step. Every A is
// followed by itself. A step but the last has to come in time; the last may be late. What fails is decided by
// its absence (D-27).
#include <algorithm>

#include "pure/promise/walk.h"

namespace handslag::promise {

using model::UnknownCause;
using model::Verdict;

namespace {

class ChainWatch {
 public:
  explicit ChainWatch(Walk& walk)
      : walk_(walk), monitor_(walk.monitor), open_(walk.scratch.chains), matches_(walk.scratch.matches) {
    open_.clear();
    matches_.clear();
  }

  void run() {
    for (const auto [e, roles] : walk_.occurrences) {
      if (cancelling_ && walk_.time(e) > cancelled_at_) call_off();
      if (roles & kCancels) cancel(e);
      if (roles >= step_role(0)) advance(e, roles);
      if (roles & kOpens) open(e);
    }
    if (cancelling_) call_off();
    for (const OpenChain& it : open_) fail(it);
  }

 private:
  std::size_t last_step() const { return monitor_.steps.size() - 1; }
  NamedEvents named(const OpenChain& it) const { return {it.activation, matches_.data() + it.matches}; }

  void open(EventIndex a) {
    if (!monitor_.opens.accepts(a) || !walk_.in_scope(a)) return;
    OpenChain& it = open_.emplace_back();
    it.activation = a;
    it.matches = static_cast<std::uint32_t>(matches_.size());
    if (monitor_.has_total) it.total_due = walk_.due(monitor_.total, walk_.time(a)).us;
    await_step(it, walk_.time(a));
    if (!monitor_.required.carried_by(a)) {
      walk_.append_unknown(a, {it.due}, UnknownCause::NoKey);
      return open_.pop_back();
    }
    it.instance = walk_.append(a, {it.due});
    matches_.resize(matches_.size() + monitor_.matches, kNoEvent);
  }

  void await_step(OpenChain& it, Timestamp from) {
    it.step_due = walk_.due(monitor_.steps[it.steps].within, from).us;
    it.due = std::min(it.step_due, it.total_due);
    it.parts = 0;
  }

  // ---- steps

  void advance(EventIndex e, std::uint32_t roles) {
    std::erase_if(open_, [&](OpenChain& it) {
      const StepPattern& step = monitor_.steps[it.steps];
      if (is_over(it, walk_.time(e))) {
        fail(it);
        return true;
      }
      if (!(roles & step_role(it.steps)) || !step.keys.equal(it.activation, e)) return false;
      if (!make_parts(it, step, e)) return false;
      if (it.steps < last_step()) {
        ++it.steps;
        await_step(it, walk_.time(e));
        walk_.at(it.instance).due = {it.due};
        return false;
      }
      finish(it, e);
      return true;
    });
  }

  // Nothing that comes now can change it: a step but the last is past its due, or the last past the total.
  bool is_over(const OpenChain& it, Timestamp now) const {
    return it.cancelled_by == kNoEvent && now.us > (it.steps < last_step() ? it.due : it.total_due);
  }

  // True where the step is made.
  bool make_parts(OpenChain& it, const StepPattern& step, EventIndex e) {
    bool is_matched = false;
    for (std::size_t p = 0; p < step.parts.size(); ++p) {
      EventIndex& match = matches_[it.matches + step.first_match + p];
      const Pattern& part = step.parts[p];
      if (match != kNoEvent || !part.has_type(walk_.type(e)) || !part.accepts(e, named(it))) continue;
      match = e;
      is_matched = true;
      ++it.parts;
    }
    return is_matched && (step.combine != Combine::All || it.parts == step.parts.size());
  }

  void finish(OpenChain& it, EventIndex e) {
    model::Instance& instance = walk_.at(it.instance);
    const bool is_by_total = it.total_due < it.step_due;
    const Allowance& allowance = is_by_total ? monitor_.total : monitor_.steps[it.steps].within;
    walk_.fulfil(it.instance, e, allowance.is_business);
    if (instance.verdict == Verdict::Late) instance.step = static_cast<std::uint8_t>(it.steps);
    const StepPattern& step = monitor_.steps[it.steps];
    const auto first = matches_.begin() + it.matches + step.first_match;
    instance.is_rescued = std::any_of(first, first + static_cast<std::ptrdiff_t>(step.parts.size()),
                                      [&](EventIndex b) { return b != kNoEvent && walk_.is_rescue(b); });
    add_steps(it, it.steps + 1);
  }

  void fail(const OpenChain& it) {
    if (walk_.settle_absence(it.instance, Verdict::Broken)) {
      walk_.at(it.instance).step = static_cast<std::uint8_t>(it.steps);
    }
    add_steps(it, it.steps);
  }

  // The matches of the first `steps` steps are witnesses.
  void add_steps(const OpenChain& it, std::uint32_t steps) {
    auto& witnesses = walk_.scratch.witnesses;
    witnesses.clear();
    const std::uint32_t end =
        steps == monitor_.steps.size() ? monitor_.matches : monitor_.steps[steps].first_match;
    for (std::uint32_t m = 0; m < end; ++m) {
      if (matches_[it.matches + m] != kNoEvent) witnesses.push_back(matches_[it.matches + m]);
    }
    walk_.add_witnesses(it.instance, witnesses);
  }

  // ---- X

  void cancel(EventIndex x) {
    if (open_.empty() || !monitor_.cancels.may_accept(x)) return;
    for (OpenChain& it : open_) {
      if (it.cancelled_by != kNoEvent || walk_.time(x).us > it.due) continue;
      if (!monitor_.cancels.concerns(it.activation, x, named_by_steps_made(it))) continue;
      it.cancelled_by = x;
      it.steps_at_cancel = it.steps;
      it.due_at_cancel = it.due;
      cancelling_ = true;
      cancelled_at_ = walk_.time(x);
    }
  }

  // X sees the matches of the steps made, not the parts of one under way (D-30).
  NamedEvents named_by_steps_made(const OpenChain& it) {
    auto& made = walk_.scratch.lookahead;
    const auto first = matches_.begin() + it.matches;
    made.assign(first, first + monitor_.steps[it.steps].first_match);
    made.resize(monitor_.matches, kNoEvent);
    return {it.activation, made.data()};
  }

  // The instant of X is over and no match fulfilled the instance (D-27).
  void call_off() {
    cancelling_ = false;
    std::erase_if(open_, [&](const OpenChain& it) {
      if (it.cancelled_by == kNoEvent) return false;
      walk_.at(it.instance).due = {it.due_at_cancel};
      walk_.decide(it.instance, Verdict::Void, it.cancelled_by);
      add_steps(it, it.steps_at_cancel);
      walk_.add_witness(it.instance, it.cancelled_by);
      return true;
    });
  }

  Walk& walk_;
  const Monitor& monitor_;
  std::vector<OpenChain>& open_;
  std::vector<EventIndex>& matches_;
  bool cancelling_ = false;
  Timestamp cancelled_at_;
};

}  // namespace

void watch_chain(Walk& walk) {
  ChainWatch(walk).run();
}

}  // namespace handslag::promise
