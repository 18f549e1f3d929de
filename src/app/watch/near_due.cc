// SPDX-License-Identifier: Apache-2.0
#include "app/watch/near_due.h"

#include <algorithm>
#include <tuple>

#include "app/frontline/still_owed.h"

namespace handslag::app {
namespace {

// By version: whether it is asked for, and its clock.
struct Asked {
  bool is_wanted = false;
  Timestamp clock;
};

std::vector<Asked> asked_of(Live& live, Timestamp now,
                            const std::function<bool(const std::string& unit)>& is_wanted) {
  const Live::Look look = live.look(model::kOrganisation, now);
  std::vector<Asked> asked;
  for (std::uint32_t v = 0; v < live.promises().versions().size(); ++v) {
    const promise::Promise& promise = *live.promises().versions()[v].promise;
    const Timestamp clock = promise::horizon_of(look.program, v).clock;
    asked.push_back({is_to_be_done(promise.rule) && clock != kNoTime && is_wanted(promise.kept_by), clock});
  }
  return asked;
}

}  // namespace

NearDueList near_due(Live& live, Timestamp now, std::int64_t within_us,
                     const std::function<bool(const std::string& unit)>& is_wanted, std::size_t limit) {
  const std::vector<Asked> asked = asked_of(live, now, is_wanted);
  NearDueList list;
  live.each_told([&](model::CustomerIndex customer, std::span<const Told> told) {
    for (const Told& it : told) {
      if (!is_open(it.verdict) || it.due == kNoTime || !asked[it.version].is_wanted) continue;
      const std::int64_t left = it.due.us - asked[it.version].clock.us;
      const bool is_overdue = it.verdict == model::Verdict::Overdue;
      if (!is_overdue && left > within_us) continue;
      NearDueCounts& counts = list.by_unit[live.promises().versions()[it.version].promise->kept_by];
      ++(is_overdue ? counts.overdue : counts.near);
      list.soonest.push_back({it.version, customer, it.due, left, is_overdue, kNoTime});
    }
  });
  std::sort(list.soonest.begin(), list.soonest.end(), [](const NearDue& a, const NearDue& b) {
    return std::tuple(a.left_us, a.version, a.customer) < std::tuple(b.left_us, b.version, b.customer);
  });
  if (list.soonest.size() > limit) list.soonest.resize(limit);
  for (NearDue& it : list.soonest) {
    if (const auto& warn = live.promises().versions()[it.version].promise->warn)
      it.warn_at = live.rules_of(it.version).earliest_within(it.due, *warn);
  }
  return list;
}

}  // namespace handslag::app
