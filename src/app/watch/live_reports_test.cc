// SPDX-License-Identifier: Apache-2.0
// However events come (late, doubled, corrected, joining customers, with restarts between), what the live
// system tells equals a batch evaluation of the same data directory, instance by instance; and reports that
// count what it told are, byte for byte, those of the batch.
#include "app/causes/caused_live.h"
#include "app/explain/explained_live.h"
#include "app/gaps/gap_json.h"
#include "app/gaps/measure.h"
#include "app/watch/live_fixture.h"

namespace handslag::app {
namespace {

class LiveReports : public LiveTest {
 protected:
  // Every way of cutting, and one promise alone.
  static std::vector<GapOptions> ways_to_ask(Timestamp now) {
    std::vector<GapOptions> ways(6);
    ways[1].each = promise::Period::Day;
    ways[2].each = promise::Period::Week;
    ways[2].by = {"channel", kByUnit};
    ways[3].from = {now.us - 240 * kMicrosPerMinute};
    ways[3].to = now;
    ways[4].by = {"channel", "reason"};
    ways[4].from = {now.us - 60 * kMicrosPerMinute};
    ways[5].by = {kByUnit};
    return ways;
  }
  static std::string gap(const CountedVerdicts& judged, const GapOptions& options) {
    return json_text(gap_json(measure(judged, options)));
  }
  static std::string say(const QuarterMap& quarters) {
    std::ostringstream out;
    for (const auto& [number, it] : quarters) {
      out << quarter_name(number) << ' ' << it.from.us << ' ' << it.to.us << ' '
          << it.fourth_contact.value_or(-1) << ' ' << it.minutes_to_human.value_or(-1) << ' '
          << it.asked_twice.value_or(-1) << ' ' << it.cannot_leave.value_or(-1) << ' ' << it.unhappy << ' '
          << it.neither << ' ' << it.happy << ' ' << it.story_reason;
      for (const StoryContact& contact : it.story)
        out << ' ' << contact.time.us << contact.contact << contact.channel;
      out << '\n';
    }
    return out.str();
  }
  // Everybody counted, with all that a batch says of them.
  static std::string causes_of_all(const Evaluation& batch, CausedPeriod period) {
    const matter::Lessons lessons = matter::Lessons::first();
    Caused caused(period, batch.promises.versions(), lessons);
    const model::Columns& columns = batch.loaded.columns;
    promise::Evaluator evaluator(*batch.program, columns);
    for (model::CustomerIndex c = 1; c < columns.customers(); ++c) {
      model::Verdicts hers;
      evaluator.customer(c, hers);
      caused.add({columns, c, hers}, batch.loaded.customers.name(c));
    }
    return json_text(caused_json(caused.told()));
  }
  static void expect_same_causes(const LiveVerdicts& live, const Evaluation& batch,
                                 const std::string& where) {
    const auto before = [&](std::int64_t minutes) {
      return Timestamp{live.now.us - minutes * kMicrosPerMinute};
    };
    for (const CausedPeriod period :
         {CausedPeriod{before(30 * 24 * 60), live.now}, CausedPeriod{before(30), live.now},
          CausedPeriod{before(120), before(40)}})
      ASSERT_EQ(json_text(caused_json(count_caused(live, period, matter::Lessons::first()))),
                causes_of_all(batch, period))
          << where << ", from " << period.from.us;
  }
  // Every way of asking for instances.
  static std::vector<ExplainOptions> ways_to_explain() {
    std::vector<ExplainOptions> ways(6);
    ways[0].limit = 0;
    ways[1].limit = 3;
    ways[2].limit = 7;
    ways[3].limit = 1;
    ways[2].verdict = model::Verdict::Broken;
    ways[3].verdict = model::Verdict::Kept;
    ways[4].verdict = model::Verdict::Pending;
    ways[5].verdict = model::Verdict::Unknown;
    // Where the first end between several of the same time.
    for (const std::size_t limit : {1U, 2U, 4U, 5U, 6U, 8U, 9U, 11U}) {
      ways.emplace_back();
      ways.back().limit = limit;
    }
    return ways;
  }
  std::unique_ptr<Evaluation> promise_of_batch(const Session& session, const std::string& promise,
                                               const std::string& customer) {
    auto one = only_promise(std::move(promises_in_force(*directory_)).value(), promise);
    auto evaluated = evaluate(*directory_, std::move(one).value(), {{}, customer}, session);
    EXPECT_TRUE(evaluated.ok()) << evaluated.error().message;
    return std::move(evaluated).value();
  }
  std::string instances_of_batch(const Evaluation& evaluation, const ExplainOptions& options) {
    const auto explained = explained_of(evaluation, options);
    const auto json = explain_json(directory_->log(), explained, options, Language::English);
    EXPECT_TRUE(json.ok()) << json.error().message;
    return std::to_string(explained.found) + (explained.has_any ? " any " : " none ") + json_text(*json);
  }
  std::string instances_of_live(const std::string& promise, const ExplainOptions& options) {
    LiveVerdicts verdicts = live_->verdicts();
    choose_promise(verdicts, promise);
    std::optional<std::vector<model::CustomerIndex>> of;
    if (options.customer == identity::customer_name(0)) of = {model::kOrganisation};
    if (options.customer != identity::customer_name(0) && !options.customer.empty())
      of = {*live_->find_number(
          static_cast<identity::IdentifierNumber>(std::stoul(options.customer.substr(1))))};
    std::string told;
    const auto tell = [&](const ExplainedInstances& explained) -> Status {
      HANDSLAG_TRY(json, explain_json(directory_->log(), explained, options, Language::English));
      told = std::to_string(explained.found) + (explained.has_any ? " any " : " none ") + json_text(json);
      return {};
    };
    const Status explained = explain_live(verdicts, of, options, SIZE_MAX, tell);
    EXPECT_TRUE(explained.ok()) << explained.error().message;
    return told;
  }
  // Of a promise in some ways, then of the next in others; of it of one customer, then of the next. Why not
  // all at once: it is asked at every step.
  void expect_same_instances(Timestamp now, const std::string& where) {
    Session session;
    session.now = now;
    std::vector<std::string> names = {identity::customer_name(0)};
    const LiveVerdicts told = live_->verdicts();
    for (model::CustomerIndex c = 1; c < told.told.customers() && c < told.numbers.size(); ++c)
      if (live_->find_number(told.numbers[c]) == c) names.push_back(live_->name(c));
    const std::string promise =
        std::next(kLivePromises.begin(), compared_ % std::ssize(kLivePromises))->first;
    const auto batch = promise_of_batch(session, promise, {});
    const auto ways = ways_to_explain();
    for (std::size_t way = static_cast<std::size_t>(compared_++) % 3; way < ways.size(); way += 3)
      ASSERT_EQ(instances_of_live(promise, ways[way]), instances_of_batch(*batch, ways[way]))
          << where << ", " << promise << ", at most " << ways[way].limit;
    ExplainOptions hers;
    hers.customer = names[static_cast<std::size_t>(compared_) % names.size()];
    ASSERT_EQ(instances_of_live(promise, hers),
              instances_of_batch(*promise_of_batch(session, promise, hers.customer), hers))
        << where << ", " << promise << " of " << hers.customer;
  }
  // The settled live system beside a batch: every report.
  void expect_same_reports(Timestamp now, const std::string& where) {
    LiveVerdicts live = live_->verdicts();
    Session session;
    session.now = now;
    auto evaluated = evaluate(*directory_, std::move(promises_in_force(*directory_)).value(),
                              {report_names(), {}}, session);
    ASSERT_TRUE(evaluated.ok()) << evaluated.error().message;
    const Evaluation& batch = **evaluated;
    std::size_t way = 0;
    for (const GapOptions& options : ways_to_ask(now))
      ASSERT_EQ(gap(judged_by(live), options), gap(judged_by(batch), options)) << where << ", way " << way++;
    const model::TimeRules& rules = *batch.calendars->find({}, {});
    const model::Columns& columns = batch.loaded.columns;
    Timestamp last = kFirstTime;
    for (const Timestamp time : columns.time) last = std::max(last, time);
    QuarterCount of_live(rules, live.events.last()), of_batch(rules, last);
    live.events.each_customer(
        [&](const model::Columns& hers, model::CustomerIndex c) { of_live.add(hers, c); });
    for (model::CustomerIndex c = 1; c < columns.customers(); ++c) of_batch.add(columns, c);
    ASSERT_EQ(say(of_live.quarters()), say(of_batch.quarters())) << where;
    expect_same_causes(live, batch, where);
    choose_promise(live, "delivered");
    PromiseSet one;
    const auto set = promises_in_force(*directory_);
    for (const promise::Version& it : set->versions())
      if (it.promise->id == "delivered") one.add(*it.promise, it.number, it.from, it.to);
    auto alone = evaluate(*directory_, std::move(one), {{"channel"}, {}}, session);
    ASSERT_TRUE(alone.ok());
    ASSERT_EQ(gap(judged_by(live), {}), gap(judged_by(**alone), {})) << where;
  }

