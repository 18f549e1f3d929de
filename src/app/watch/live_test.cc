// SPDX-License-Identifier: Apache-2.0
// What the live system says of single customers, and when.
#include "app/watch/live_fixture.h"

namespace handslag::app {
namespace {

TEST_F(LiveTest, KnowsHowLongAPromiseTakesLiveAndAfterALoad) {
  open_live(kStart);
  take({event("placed", kStart, "1", "anna", "A")}, kStart);
  settle(kStart);
  const Timestamp later{kStart.us + 200 * kMicrosPerMinute};
  take({event("sent", {kStart.us + 40 * kMicrosPerMinute}, "2", "anna", "A"),
        event("placed", kStart, "3", "bo", "B"),
        event("sent", {kStart.us + 180 * kMicrosPerMinute}, "4", "bo", "B")},
       later);
  settle(later);
  for (int load = 0; load < 2; ++load) {
    const auto normal = live_->times_taken().normal("delivered", later);
    ASSERT_TRUE(normal);
    EXPECT_EQ(normal->seen, 2U);
    EXPECT_EQ(normal->median_us, 40 * kMicrosPerMinute);
    EXPECT_EQ(normal->ninetieth_us, 180 * kMicrosPerMinute);  // late, and counted
    ASSERT_TRUE(live_->reload(Cause::Definition, later).ok());
  }
  EXPECT_FALSE(live_->times_taken().normal("quiet", later));
}

TEST_F(LiveTest, DeadlinesFireByThemselves) {
  open_live(kStart);
  take({event("placed", kStart, "1", "anna", "A")}, kStart);
  settle(kStart);
  const auto verdict_at = [&](double minutes) {
    settle({kStart.us + static_cast<std::int64_t>(minutes * kMicrosPerMinute)});
    const auto changes = *live_->feed().after(0, 1000);
    std::string seen;
    for (const Change& change : changes) {
      if (change.promise != "delivered") continue;
      seen += change.kind == Change::Kind::Warning ? "warning "
                                                   : std::string(model::verdict_name(*change.after)) + " ";
    }
    return seen;
  };
  EXPECT_EQ(verdict_at(59), "pending ");
  EXPECT_EQ(verdict_at(60), "pending warning ");  // 30 min before the 90
  EXPECT_EQ(verdict_at(90), "pending warning ");  // due, and still in time
  // Until a minute has passed, the lag of a source that says nothing of itself, nobody knows.
  EXPECT_EQ(verdict_at(90.5), "pending warning overdue ");
  EXPECT_EQ(verdict_at(91), "pending warning overdue broken ");
}

TEST_F(LiveTest, ShowsWhatCouldHaveBeenKnownThen) {
  open_live(kStart);
  const auto after = [](std::int64_t minutes) { return Timestamp{kStart.us + minutes * kMicrosPerMinute}; };
  take({event("placed", kStart, "1", "anna", "A")}, after(10));
  take({event("sent", after(80), "2", "anna", "A")}, after(300));  // sent in time, and told of late
  settle(after(300));
  const model::CustomerIndex anna = live_->find({"email", "anna"}, 1).at(0);
  const auto seen_at = [&](std::int64_t minutes) {
    std::string seen;
    const Live::Look look = live_->look_as_known(anna, after(minutes));
    for (const model::Instance& it : look.verdicts.instances)
      if (live_->promises().versions()[it.promise].promise->id == "delivered")
        seen += model::verdict_name(it.verdict);
    return std::to_string(look.columns.offsets[2] - look.columns.offsets[1]) + " " + seen;
  };
  EXPECT_EQ(seen_at(9), "0 ");
  EXPECT_EQ(seen_at(10), "1 pending");
  EXPECT_EQ(seen_at(100), "1 broken");  // due after 90 minutes
  EXPECT_EQ(seen_at(300), "2 kept");
  EXPECT_EQ(live_->look(anna, after(300)).columns.events(), 2U);
}

TEST_F(LiveTest, PublishingReportsWhatDiffersWithItsCause) {
  open_live(kStart);
  take({event("placed", kStart, "1", "anna", "A"),
        event("sent", {kStart.us + 80 * kMicrosPerMinute}, "2", "anna", "A")},
       kStart);
  settle({kStart.us + 200 * kMicrosPerMinute});
  store::PromiseVersion stricter;
  stricter.id = "delivered";
  stricter.text = "promise delivered \"d\" kept by logistics when placed then sent within 1 h, same order";
  stricter.from = kStart;
  stricter.published_at = kStart;
  ASSERT_TRUE(directory_->promises().publish(stricter).ok());
  const std::uint64_t before = live_->feed().last();
  ASSERT_TRUE(live_->reload(Cause::Definition, {kStart.us + 200 * kMicrosPerMinute}).ok());
  const auto changes = *live_->feed().after(before, 100);
  ASSERT_EQ(changes.size(), 2U);  // version 1 judges it no more, version 2 says late
  EXPECT_EQ(changes[0].version, 1U);
  EXPECT_FALSE(changes[0].after.has_value());
  EXPECT_EQ(changes[1].version, 2U);
  EXPECT_EQ(*changes[1].after, model::Verdict::Late);
  EXPECT_EQ(changes[1].cause, Cause::Definition);
  EXPECT_EQ(directory_->revisions().list("delivered", "", "", {}, 10).value().at(0).cause, "definition");
}

class TakingBack : public LiveTest {
 protected:
  void SetUp() override {
    LiveTest::SetUp();
    open_live(kStart);
    take({event("placed", kStart, "1", "anna", "A"), event("placed", kStart, "2", "bo", "B")}, kStart);
    settle(kStart);
  }
  static model::Event back(const std::string& of, const std::string& id, const std::string& email) {
    model::Event made = event("taken.back", kStart, id, email);
    made.voids = of;
    return made;
  }
  // How many promises hold open, once the event is evaluated; all of it as a batch says.
  std::size_t open_after(const model::Event& made) {
    take({made}, kStart);
    settle(kStart);
    EXPECT_TRUE(live_->commit(kStart).ok());
    EXPECT_EQ(differences(told(), batch(kStart)), "");
    return told().size();
  }
  std::uint64_t loads() const { return live_->counts().loads; }
};

TEST_F(TakingBack, OfACustomersOwnEventCostsNoMoreThanAnEvent) {
  const std::size_t both = told().size();
  const std::uint64_t evaluations = live_->counts().evaluations, changes = live_->feed().last();
  EXPECT_EQ(open_after(back("1", "3", "anna")), both / 2) << "not yet in the log";
  EXPECT_EQ(live_->counts().evaluations, evaluations + 1);
  const auto told_since = *live_->feed().after(changes, 100);
  for (const Change& it : told_since) EXPECT_EQ(it.cause, Cause::Correction);
  EXPECT_GT(live_->feed().last(), changes);
  EXPECT_EQ(open_after(back("2", "4", "bo")), 0U) << "in the log";
  EXPECT_EQ(open_after(event("placed", kStart, "5", "anna", "A")), both / 2);
  live_.reset();
  open_live(kStart);
  EXPECT_EQ(open_after(back("5", "6", "anna")), 0U) << "loaded";
  EXPECT_EQ(open_after(back("nothing", "7", "anna")), 0U);
  EXPECT_EQ(open_after(event("called", kStart, "8", "")), 1U);
  EXPECT_EQ(open_after(back("8", "9", "")), 0U) << "the organisation's";
  EXPECT_EQ(loads(), 1U);
}

TEST_F(TakingBack, OfVeryMuchAtOnceIsLoadedAnew) {
  const std::size_t bos = told().size() / 2;
  std::vector<model::Event> made, taken_back;
  for (std::size_t i = 0; i <= LiveOptions().most_taken_back; ++i) {
    made.push_back(event("placed", kStart, "m" + std::to_string(i), "anna", "A"));
    taken_back.push_back(back(made.back().id, "b" + std::to_string(i), "anna"));
  }
  const model::Event last = taken_back.back();
  taken_back.pop_back();
  take(made, kStart);
  settle(kStart);
  const std::size_t all = told().size();
  take(taken_back, kStart);
  EXPECT_LT(open_after(event("noted", kStart, "x", "bo")), all);
  EXPECT_EQ(loads(), 1U);
  take({last, back("1", "y", "anna")}, kStart);
  for (const model::Event& it : made) take({back(it.id, "again " + it.id, "anna")}, kStart);
  EXPECT_EQ(open_after(event("noted", kStart, "z", "bo")), bos);
  EXPECT_EQ(loads(), 2U);
}

TEST_F(TakingBack, WhatDecidesAboutOthersIsLoadedAnew) {
  const std::size_t both = told().size();
  EXPECT_EQ(open_after(back("1", "3", "bo")), both / 2) << "of another";
  EXPECT_EQ(loads(), 2U);
  EXPECT_EQ(open_after(back("3", "4", "bo")), both) << "so that the first stands again";
  EXPECT_EQ(loads(), 3U);
  EXPECT_EQ(open_after(back("6", "5", "anna")), both);
  EXPECT_EQ(open_after(event("placed", kStart, "6", "anna", "C")), both) << "taken back before it came";
  EXPECT_EQ(loads(), 4U);
  EXPECT_EQ(open_after(back("1", "7", "")), both / 2) << "by nobody";
  EXPECT_EQ(loads(), 5U);
}

}  // namespace
}  // namespace handslag::app
