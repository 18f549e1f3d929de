// SPDX-License-Identifier: Apache-2.0
#include "pure/gap/summary.h"

#include <gtest/gtest.h>

#include <string>

#include "pure/gap/utc_rules.h"

namespace handslag::gap {
namespace {

using model::Verdict;

constexpr std::uint32_t kWeb = 1, kPhone = 2;
Timestamp at(std::string_view day) {
  return {parse_date(day).value().days * kMicrosPerDay};
}

struct OneInstance {
  model::CustomerIndex customer = 1;
  std::string_view start = "2026-01-10";
  std::string_view due = "2026-01-20";  // empty: null
  Verdict verdict = Verdict::Kept;
  std::uint32_t channel = model::kNoText;
  std::int64_t late_s = 0;
  std::uint32_t version = 0;
  bool is_rescued = false;
};

// Verdicts and the columns they stand on, one event for each instance.
class Gap : public testing::Test {
 protected:
  Gap() {
    question_.promises.resize(1);
    question_.promises[0].rules = &rules_;
    question_.promises[0].complete_through = at("2026-03-10");
    question_.promise_of = {0};
  }

  void add(const OneInstance& one) {
    model::Instance& instance = verdicts_.instances.emplace_back();
    instance.promise = one.version;
    instance.customer = one.customer;
    instance.activation = static_cast<model::EventIndex>(columns_.time.size());
    instance.due = one.due.empty() ? kNoTime : at(one.due);
    instance.verdict = one.verdict;
    instance.slack_us = -one.late_s * kMicrosPerSecond;
    instance.business_slack_us = -one.late_s * kMicrosPerSecond / 2;
    instance.is_rescued = one.is_rescued;
    columns_.time.push_back(at(one.start));
    channels_.push_back(one.channel);
  }
  void add(int times, const OneInstance& one) {
    for (int i = 0; i < times; ++i) add(one);
  }

  PromiseInfo& promise() { return question_.promises[0]; }

  PromiseSummary summarised() {
    model::ValueColumn channel(columns_.time.size());
    for (std::size_t i = 0; i < channels_.size(); ++i) {
      if (channels_[i] != model::kNoText) {
        channel.set(static_cast<model::EventIndex>(i), model::Cell::text(channels_[i]));
      }
    }
    columns_.names.insert_or_assign("channel", channel);
    return summarise(verdicts_, columns_, question_).at(0);
  }

