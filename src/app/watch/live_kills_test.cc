// SPDX-License-Identifier: Apache-2.0
// Killed at any instant: what was told is neither lost nor told, or revised, twice.
#include "app/watch/live_fixture.h"

namespace handslag::app {
namespace {

// Kills at any instant, also between the log's commit and what was told of it, an hour away now and then.
// What passes its due time meanwhile is told too, and so is what is imported, corrected and published while
// it is off after all that was told was kept.
TEST_F(LiveTest, WhoFollowsMissesNothingAcrossKills) {
  int kills = 0, files = 0, publications = 0;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    TearDown();
    SetUp();
    LiveTraffic traffic(static_cast<unsigned>(seed));
    LiveListener listener;
    Timestamp now = kStart;
    open_live(now, &listener);
    std::vector<std::pair<Timestamp, std::vector<model::Event>>> batches;  // by position, from 1
    for (int step = 0; step < 60; ++step) {
      now.us += static_cast<std::int64_t>(traffic.below(20)) * kMicrosPerMinute;
      std::vector<model::Event> events;
      for (std::size_t n = traffic.below(8); n > 0; --n) events.push_back(traffic.next(now));
      batches.emplace_back(now, events);
      take(std::move(events), now);
      if (traffic.below(2) == 0) settle(now);
      if (traffic.below(4) == 0) {
        ASSERT_TRUE(live_->commit(now).ok());
      }
      if (traffic.below(4) == 0) {
        ASSERT_TRUE(live_->uncommitted() > 0 || live_->keep_told().ok());
      }
      listener.hear(live_->feed());
      if (traffic.below(6) == 0) {
        now.us += static_cast<std::int64_t>(traffic.below(60)) * kMicrosPerMinute;
        const bool imports = traffic.below(2) == 0, publishes = traffic.below(3) == 0;
        if (imports ||
            publishes) {  // Why: what was told and not kept is told anew by the same, not by other premises
          settle(now);
          ASSERT_TRUE(live_->commit(now).ok() && live_->keep_told().ok());
          listener.hear(live_->feed());
        }
        live_.reset();
        if (imports) ++files, import_file(traffic, now);
        if (publishes) ++publications, publish_delivered(30 + traffic.below(90), now);
        open_live(now, &listener);
        ++kills;
        while (live_->position() < batches.size()) {
          const auto& [received, again] = batches[live_->position()];
          take(again, received);
        }
      }
      if (traffic.below(3) != 0) continue;
      settle(now);
      listener.hear(live_->feed());
      ASSERT_EQ(listener.verdicts_, verdicts_of(*live_)) << "seed " << seed << ", step " << step;
    }
    EXPECT_EQ(listener.lost_, 0);
  }
  EXPECT_GT(kills, 5 * kSeeds);  // ten are to be expected
  EXPECT_GT(files, 2 * kSeeds);
  EXPECT_GT(publications, kSeeds);
}

TEST_F(LiveTest, KeepsARevisionWhereALateEventContradictsWhatWasTold) {
  open_live(kStart);
  take({event("sent", kStart, "1", "anna")}, kStart);
  const Timestamp later{kStart.us + 130 * kMicrosPerMinute};
  settle(later);  // nobody called within 2 h: kept
  take({event("called", {kStart.us + 60 * kMicrosPerMinute}, "2", "anna")}, later);
  settle(later);
  const auto revisions = *directory_->revisions().list("quiet", "", "", std::nullopt, 10);
  ASSERT_EQ(revisions.size(), 1U);
  EXPECT_EQ(revisions[0].old_verdict, "kept");
  EXPECT_EQ(revisions[0].new_verdict, "broken");
  EXPECT_EQ(revisions[0].cause, "late");
  EXPECT_EQ(revisions[0].activation_source, "shop");
  EXPECT_EQ(revisions[0].activation_id, "1");
}

// A revision is on disk before the log has what it rests on; whoever starts after a kill finds it once more.
TEST_F(LiveTest, WritesARevisionOnceThoughKilledBeforeTheLogHasItsEvent) {
  open_live(kStart);
  take({event("sent", kStart, "1", "anna")}, kStart);
  const Timestamp later{kStart.us + 130 * kMicrosPerMinute};
  settle(later);
  ASSERT_TRUE(live_->commit(later).ok());
  const auto revisions = [&] {
    std::string told;
    const auto listed = directory_->revisions().list("quiet", "", "", std::nullopt, 10);
    EXPECT_TRUE(listed.ok());
    for (const store::Revision& it : *listed) told = it.old_verdict + " " + it.new_verdict + ", " + told;
    return told;
  };
  const auto call = event("called", {kStart.us + 60 * kMicrosPerMinute}, "2", "anna");
  for (int start = 0; start < 3; ++start) {
    const Timestamp now{later.us + (1 + start) * kMicrosPerMinute};
    if (start > 0) {
      live_.reset();
      open_live(now);
    }
    take({call}, now);
    settle(now);
    EXPECT_EQ(revisions(), "kept broken, ") << "start " << start;
  }
  // Taken back and said anew: that is a contradiction of its own, however like the first.
  const Timestamp now{later.us + 10 * kMicrosPerMinute};
  model::Event back = event("called", call.time, "3", "");
  back.voids = "2";
  take({back}, now);
  settle(now);
  take({event("called", call.time, "4", "anna")}, now);
  settle(now);
  EXPECT_EQ(revisions(), "kept broken, broken kept, kept broken, ");
}

TEST_F(LiveTest, WritesARevisionOnceThoughKilledInAReevaluation) {
  LiveListener listener;
  open_live(kStart, &listener);
  take({event("placed", kStart, "1", "anna", "A"),
        event("sent", {kStart.us + 80 * kMicrosPerMinute}, "2", "anna", "A")},
       kStart);
  const Timestamp later{kStart.us + 200 * kMicrosPerMinute};
  settle(later);
  ASSERT_TRUE(live_->commit(later).ok() && live_->keep_told().ok());
  publish_delivered(60, {kStart.us + 99 * kMicrosPerMinute});  // in force before the order was placed
  for (int start = 0; start < 3; ++start) {
    const Timestamp now{later.us + (1 + start) * kMicrosPerMinute};
    if (start == 0) {
      ASSERT_TRUE(live_->reload(Cause::Definition, now).ok());
    } else {
      live_.reset();
      open_live(now, &listener);
    }
    EXPECT_EQ(directory_->revisions().list("delivered", "", "", {}, 10)->size(), 1U) << "start " << start;
  }
  // Once what was told is kept, nothing comes again.
  settle({later.us + 5 * kMicrosPerMinute});
  ASSERT_TRUE(live_->keep_told().ok());
  live_.reset();
  open_live({later.us + 6 * kMicrosPerMinute}, &listener);
  EXPECT_EQ(directory_->revisions().list("delivered", "", "", {}, 10)->size(), 1U);
}

// Its events are gone: what was told cannot be worked out, and whoever listens is told so.
TEST_F(LiveTest, SaysWhatIsLostWhenAFileWasTakenOutAndNothingToldOfIt) {
  LiveListener listener;
  LiveTraffic traffic(7);
  import_file(traffic, kStart);
  const Timestamp later{kStart.us + kMicrosPerMinute};
  open_live(later, &listener);
  settle(later);
  ASSERT_TRUE(live_->keep_told().ok());
  live_.reset();
  ASSERT_TRUE(directory_->log().remove_import(1, {later.us + 1}).ok());
  open_live({later.us + kMicrosPerMinute}, &listener);
  EXPECT_EQ(listener.lost_, 1);
  EXPECT_TRUE(verdicts_of(*live_).empty());
  settle({later.us + kMicrosPerMinute});
  ASSERT_TRUE(live_->keep_told().ok());
  live_.reset();
  open_live({later.us + 2 * kMicrosPerMinute}, &listener);
  EXPECT_EQ(listener.lost_, 1);
}

}  // namespace
}  // namespace handslag::app
