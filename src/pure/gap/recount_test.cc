// SPDX-License-Identifier: Apache-2.0
// Random instances, counted again slowly and obviously: for each slice, go through all instances and ask
// whether they belong to it.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "pure/gap/summary.h"
#include "pure/gap/utc_rules.h"

namespace handslag::gap {
namespace {

using model::Instance;
using model::Verdict;
using Belongs = std::function<bool(const Instance&)>;

struct World {
  model::Verdicts verdicts;
  model::Columns columns;
  Question question;
  UtcRules rules;
};

void fill_events(World& world, std::mt19937_64& random, std::size_t events) {
  model::ValueColumn channel(events), shop(events);
  for (std::size_t i = 0; i < events; ++i) {
    const std::int64_t day = 20'400 + static_cast<std::int64_t>(random() % 120);
    world.columns.time.push_back({day * kMicrosPerDay + static_cast<std::int64_t>(random() % kMicrosPerDay)});
    const auto e = static_cast<model::EventIndex>(i);
    if (random() % 4 != 0) channel.set(e, model::Cell::text(static_cast<std::uint32_t>(1 + random() % 3)));
    if (random() % 2 != 0) shop.set(e, model::Cell::number(static_cast<double>(random() % 2)));
  }
  world.columns.names.emplace("channel", channel);
  world.columns.names.emplace("shop", shop);
}

void fill_instances(World& world, std::mt19937_64& random) {
  model::CustomerIndex customer = 0;
  for (std::size_t i = 0; i < world.columns.time.size(); ++i) {
    customer += random() % 3 == 0 ? 1 : 0;
    Instance& one = world.verdicts.instances.emplace_back();
    one.promise = static_cast<std::uint32_t>(random() % 3);
    one.customer = customer;
    one.activation = static_cast<model::EventIndex>(i);
    one.verdict = static_cast<Verdict>(random() % model::kVerdicts);
    const std::int64_t until_due = static_cast<std::int64_t>(random() % 40) * kMicrosPerDay;
    one.due = random() % 10 == 0 ? kNoTime : Timestamp{world.columns.time[i].us + until_due};
    one.is_rescued = one.verdict == Verdict::Kept && random() % 5 == 0;
    if (one.verdict == Verdict::Late) one.slack_us = -static_cast<std::int64_t>(1 + random() % 1'000);
  }
}

void ask(World& world, std::mt19937_64& random) {
  Question& question = world.question;
  question.promise_of = {0, 1, 0};
  question.by = {"channel", "shop"};
  question.each = static_cast<Period>(random() % 6);
  if (random() % 3 == 0) question.from = Timestamp{20'420 * kMicrosPerDay};
  if (random() % 3 == 0) question.to = Timestamp{20'500 * kMicrosPerDay};
  question.promises.resize(2);
  for (PromiseInfo& promise : question.promises) {
    promise.rules = &world.rules;
    promise.by_start = random() % 2 == 0;
    promise.complete_through = {(20'400 + static_cast<std::int64_t>(random() % 200)) * kMicrosPerDay};
    Target& target = promise.target.emplace();
    target.share = 0.25 + 0.1 * static_cast<double>(random() % 5);
    target.each = static_cast<Period>(random() % 6);
    target.at_least = static_cast<std::uint32_t>(random() % 4);
    if (random() % 2 == 0) target.per.push_back("shop");
    if (random() % 3 == 0) target.per.push_back("channel");
  }
}

class Recount {
 public:
  Recount(const World& world, std::uint32_t promise)
      : world_(world), promise_(world.question.promises[promise]) {
    for (const Instance& one : world.verdicts.instances) {
      if (world.question.promise_of[one.promise] != promise) continue;
      all_.push_back(one);
      if (is_in_window(one)) counted_.push_back(one);
    }
  }

  const std::vector<Instance>& counted() const { return counted_; }
  Timestamp attributed(const Instance& one) const {
    return promise_.by_start ? world_.columns.time[one.activation] : one.due;
  }
  model::Cell value(const Instance& one, const std::string& name) const {
    return world_.columns.names.at(name).at(one.activation);
  }
  bool is_between(const Instance& one, Timestamp from, Timestamp to) const {
    return one.due != kNoTime && attributed(one) >= from && attributed(one) < to;
  }

  void compare(const Summary& found, const Belongs& belongs, Timestamp end) const {
    std::vector<Instance> mine;
    std::copy_if(counted_.begin(), counted_.end(), std::back_inserter(mine), belongs);
    compare_counts(found, mine);
    compare_parts(found, mine, std::min(end, world_.question.to.value_or(kEndOfTime)));
    ASSERT_EQ(found.target_state, state(mine, std::min(end, world_.question.to.value_or(kEndOfTime))));
  }

 private:
  static std::int64_t count(const std::vector<Instance>& mine, Verdict verdict) {
    return std::count_if(mine.begin(), mine.end(),
                         [&](const Instance& one) { return one.verdict == verdict; });
  }

  bool is_in_window(const Instance& one) const {
    const Question& question = world_.question;
    if (!question.from && !question.to) return true;
    return is_between(one, question.from.value_or(kFirstTime), question.to.value_or(kEndOfTime));
  }

  void compare_counts(const Summary& found, const std::vector<Instance>& mine) const {
    ASSERT_EQ(found.instances, static_cast<std::int64_t>(mine.size()));
    ASSERT_EQ(found.kept, count(mine, Verdict::Kept));
    ASSERT_EQ(found.late, count(mine, Verdict::Late));
    ASSERT_EQ(found.broken, count(mine, Verdict::Broken));
    ASSERT_EQ(found.pending, count(mine, Verdict::Pending));
    ASSERT_EQ(found.overdue, count(mine, Verdict::Overdue));
    ASSERT_EQ(found.void_, count(mine, Verdict::Void));
    ASSERT_EQ(found.unknown, count(mine, Verdict::Unknown));
    std::set<model::CustomerIndex> customers, with_broken;
    std::int64_t rescued = 0;
    std::vector<std::int64_t> late;
    for (const Instance& one : mine) {
      rescued += one.is_rescued ? 1 : 0;
      if (one.verdict == Verdict::Late) late.push_back(-one.slack_us);
      if (one.customer == model::kOrganisation) continue;
      customers.insert(one.customer);
      if (one.verdict == Verdict::Late || one.verdict == Verdict::Broken) with_broken.insert(one.customer);
    }
    ASSERT_EQ(found.rescued, rescued);
    ASSERT_EQ(found.customers, static_cast<std::int64_t>(customers.size()));
    ASSERT_EQ(found.customers_with_broken, static_cast<std::int64_t>(with_broken.size()));
    ASSERT_EQ(found.late_by.has_value(), !late.empty());
    if (late.empty()) return;
    std::sort(late.begin(), late.end());
    ASSERT_EQ(found.late_by->median_us, late[(late.size() + 1) / 2 - 1]);
    ASSERT_EQ(found.late_by->percentile_90_us, late[(late.size() * 9 + 9) / 10 - 1]);
  }

  // Each part is met once for every instance of it: its state is counted at its first.
  void compare_parts(const Summary& found, const std::vector<Instance>& mine, Timestamp end) const {
    const Target& target = *promise_.target;
    ASSERT_EQ(found.target_parts.has_value(), !target.per.empty() || target.each != Period::None);
    if (!found.target_parts) return;
    std::map<TargetState, std::int64_t> counts;
    std::vector<Instance> met;
    for (const Instance& first : mine) {
      if (target.each != Period::None && first.due == kNoTime) continue;
      const bool is_met =
          std::any_of(met.begin(), met.end(), [&](const Instance& one) { return is_same_part(first, one); });
      if (is_met) continue;
      met.push_back(first);
      ++counts[state_of_part_of(first, mine, end)];
    }
    const TargetParts& parts = *found.target_parts;
    ASSERT_EQ(parts.kept, counts[TargetState::Kept]);
    ASSERT_EQ(parts.missed, counts[TargetState::Missed]);
    ASSERT_EQ(parts.on_course, counts[TargetState::OnCourse]);
    ASSERT_EQ(parts.off_course, counts[TargetState::OffCourse]);
    ASSERT_EQ(parts.too_few, counts[TargetState::TooFew]);
    ASSERT_EQ(parts.unsettled, counts[TargetState::None]);
    const bool is_bad = parts.missed + parts.off_course > 0;
    ASSERT_EQ(parts.worst.has_value(), is_bad);
  }

  // For each instance, the part it belongs to: all that have its period and its values.
  TargetState state(const std::vector<Instance>& mine, Timestamp end) const {
    TargetState worst = TargetState::None;
    for (const Instance& first : mine) {
      const Target& target = *promise_.target;
      if (target.each != Period::None && first.due == kNoTime) continue;
      worst = std::max(worst, state_of_part_of(first, mine, end));
    }
    return worst;
  }

  TargetState state_of_part_of(const Instance& first, const std::vector<Instance>& mine,
                               Timestamp end) const {
    const Target& target = *promise_.target;
    std::vector<Instance> part;
    for (const Instance& one : mine) {
      if (is_same_part(first, one)) part.push_back(one);
    }
    Timestamp part_end = end;
    if (target.each != Period::None) {
      const Date next = first_day(target.each, period_number(target.each, day(first)) + 1);
      part_end = std::min(end, world_.rules.start_of_day(next));
    }
    return state_of_part(part, part_end);
  }

  Date day(const Instance& one) const { return world_.rules.local_day(attributed(one)); }

  bool is_same_part(const Instance& a, const Instance& b) const {
    const Target& target = *promise_.target;
    for (const std::string& name : target.per) {
      if (!(value(a, name) == value(b, name))) return false;
    }
    if (target.each == Period::None) return true;
    return b.due != kNoTime && period_number(target.each, day(a)) == period_number(target.each, day(b));
  }

  TargetState state_of_part(const std::vector<Instance>& part, Timestamp end) const {
    const double kept = static_cast<double>(count(part, Verdict::Kept));
    const double settled =
        kept + static_cast<double>(count(part, Verdict::Late) + count(part, Verdict::Broken));
    const double open = static_cast<double>(count(part, Verdict::Pending) + count(part, Verdict::Overdue));
    const double share = promise_.target->share - 1e-9;
    if (settled == 0) return TargetState::None;
    if (settled < promise_.target->at_least) return TargetState::TooFew;
    if (is_closed(end) && kept / (settled + open) >= share) return TargetState::Kept;
    if (is_closed(end) && (kept + open) / (settled + open) < share) return TargetState::Missed;
    return kept / settled >= share ? TargetState::OnCourse : TargetState::OffCourse;
  }

  bool is_closed(Timestamp end) const {
    if (end == kEndOfTime || promise_.complete_through.us < end.us - 1) return false;
    return !promise_.by_start || std::none_of(all_.begin(), all_.end(), [&](const Instance& one) {
      const bool is_open = one.verdict == Verdict::Pending || one.verdict == Verdict::Overdue;
      return is_open && one.due == kNoTime && world_.columns.time[one.activation] < end;
    });
  }

  const World& world_;
  const PromiseInfo& promise_;
  std::vector<Instance> all_, counted_;
};

void compare_all(const Recount& recount, const PromiseSummary& found) {
  recount.compare(
      found.total, [](const Instance&) { return true; }, kEndOfTime);
  std::int64_t in_groups = 0, in_periods = 0;
  for (const GroupSummary& group : found.groups) {
    const Belongs belongs = [&](const Instance& one) { return recount.value(one, group.by) == group.value; };
    recount.compare(group.summary, belongs, kEndOfTime);
    in_groups += group.summary.instances;
  }
  for (const PeriodSummary& period : found.periods) {
    const Belongs belongs = [&](const Instance& one) {
      return recount.is_between(one, period.from, period.to);
    };
    recount.compare(period.summary, belongs, period.to);
    in_periods += period.summary.instances;
  }
  const auto& all = recount.counted();
  EXPECT_EQ(in_groups, 2 * static_cast<std::int64_t>(all.size()));
  if (found.periods.empty()) return;
  EXPECT_EQ(in_periods,
            std::count_if(all.begin(), all.end(), [](const Instance& one) { return one.due != kNoTime; }));
}

TEST(GapRecount, AgreesOnRandomInstances) {
  std::mt19937_64 random(26);
  for (int round = 0; round < 300 && !testing::Test::HasFailure(); ++round) {
    World world;
    fill_events(world, random, random() % 120);
    fill_instances(world, random);
    ask(world, random);
    const std::vector<PromiseSummary> found = summarise(world.verdicts, world.columns, world.question);
    ASSERT_EQ(found.size(), 2U);
    for (std::uint32_t promise = 0; promise < 2; ++promise)
      compare_all(Recount(world, promise), found[promise]);
  }
}

}  // namespace
}  // namespace handslag::gap
