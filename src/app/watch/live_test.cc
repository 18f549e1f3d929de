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

}  // namespace
}  // namespace handslag::app