  int compared_ = 0;
};

TEST_F(LiveReports, TellsWhatABatchTellsHoweverEventsCome) {
  for (int seed = 1; seed <= kSeeds; ++seed) {
    TearDown();
    SetUp();
    LiveTraffic traffic(static_cast<unsigned>(seed));
    Timestamp now = kStart;
    open_live(now);
    std::vector<std::pair<Timestamp, std::vector<model::Event>>> batches;  // by position, from 1
    for (int step = 0; step < 40; ++step) {
      now.us += static_cast<std::int64_t>(traffic.below(20)) * kMicrosPerMinute;
      std::vector<model::Event> events;
      for (std::size_t n = traffic.below(8); n > 0; --n) events.push_back(traffic.next(now));
      batches.emplace_back(now, events);
      take(std::move(events), now);
      if (traffic.below(3) == 0) settle(now);
      if (traffic.below(12) == 0) {  // the program is killed: what was not committed comes again
        live_.reset();
        open_live(now);
        while (live_->position() < batches.size()) {
          const auto& [received, again] = batches[live_->position()];
          take(again, received);
        }
      }
      if (traffic.below(6) != 0) continue;
      settle(now);
      ASSERT_TRUE(live_->commit(now).ok());
      ASSERT_EQ(differences(told(), batch(now)), "") << "seed " << seed << ", step " << step;
      expect_same_reports(now, "seed " + std::to_string(seed) + ", step " + std::to_string(step));
      if (HasFatalFailure()) return;
      expect_same_instances(now, "seed " + std::to_string(seed) + ", step " + std::to_string(step));
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace handslag::app
