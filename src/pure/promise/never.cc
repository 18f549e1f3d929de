// SPDX-License-Identifier: Apache-2.0
// R8: never B. R9: B only to customers where P. Both are decided by B alone, at once (D-7).
#include "pure/promise/walk.h"

namespace handslag::promise {

using model::Verdict;

void watch_never(Walk& walk) {
  const Pattern& b = walk.monitor.steps[0].parts[0];
  for (const auto [e, roles] : walk.occurrences) {
    if (!walk.in_scope(e)) continue;
    const std::uint32_t instance = walk.append(e, walk.time(e));
    const bool happened = b.accepts(e);
    walk.decide(instance, happened ? Verdict::Broken : Verdict::Kept, e);
    if (happened) walk.add_witness(instance, e);
  }
}

void watch_only_to(Walk& walk) {
  const Monitor& monitor = walk.monitor;
  for (const auto [e, roles] : walk.occurrences) {
    if (!monitor.steps[0].parts[0].accepts(e) || !walk.in_scope(e)) continue;
    const std::uint32_t instance = walk.append(e, walk.time(e));
    const bool held = walk.holds_of_customer(monitor.audience, e, true);
    walk.decide(instance, held ? Verdict::Kept : Verdict::Broken, e);
    walk.at(instance).holds_now = walk.holds_of_customer(monitor.audience, e, false);
    if (!held) walk.add_witness(instance, e);
  }
}

}  // namespace handslag::promise