  UtcRules rules_;
  model::Verdicts verdicts_;
  model::Columns columns_;
  std::vector<std::uint32_t> channels_;
  Question question_;
};

TEST_F(Gap, CountsVerdictsAndSharesOfThem) {  // P-22, P-23, P-25
  add(6, {.verdict = Verdict::Kept});
  add({.verdict = Verdict::Kept, .is_rescued = true});
  add(2, {.verdict = Verdict::Late, .late_s = 60});
  add(1, {.verdict = Verdict::Broken});
  add(3, {.verdict = Verdict::Pending});
  add(2, {.verdict = Verdict::Overdue});
  add(4, {.verdict = Verdict::Void});
  add(5, {.verdict = Verdict::Unknown});
  const Summary total = summarised().total;
  EXPECT_EQ(total.instances, 24);
  EXPECT_EQ(total.kept, 7);
  EXPECT_EQ(total.late, 2);
  EXPECT_EQ(total.broken, 1);
  EXPECT_EQ(total.pending, 3);
  EXPECT_EQ(total.overdue, 2);
  EXPECT_EQ(total.void_, 4);
  EXPECT_EQ(total.unknown, 5);
  EXPECT_EQ(total.rescued, 1);
  EXPECT_DOUBLE_EQ(total.rate.value(), 0.7);
  EXPECT_DOUBLE_EQ(total.certainty->low, 7.0 / 15);
  EXPECT_DOUBLE_EQ(total.certainty->high, 12.0 / 15);
  EXPECT_NEAR(total.wilson->low, 0.3968, 0.00005);  // 7 of 10
  EXPECT_NEAR(total.wilson->high, 0.8922, 0.00005);
  EXPECT_EQ(total.target_state, TargetState::None);
}

TEST_F(Gap, HasNoRateOfNothing) {  // P-22
  add(2, {.verdict = Verdict::Unknown});
  add(1, {.verdict = Verdict::Void});
  promise().target = Target{.share = 0.5};
  const Summary total = summarised().total;
  EXPECT_FALSE(total.rate.has_value());
  EXPECT_FALSE(total.wilson.has_value());
  EXPECT_FALSE(total.certainty.has_value());
  EXPECT_FALSE(total.late_by.has_value());
  EXPECT_EQ(total.target_state, TargetState::None);
}

TEST_F(Gap, SummarisesAPromiseWithoutOccasion) {  // P-10
  const PromiseSummary summary = summarised();
  EXPECT_EQ(summary.total.instances, 0);
  EXPECT_FALSE(summary.total.rate.has_value());
  EXPECT_TRUE(summary.groups.empty());
}

TEST_F(Gap, CountsCustomersOnce) {
  add({.customer = 0, .verdict = Verdict::Broken});  // the organisation is no customer
  add(2, {.customer = 1, .verdict = Verdict::Kept});
  add(3, {.customer = 2, .verdict = Verdict::Broken});
  add({.customer = 3, .verdict = Verdict::Late, .late_s = 1});
  add({.customer = 3, .verdict = Verdict::Kept});
  add({.customer = 9, .verdict = Verdict::Pending});
  const Summary total = summarised().total;
  EXPECT_EQ(total.customers, 4);
  EXPECT_EQ(total.customers_with_broken, 2);
  EXPECT_EQ(total.broken, 4);
}

TEST_F(Gap, TellsHowLate) {
  for (const std::int64_t seconds : {50, 10, 40, 20, 30}) add({.verdict = Verdict::Late, .late_s = seconds});
  EXPECT_EQ(summarised().total.late_by, (Lateness{30 * kMicrosPerSecond, 50 * kMicrosPerSecond}));
  EXPECT_FALSE(summarised().total.late_by_business.has_value());
  promise().is_business = true;
  EXPECT_EQ(summarised().total.late_by_business, (Lateness{15 * kMicrosPerSecond, 25 * kMicrosPerSecond}));
}

TEST_F(Gap, AddsTheVersionsOfAPromise) {
  question_.promises.push_back(promise());
  question_.promise_of = {0, 1, 0};
  add({.version = 0});
  add({.verdict = Verdict::Broken, .version = 1});
  add({.verdict = Verdict::Broken, .version = 2});
  const auto summaries = summarise(verdicts_, columns_, question_);
  ASSERT_EQ(summaries.size(), 2U);
  EXPECT_EQ(summaries[0].total.instances, 2);
  EXPECT_EQ(summaries[0].total.customers, 1);
  EXPECT_EQ(summaries[1].total.instances, 1);
}

TEST_F(Gap, CutsByTheActivationsValueWorstFirst) {
  add(3, {.verdict = Verdict::Kept, .channel = kWeb});
  add(1, {.verdict = Verdict::Broken, .channel = kWeb});
  add(2, {.verdict = Verdict::Broken, .channel = kPhone});
  add(1, {.verdict = Verdict::Kept});
  question_.by = {"channel", "shop"};
  const PromiseSummary summary = summarised();
  ASSERT_EQ(summary.groups.size(), 4U);
  EXPECT_EQ(summary.groups[0].value, model::Cell::text(kPhone));
  EXPECT_EQ(summary.groups[0].summary.broken, 2);
  EXPECT_EQ(summary.groups[1].value, model::Cell::text(kWeb));
  EXPECT_DOUBLE_EQ(summary.groups[1].summary.rate.value(), 0.75);
  EXPECT_TRUE(summary.groups[2].value.missing());
  EXPECT_EQ(summary.groups[2].summary.kept, 1);
  EXPECT_EQ(summary.groups[3].by, "shop");  // no event has a shop
  EXPECT_EQ(summary.groups[3].summary.instances, 7);
}

TEST_F(Gap, CutsCountLateAsMuchOfTheGapAsBroken) {  // P-8
  add(2, {.verdict = Verdict::Broken, .channel = kPhone});
  add(3, {.verdict = Verdict::Late, .channel = kWeb});
  question_.by = {"channel"};
  const PromiseSummary summary = summarised();
  ASSERT_EQ(summary.groups.size(), 2U);
  EXPECT_EQ(summary.groups[0].value, model::Cell::text(kWeb));
}

TEST_F(Gap, CutsByPeriodOfTheDue) {  // P-24
  add(2, {.start = "2026-01-25", .due = "2026-02-04"});
  add(1, {.start = "2026-01-10", .due = "2026-01-31"});
  add(1, {.start = "2026-01-10", .due = "", .verdict = Verdict::Pending});
  question_.each = Period::Month;
  const PromiseSummary summary = summarised();
  EXPECT_EQ(summary.total.instances, 4);
  ASSERT_EQ(summary.periods.size(), 2U);
  EXPECT_EQ(summary.periods[0].from, at("2026-01-01"));
  EXPECT_EQ(summary.periods[0].to, at("2026-02-01"));
  EXPECT_EQ(summary.periods[0].summary.instances, 1);
  EXPECT_EQ(summary.periods[1].summary.instances, 2);
}

TEST_F(Gap, CutsByPeriodOfTheStartOnRequest) {  // P-24
  add(2, {.start = "2026-01-25", .due = "2026-02-04"});
  promise().by_start = true;
  question_.each = Period::Month;
  const PromiseSummary summary = summarised();
  ASSERT_EQ(summary.periods.size(), 1U);
  EXPECT_EQ(summary.periods[0].from, at("2026-01-01"));
}

TEST_F(Gap, CountsOnlyWhatLiesInTheWindow) {
  for (const char* due : {"2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", ""}) {
    add({.due = due, .verdict = Verdict::Kept});
  }
  question_.from = at("2026-02-01");
  question_.to = at("2026-03-01");
  EXPECT_EQ(summarised().total.instances, 2);
}

// ---- targets
// ------------------------------------------------------------------------------------------------

class GapTarget : public Gap {
 protected:
  GapTarget() {
    promise().target = Target{.share = 0.8, .each = Period::Month};
    question_.each = Period::Month;
  }
  // Instances due in February 2026.
  void february(int kept, int broken, int open) {
    add(kept, {.due = "2026-02-10", .verdict = Verdict::Kept});
    add(broken, {.due = "2026-02-10", .verdict = Verdict::Broken});
    add(open, {.due = "2026-02-27", .verdict = Verdict::Pending});
  }
  TargetState state() {
    const PromiseSummary summary = summarised();
    EXPECT_EQ(summary.periods.size(), 1U);
    EXPECT_EQ(summary.periods[0].summary.target_state, summary.total.target_state);
    return summary.total.target_state;
  }
};

TEST_F(GapTarget, IsCertainOnceTheHorizonHasPassedThePeriod) {
  february(8, 2, 0);
  EXPECT_EQ(state(), TargetState::Kept);  // exactly 80 %
  february(0, 1, 0);
  EXPECT_EQ(state(), TargetState::Missed);
}

TEST_F(GapTarget, IsOpenUntilTheLastMicrosecondOfThePeriodIsKnown) {
  february(8, 2, 0);
  promise().complete_through = {at("2026-03-01").us - 2};
  EXPECT_EQ(state(), TargetState::OnCourse);
  promise().complete_through = {at("2026-03-01").us - 1};
  EXPECT_EQ(state(), TargetState::Kept);
}

TEST_F(GapTarget, DependsOnWhatIsOpenInAClosedPeriod) {
  // Ten days from the activation: what is activated after 18 February 00:00 is due in March.
  promise().shortest = {10, model::DurationUnit::Days};
  promise().complete_through = {at("2026-02-19").us - 1};
  february(9, 1, 1);  // 9/11 … 10/11
  EXPECT_EQ(state(), TargetState::Kept);
  february(0, 1, 0);  // 9/12 … 10/12, rate 9/11
  EXPECT_EQ(state(), TargetState::OnCourse);
  february(0, 1, 0);  // 9/13 … 10/13
  EXPECT_EQ(state(), TargetState::Missed);
  promise().complete_through.us -= 1;  // an activation on the 18th can still come
  EXPECT_EQ(state(), TargetState::OffCourse);
}

TEST_F(GapTarget, IsNeverCertainWithoutAHorizon) {
  february(10, 0, 0);
  promise().complete_through = kNoTime;
  EXPECT_EQ(state(), TargetState::OnCourse);
}

TEST_F(GapTarget, HasNoVerdictOnTooFew) {  // P-24
  promise().target->at_least = 11;
  february(10, 0, 5);
  EXPECT_EQ(state(), TargetState::TooFew);
  february(1, 0, 0);
  EXPECT_EQ(state(), TargetState::OnCourse);
}

TEST_F(GapTarget, WithoutAPeriodIsNeverCertainWhileThePromiseLives) {
  promise().target->each = Period::None;
  february(0, 10, 0);
  EXPECT_EQ(summarised().total.target_state, TargetState::OffCourse);
  promise().last_start = {at("2026-03-10").us + 1};  // one microsecond is unknown yet
  EXPECT_EQ(summarised().total.target_state, TargetState::OffCourse);
}

TEST_F(GapTarget, IsCertainAfterThePromisesEnd) {
  promise().target->each = Period::None;
  february(0, 10, 0);
  promise().last_start = at("2026-03-10");
  EXPECT_EQ(summarised().total.target_state, TargetState::Missed);
}

TEST_F(GapTarget, WaitsForOpenInstancesWithoutADueByStart) {
  promise().by_start = true;
  add(10, {.start = "2026-02-10", .due = "2026-02-12"});
  EXPECT_EQ(state(), TargetState::Kept);
  add({.start = "2026-02-20", .due = "", .verdict = Verdict::Pending});
  EXPECT_EQ(state(), TargetState::OnCourse);
}

TEST_F(GapTarget, OfTheWholeIsThatOfItsWorstPart) {
  promise().target->per = {"channel"};
  question_.by = {"channel"};
  add(10, {.due = "2026-02-10", .verdict = Verdict::Kept, .channel = kWeb});
  add(1, {.due = "2026-01-10", .verdict = Verdict::Kept, .channel = kPhone});
  add(1, {.due = "2026-02-10", .verdict = Verdict::Broken, .channel = kPhone});
  const PromiseSummary summary = summarised();
  EXPECT_GT(summary.total.rate.value(), 0.8);
  EXPECT_EQ(summary.total.target_state, TargetState::Missed);
  EXPECT_EQ(summary.groups[0].summary.target_state, TargetState::Missed);  // phone
  EXPECT_EQ(summary.groups[1].summary.target_state, TargetState::Kept);    // web
  EXPECT_EQ(summary.periods[0].summary.target_state, TargetState::Kept);   // January
  EXPECT_EQ(summary.periods[1].summary.target_state, TargetState::Missed);
}

TEST_F(GapTarget, TellsHowItsPartsStandAndWhichIsWorst) {  // P-23, P-24
  promise().target->at_least = 2;
  promise().complete_through = {at("2026-05-01").us - 1};
  add(2, {.due = "2026-01-10", .verdict = Verdict::Kept});
  add(1, {.due = "2026-02-10", .verdict = Verdict::Kept});  // too few
  add(1, {.due = "2026-03-10", .verdict = Verdict::Kept});  // 1 of 3
  add(2, {.due = "2026-03-10", .verdict = Verdict::Broken});
  add(1, {.due = "2026-04-10", .verdict = Verdict::Kept});  // 1 of 2
  add(1, {.due = "2026-04-10", .verdict = Verdict::Broken});
  add(3, {.due = "2026-05-10", .verdict = Verdict::Kept});  // not over
  add(1, {.due = "2026-06-10", .verdict = Verdict::Pending});
  const PromiseSummary summary = summarised();
  ASSERT_TRUE(summary.total.target_parts.has_value());
  const TargetParts& parts = *summary.total.target_parts;
  EXPECT_EQ(parts.kept, 1);
  EXPECT_EQ(parts.too_few, 1);
  EXPECT_EQ(parts.missed, 2);
  EXPECT_EQ(parts.on_course, 1);
  EXPECT_EQ(parts.off_course, 0);
  EXPECT_EQ(parts.unsettled, 1);
  EXPECT_EQ(parts.all(), 6);
  ASSERT_TRUE(parts.worst.has_value());
  EXPECT_EQ(parts.worst->from, at("2026-03-01"));
  EXPECT_EQ(parts.worst->to, at("2026-04-01"));
  EXPECT_DOUBLE_EQ(parts.worst->rate(), 1.0 / 3);
  EXPECT_EQ(summary.total.target_state, TargetState::Missed);
}

TEST_F(GapTarget, NamesTheValuesOfItsWorstPart) {
  promise().target = Target{.share = 0.8, .per = {"shop", "channel"}};
  promise().last_start = at("2026-03-01");
  add(9, {.verdict = Verdict::Kept, .channel = kWeb});
  add(1, {.verdict = Verdict::Kept, .channel = kPhone});
  add(4, {.verdict = Verdict::Broken, .channel = kPhone});
  add(1, {.verdict = Verdict::Broken});
  add(1, {.verdict = Verdict::Kept});
  const TargetParts parts = summarised().total.target_parts.value();
  EXPECT_EQ(parts.kept, 1);
  EXPECT_EQ(parts.missed, 2);
  ASSERT_TRUE(parts.worst.has_value());
  ASSERT_EQ(parts.worst->values.size(), 2U);
  EXPECT_TRUE(parts.worst->values[0].missing());
  EXPECT_EQ(parts.worst->values[1], model::Cell::text(kPhone));
  EXPECT_EQ(parts.worst->from, kNoTime);
  EXPECT_EQ(parts.worst->settled, 5);
}

TEST_F(GapTarget, HasNoPartsWhereItNamesNone) {
  promise().target = Target{.share = 0.8};
  february(8, 2, 0);
  EXPECT_FALSE(summarised().total.target_parts.has_value());
}

TEST_F(GapTarget, IsNotMissedWhereHistoryIsTooShortToShowWhatWasKept) {  // D-35
  promise().breaks_in_short_history = true;
  february(0, 2, 0);
  for (int i = 0; i < 8; ++i) {
    add({.due = "2026-02-03", .verdict = Verdict::Unknown});
    verdicts_.instances.back().unknown = model::UnknownCause::ShortHistory;
  }
  EXPECT_EQ(state(), TargetState::TooFew);  // 8 of 10, had they been kept
  EXPECT_EQ(summarised().total.target_parts->too_few, 1);
  february(0, 1, 0);
  EXPECT_EQ(state(), TargetState::Missed);  // 8 of 11
  promise().target->each = Period::None;
  EXPECT_EQ(summarised().total.target_state, TargetState::OffCourse);
  promise().target->share = 0.7;
  EXPECT_EQ(summarised().total.target_state, TargetState::TooFew);
}

TEST_F(GapTarget, NamesItsStates) {
  EXPECT_EQ(target_state_name(TargetState::TooFew), "too_few");
  EXPECT_EQ(target_state_name(TargetState::OffCourse), "off_course");
  EXPECT_EQ(target_state_name(TargetState::None), "none");
}

}  // namespace
}  // namespace handslag::gap
