// SPDX-License-Identifier: Apache-2.0
#include "app/watch/alike_times.h"

#include <gtest/gtest.h>

#include "app/frontline/judged_for_test.h"

namespace handslag::app {
namespace {

const std::string kAlikePromises =
    "promise sent \"Sent\" kept by logistics when placed then sent within 2 days, same order "
    "unless cancelled, same order\n"
    "promise answered \"Answered\" kept by service when queued then answered within 3 min, same call\n"
    "promise word \"Word\" kept by service when commitment.made then commitment.kept within 2 days, same "
    "commitment\n";

class Alike : public testing::Test {
 protected:
  void see(std::vector<model::Event> events, const std::string& now) {
    now_ = at(now);
    judged_ = std::make_unique<Judged>(std::move(events), kAlikePromises, now_);
    AlikeTimes::Noting noting(times_, judged_->columns());
    for (const model::Instance& it : judged_->verdicts().instances)
      noting.note(*judged_->versions()[it.promise].promise, it);
  }
  std::vector<stats::Wait> last(const Likeness& alike) {
    return times_.last(alike, *judged_->columns().texts, now_);
  }

  AlikeTimes times_;
  std::unique_ptr<Judged> judged_;
  Timestamp now_;
};

TEST_F(Alike, KeepsWhatTheyTookAndHowLongTheOthersWait) {
  see({happened("placed", "2026-03-02T10:00:00Z", {{"order", "1"}}, {{"product", "router"}}),
       happened("sent", "2026-03-02T13:00:00Z", {{"order", "1"}}),
       happened("placed", "2026-03-03T10:00:00Z", {{"order", "2"}}, {{"product", "module"}}),
       happened("placed", "2026-03-03T11:00:00Z", {{"order", "3"}}, {{"product", "module"}}),
       happened("cancelled", "2026-03-03T12:00:00Z", {{"order", "3"}}),
       happened("queued", "2026-03-03T12:00:00Z", {{"call", "1"}}),
       happened("answered", "2026-03-03T12:01:00Z", {{"call", "1"}})},
      "2026-03-09T10:00:00Z");
  // The third was called off; the fourth is over in a moment.
  EXPECT_EQ(last({"sent", {}, {}, {}}),
            (std::vector<stats::Wait>{{3 * kMicrosPerHour, true}, {6 * 24 * kMicrosPerHour, false}}));
  EXPECT_EQ(last({"sent", "router", {}, {}}), (std::vector<stats::Wait>{{3 * kMicrosPerHour, true}}));
  EXPECT_EQ(last({"sent", "module", {}, {}}), (std::vector<stats::Wait>{{6 * 24 * kMicrosPerHour, false}}));
  EXPECT_TRUE(last({"sent", "sofa", {}, {}}).empty());
  EXPECT_TRUE(last({"answered", {}, {}, {}}).empty());
}

TEST_F(Alike, AnInstanceIsKeptOnceAsItIsNow) {
  std::vector<model::Event> events{happened("placed", "2026-03-02T10:00:00Z", {{"order", "1"}})};
  see(events, "2026-03-02T12:00:00Z");
  EXPECT_EQ(last({"sent", {}, {}, {}}), (std::vector<stats::Wait>{{2 * kMicrosPerHour, false}}));
  events.push_back(happened("sent", "2026-03-02T13:00:00Z", {{"order", "1"}}));
  see(events, "2026-03-02T14:00:00Z");
  EXPECT_EQ(last({"sent", {}, {}, {}}), (std::vector<stats::Wait>{{3 * kMicrosPerHour, true}}));
  times_.forget(*judged_->versions()[0].promise, judged_->columns().row[judged_->columns().offsets[1]]);
  EXPECT_TRUE(last({"sent", {}, {}, {}}).empty());
}

TEST_F(Alike, CommitmentsGoByUnitAndKind) {
  const auto made = [](const char* time, const char* number, const char* unit, const char* kind) {
    model::Event event = happened("commitment.made", time, {{"commitment", number}}, {{"kind", kind}});
    event.unit = unit;
    return event;
  };
  see({made("2026-03-02T10:00:00Z", "1", "service", "visit"),
       made("2026-03-02T11:00:00Z", "2", "service", "money"),
       made("2026-03-02T12:00:00Z", "3", "sales", "visit")},
      "2026-03-02T13:00:00Z");
  EXPECT_EQ(last({"word", {}, "service", {}}).size(), 2U);
  EXPECT_EQ(last({"word", {}, "service", "visit"}), (std::vector<stats::Wait>{{3 * kMicrosPerHour, false}}));
  EXPECT_EQ(last({"word", {}, {}, {}}).size(), 3U);
}

TEST_F(Alike, TellsTheNewestTwoHundred) {
  std::vector<model::Event> events;
  for (int i = 0; i < 300; ++i) {
    model::Event event = happened("placed", "2026-03-02T10:00:00Z", {{"order", std::to_string(i)}});
    event.time.us += i * kMicrosPerHour;
    events.push_back(std::move(event));
  }
  see(std::move(events), "2026-04-02T10:00:00Z");
  const auto told = last({"sent", {}, {}, {}});
  ASSERT_EQ(told.size(), kLastAlike);
  EXPECT_EQ(told.front().us, (31 * 24 - 100) * kMicrosPerHour);
  EXPECT_EQ(told.back().us, (31 * 24 - 299) * kMicrosPerHour);
}

}  // namespace
}  // namespace handslag::app
