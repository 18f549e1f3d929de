// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/build.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pure/timeline/corrections.h"

namespace handslag::timeline {
namespace {

using model::Event;

Event event(const std::string& type, std::int64_t seconds, std::string id = "") {
  Event made;
  made.source = "shop";
  made.type = type;
  made.time = {seconds * kMicrosPerSecond};
  made.id = std::move(id);
  return made;
}

std::vector<std::uint32_t> rows(const model::Columns& columns) {
  return columns.row;
}

TEST(Build, OrdersByTimeRankSourceSequenceAndId) {
  std::vector<Event> events(6, event("paid", 10));
  events[0].id = "b";  // last: same as 1 but for the id
  events[1].id = "a";
  events[2].source = "billing";             // source by name: before shop
  events[3].type = "placed";                // rank -1: before all of rank 0
  events[4].time = {9 * kMicrosPerSecond};  // first by time
  events[5].sequence = -1;                  // before 0
  BuildOptions options;
  options.ranks["placed"] = -1;
  const std::vector<model::CustomerIndex> customers(6, 1);
  EXPECT_EQ(rows(build(events, customers, options)), (std::vector<std::uint32_t>{4, 3, 2, 5, 1, 0}));
}

TEST(Build, GivesEachCustomerHerEventsAndTheOrganisationItsOwn) {
  const std::vector<Event> events = {event("a", 3), event("a", 1), event("outage", 2), event("a", 0)};
  const std::vector<model::CustomerIndex> customers = {2, 1, 0, 2};
  const model::Columns columns = build(events, customers, {});
  EXPECT_EQ(columns.offsets, (std::vector<std::uint32_t>{0, 1, 2, 4}));
  EXPECT_EQ(rows(columns), (std::vector<std::uint32_t>{2, 1, 3, 0}));
}

TEST(Build, CountsOrganisationEventsThatStandBeforeATie) {
  std::vector<Event> events = {event("outage", 5, "1"), event("outage", 5, "3"), event("call", 5, "2"),
                               event("call", 6, "4")};
  const std::vector<model::CustomerIndex> customers = {0, 0, 1, 1};
  const model::Columns columns = build(events, customers, {});
  ASSERT_EQ(columns.organisation_ties.size(), 1U);
  EXPECT_EQ(columns.organisation_events_before(2), 1U);  // ids: "1" < "2" < "3"
  EXPECT_EQ(columns.organisation_events_before(3), 2U);
}

TEST(Build, NamesSeeFixedFieldThenKeyThenAttribute) {
  std::vector<Event> events(3, event("a", 1));
  for (std::size_t i = 0; i < 3; ++i) {
    events[i].sequence = static_cast<std::int64_t>(i);
    events[i].data = {{"channel", model::Value{std::string("attribute")}}};
  }
  events[1].keys = {{"channel", "key"}};
  events[2].keys = {{"channel", "key"}};
  events[2].channel = "fixed";
  BuildOptions options;
  options.needs.names = {"channel", "nothing"};
  options.needs.keys = {"channel"};
  options.needs.attributes = {"channel"};
  const std::vector<model::CustomerIndex> customers(3, 1);
  const model::Columns columns = build(events, customers, options);
  const auto text = [&](std::uint32_t code) { return std::string(columns.texts->text(code)); };
  const model::ValueColumn& names = columns.names.at("channel");
  EXPECT_EQ(text(names.at(0).as_text()), "attribute");
  EXPECT_EQ(text(names.at(1).as_text()), "key");
  EXPECT_EQ(text(names.at(2).as_text()), "fixed");
  EXPECT_EQ(columns.keys.at("channel")[0], model::kNoText);
  EXPECT_EQ(text(columns.keys.at("channel")[2]), "key");
  EXPECT_EQ(text(columns.attributes.at("channel").at(2).as_text()), "attribute");
  EXPECT_FALSE(columns.names.contains("nothing"));
}

TEST(Build, ShowsOnlyWhatWasKnownThen) {
  std::vector<Event> events = {event("a", 1), event("a", 2), event("a", 9)};
  events[1].known = Timestamp{7 * kMicrosPerSecond};
  BuildOptions options;
  options.as_known_at = Timestamp{6 * kMicrosPerSecond};
  const std::vector<model::CustomerIndex> customers(3, 1);
  EXPECT_EQ(rows(build(events, customers, options)), (std::vector<std::uint32_t>{0}));
  options.as_known_at = Timestamp{7 * kMicrosPerSecond};
  EXPECT_EQ(rows(build(events, customers, options)), (std::vector<std::uint32_t>{0, 1}));
}

TEST(Build, LeavesOutWhatIsReplacedOnceThatIsKnown) {
  std::vector<Event> events = {event("a", 1, "x"), event("a", 2, "y")};
  events[1].replaces = "x";
  events[1].known = Timestamp{5 * kMicrosPerSecond};
  BuildOptions options;
  const std::vector<model::CustomerIndex> customers(2, 1);
  EXPECT_EQ(rows(build(events, customers, options)), (std::vector<std::uint32_t>{1}));
  options.as_known_at = Timestamp{4 * kMicrosPerSecond};
  EXPECT_EQ(rows(build(events, customers, options)), (std::vector<std::uint32_t>{0}));
}

TEST(Build, KeepsKnownTimesOnlyWhereTheySaySomething) {
  std::vector<Event> events = {event("a", 1)};
  BuildOptions options;
  options.needs.known = true;
  const std::vector<model::CustomerIndex> customers(1, 1);
  EXPECT_TRUE(build(events, customers, options).known.empty());
  events[0].known = Timestamp{2 * kMicrosPerSecond};
  EXPECT_EQ(build(events, customers, options).known, (std::vector<Timestamp>{{2 * kMicrosPerSecond}}));
}

TEST(Corrections, OfACorrectionGiveBackWhatItTookAway) {
  const std::vector<Correction> chain = {{2, 1}, {3, 2}};  // 3 voids 2, which had voided 1
  EXPECT_EQ(withdrawn_rows(chain), (std::vector<std::uint32_t>{2}));
  const std::vector<Correction> longer = {{4, 3}, {2, 1}, {3, 2}};
  EXPECT_EQ(withdrawn_rows(longer), (std::vector<std::uint32_t>{1, 3}));
}

TEST(Corrections, InACircleLeaveNothingOfItStanding) {
  const std::vector<Correction> circle = {{1, 2}, {2, 1}, {5, 5}, {2, 3}};
  EXPECT_EQ(withdrawn_rows(circle), (std::vector<std::uint32_t>{1, 2, 3, 5}));
}

TEST(Corrections, TellWhichGoInACircle) {
  // 1 corrects itself; 2, 3 and 4 each other; 5 corrects 2, and 4 also 6; 7 corrects 8.
  const std::vector<Correction> corrections = {{1, 1}, {2, 3}, {3, 4}, {4, 2}, {5, 2}, {4, 6}, {7, 8}};
  EXPECT_EQ(rows_in_circles(corrections), (std::vector<std::uint32_t>{1, 2, 3, 4}));
  EXPECT_TRUE(rows_in_circles(std::vector<Correction>{{7, 8}, {8, 9}}).empty());
  EXPECT_EQ(withdrawn_rows(corrections), (std::vector<std::uint32_t>{1, 2, 3, 4, 6, 8}));
}

}  // namespace
}  // namespace handslag::timeline
