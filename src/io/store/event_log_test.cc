// SPDX-License-Identifier: Apache-2.0
// The contract of an event log: what goes in comes out, once, and what is not committed never was.
#include "io/store/event_log.h"

#include "io/store/store_fixture.h"

namespace handslag::store {
namespace {

using model::Event;

class EventLogTest : public StoreTest {
 protected:
  EventLogTest() { open(); }
};

Event logged_event() {
  Event event;
  event.source = "shop";
  event.id = "e-1";
  event.type = "order.placed";
  event.time = *parse_rfc3339("2026-03-29T01:30:00.000001Z");
  event.known = *parse_rfc3339("2026-03-30T01:30:00Z");
  event.sequence = -7;
  event.subject = {{"customer_no@shop", "77"}, {"email", "å@example.se"}};
  event.unit = "sales";
  event.channel = "web";
  event.touchpoint = "checkout";
  event.agent = "anna";
  event.keys = {{"order", "A-1001"}, {"contact", "NA"}};
  event.data = {{"text", model::Value{std::string("long text, more than twelve bytes")}},
                {"empty", model::Value{std::string()}},
                {"number", model::Value{-0.5}},
                {"instant", model::Value{Timestamp{5}}},
                {"yes", model::Value{true}},
                {"day", model::Value{Date{-1}}}};
  event.replaces = "e-0";
  event.record = 3;
  event.part = 2;
  return event;
}

void expect_equal(const Event& found, const Event& wanted) {
  EXPECT_EQ(found.source, wanted.source);
  EXPECT_EQ(found.id, wanted.id);
  EXPECT_EQ(found.type, wanted.type);
  EXPECT_EQ(found.time, wanted.time);
  EXPECT_EQ(found.known, wanted.known);
  EXPECT_EQ(found.sequence, wanted.sequence);
  EXPECT_EQ(found.subject, wanted.subject);
  EXPECT_EQ(found.unit, wanted.unit);
  EXPECT_EQ(found.channel, wanted.channel);
  EXPECT_EQ(found.touchpoint, wanted.touchpoint);
  EXPECT_EQ(found.agent, wanted.agent);
  EXPECT_EQ(found.keys, wanted.keys);
  EXPECT_EQ(found.data, wanted.data);
  EXPECT_EQ(found.replaces, wanted.replaces);
  EXPECT_EQ(found.voids, wanted.voids);
  EXPECT_EQ(found.record, wanted.record);
  EXPECT_EQ(found.part, wanted.part);
}

TEST_F(EventLogTest, GivesBackEveryFieldOfAnEventAlsoAfterARestart) {
  Event plain = event("e-2", 5);
  plain.voids = "e-9";
  import("one", {logged_event(), plain});
  open();
  const std::vector<RowNumber> rows = {1, 0, 1};
  const auto found = log().fetch(rows);
  ASSERT_TRUE(found.ok()) << found.error().message;
  expect_equal((*found)[0], plain);
  expect_equal((*found)[1], logged_event());
  expect_equal((*found)[2], plain);
}

TEST_F(EventLogTest, SaysWhichRowIsNotThere) {
  const std::vector<RowNumber> rows = {0};
  EXPECT_EQ(log().fetch(rows).error().code, ErrorCode::NotFound);
}

TEST_F(EventLogTest, CountsTheSameIdWithTheSameContentOnce) {
  Event again = event("a", 1);
  again.record = 9;  // where it stood does not count
  EXPECT_EQ(import("one", {event("a", 1), event("b", 2), again}),
            (std::vector<Added>{Added::Added, Added::Added, Added::Duplicate}));
  open();
  EXPECT_EQ(import("two", {event("b", 2), event("c", 3)}),
            (std::vector<Added>{Added::Duplicate, Added::Added}));
  EXPECT_EQ(events_in_log(), 3U);
  EXPECT_EQ(log().imports()->back().duplicates, 1U);
}

TEST_F(EventLogTest, CountsAnEventWhoseTimeIsOursOnceWhateverTheTime) {
  Event first = event("a", 1), again = event("a", 2), told = event("a", 2);
  first.is_time_ours = again.is_time_ours = true;
  EXPECT_EQ(import("one", {first, again, told}),
            (std::vector<Added>{Added::Added, Added::Duplicate, Added::Conflict}));
}

TEST_F(EventLogTest, RefusesTheSameIdWithOtherContent) {
  EXPECT_EQ(import("one", {event("a", 1), event("a", 2)}),
            (std::vector<Added>{Added::Added, Added::Conflict}));
  open();
  auto writer = log().begin_import(header("two"));
  ASSERT_TRUE(writer.ok());
  EXPECT_EQ(*(*writer)->add(event("a", 3)), Added::Conflict);
  EXPECT_NE((*writer)->refusal().find("replaces"), std::string::npos);
  Event elsewhere = event("a", 3);
  elsewhere.source = "billing";
  EXPECT_EQ(*(*writer)->add(elsewhere), Added::Added);
}

TEST_F(EventLogTest, DerivesAnIdFromTheFileAndTheRecord) {
  Event first = event("", 1), second = event("", 1);
  second.record = first.record = 4;
  second.part = 2;
  EXPECT_EQ(import("one", {first, second}), (std::vector<Added>{Added::Added, Added::Added}));
  const std::vector<RowNumber> rows = {0, 1};
  const auto found = *log().fetch(rows);
  EXPECT_EQ(found[0].id, derived_id(header("one"), 4, 1));
  EXPECT_EQ(found[1].id, derived_id(header("one"), 4, 2));
  EXPECT_EQ(found[1].id.substr(12), ":4.2");
}

TEST_F(EventLogTest, AddsNothingWhenTheSameFileComesTwice) {
  import("one", {event("", 1)});
  const auto again = log().begin_import(header("one"));
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::Conflict);
  ImportHeader other_map = header("one");
  other_map.map_digest = "map";
  EXPECT_FALSE(log().find_import(other_map)->has_value());
  EXPECT_EQ(log().find_import(header("one"))->value().number, 1U);
}

TEST_F(EventLogTest, ForgetsAnImportThatIsGivenUp) {
  import("one", {event("a", 1)});
  {
    auto writer = log().begin_import(header("two"));
    ASSERT_EQ(*(*writer)->add(event("b", 2, "new@example.se")), Added::Added);
    ASSERT_TRUE((*writer)->reject({7, 7, "time", "no time", "raw"}).ok());
  }
  EXPECT_EQ(events_in_log(), 1U);
  EXPECT_EQ(*data_->rejects().count(std::nullopt), 0U);
  EXPECT_EQ(import("two", {event("b", 2, "new@example.se")}), (std::vector<Added>{Added::Added}));
  open();
  const std::vector<RowNumber> rows = {1};
  EXPECT_EQ((*log().fetch(rows))[0].subject, (std::vector<model::Identifier>{{"email", "new@example.se"}}));
  EXPECT_TRUE(data_->inspect()->empty());
}

TEST_F(EventLogTest, TakesAWrongFileBackOutAndLetsItInAgain) {
  import("one", {event("a", 1)});
  import("two", {event("b", 2), event("c", 3)});
  ASSERT_TRUE(log().remove_import(2, kTestNow).ok());
  EXPECT_EQ(events_in_log(), 1U);
  EXPECT_EQ(log().imports()->back().removed, kTestNow);
  EXPECT_EQ(log().remove_import(2, kTestNow).error().code, ErrorCode::NotFound);
  EXPECT_EQ(log().remove_import(5, kTestNow).error().code, ErrorCode::NotFound);
  EXPECT_EQ(import("two", {event("b", 2), event("c", 3)}), (std::vector<Added>{Added::Added, Added::Added}));
  EXPECT_EQ(log().imports()->back().number, 3U);
  EXPECT_EQ(events_in_log(), 3U);
  EXPECT_TRUE(data_->inspect()->empty());
}

// "two" brings b again, and its first record is a duplicate within the file; "three" brings b and c.
TEST_F(EventLogTest, KeepsWhatALaterFileBroughtToo) {
  Event moved = event("b", 2);
  moved.record = 8;
  import("one", {event("a", 1), event("b", 2), event("c", 3), event("", 9)});
  import("two", {event("d", 4), event("d", 4), moved, moved});
  open();
  import("three", {event("b", 2), event("c", 3), event("e", 5)});
  const auto removed = log().remove_import(1, kTestNow);
  ASSERT_TRUE(removed.ok()) << removed.error().message;
  EXPECT_EQ(removed->record.events, 4U);
  ASSERT_EQ(removed->stayed.size(), 2U);
  EXPECT_EQ(std::pair(removed->stayed[0].import, removed->stayed[0].events), std::pair(2U, 1UL));
  EXPECT_EQ(std::pair(removed->stayed[1].import, removed->stayed[1].events), std::pair(3U, 1UL));
  EXPECT_EQ(events_in_log(), 4U);
  const auto imports = *log().imports();
  EXPECT_EQ(std::pair(imports[1].events, imports[1].duplicates), std::pair(2UL, 2UL));
  EXPECT_EQ(imports[1].first_event, Timestamp{2 * kMicrosPerSecond});
  EXPECT_EQ(std::pair(imports[2].events, imports[2].duplicates), std::pair(2UL, 1UL));
  const std::vector<RowNumber> rows = {1};
  const auto found = log().fetch(rows);
  ASSERT_TRUE(found.ok()) << found.error().message;
  EXPECT_EQ(found->front().record, 8U);
  EXPECT_TRUE(data_->inspect()->empty());
}

TEST_F(EventLogTest, HandsOnFromFileToFileUntilTheLastIsTakenOut) {
  import("one", {event("a", 1), event("b", 2)});
  import("two", {event("a", 1)});
  import("three", {event("a", 1)});
  ASSERT_TRUE(log().remove_import(2, kTestNow).ok());
  EXPECT_EQ(log().remove_import(1, kTestNow)->stayed.at(0).import, 3U);
  EXPECT_EQ(events_in_log(), 1U);
  EXPECT_EQ(import("four", {event("a", 1), event("b", 2)}),
            (std::vector<Added>{Added::Duplicate, Added::Added}));
  EXPECT_EQ(log().remove_import(3, kTestNow)->stayed.at(0).import, 4U);
  EXPECT_EQ(events_in_log(), 2U);
  EXPECT_TRUE(log().remove_import(4, kTestNow)->stayed.empty());
  EXPECT_EQ(events_in_log(), 0U);
  EXPECT_TRUE(data_->inspect()->empty());
}

// Removed, it would be lost: the sender was told that it is kept.
TEST_F(EventLogTest, KeepsWhatAlsoCameOverTheNetwork) {
  import("one", {event("a", 1), event("b", 2)});
  ImportHeader live = header("live");
  live.is_live = true;
  auto writer = log().begin_import(live);
  ASSERT_EQ(*(*writer)->add(event("a", 1)), Added::Duplicate);
  ASSERT_TRUE((*writer)->commit_live(kTestNow, 1).ok());
  writer->reset();
  EXPECT_EQ(log().remove_import(1, kTestNow)->stayed.at(0).import, 2U);
  EXPECT_EQ(events_in_log(), 1U);
  EXPECT_TRUE(data_->inspect()->empty());
}

TEST_F(EventLogTest, RefusesWhatIsOutsideALimit) {
  auto writer = log().begin_import(header("one"));
  const auto outcome = [&](const Event& e) { return *(*writer)->add(e); };
  Event wrong = event("a", 1);
  wrong.source.clear();
  EXPECT_EQ(outcome(wrong), Added::Refused);
  wrong = event("a", 1);
  wrong.time = kEndOfTime;
  EXPECT_EQ(outcome(wrong), Added::Refused);
  wrong = event(std::string(kMaxIdBytes + 1, 'x'), 1);
  EXPECT_EQ(outcome(wrong), Added::Refused);
  wrong = event("a", 1);
  wrong.keys = {{"order", "\xff"}};
  EXPECT_EQ(outcome(wrong), Added::Refused);
  wrong.keys = {{"order", std::string(kMaxTextBytes + 1, 'x')}};
  EXPECT_EQ(outcome(wrong), Added::Refused);
  wrong = event("a", 1, "");
  EXPECT_EQ(outcome(wrong), Added::Refused);
  wrong = event("", 1);
  wrong.record = 0;
  EXPECT_EQ(outcome(wrong), Added::Refused);
  wrong = event("a", 1);
  wrong.subject.assign(kMaxIdentifiers + 1, {"email", "a"});
  EXPECT_EQ(outcome(wrong), Added::Refused);
  EXPECT_EQ(outcome(event("a", 1)), Added::Added);
  EXPECT_EQ((*writer)->commit(kTestNow)->events, 1U);
}

TEST_F(EventLogTest, KeepsRejectedRowsWithTheirReason) {
  auto writer = log().begin_import(header("one"));
  for (std::uint64_t i = 1; i <= 2500; ++i) {
    ASSERT_TRUE((*writer)->reject({i + 1, i, "time", "no such day", std::string(5000, 'x')}).ok());
  }
  ASSERT_EQ((*writer)->commit(kTestNow)->rejected, 2500U);
  const auto rejects = *data_->rejects().list(1, 1000, 2);
  ASSERT_EQ(rejects.size(), 2U);
  EXPECT_EQ(rejects[0].reject.record, 1001U);
  EXPECT_EQ(rejects[0].reject.line, 1002U);
  EXPECT_EQ(rejects[0].reject.reason, "no such day");
  EXPECT_EQ(rejects[0].reject.raw.size(), kRejectRawBytes);
}

TEST_F(EventLogTest, FindsTheRowsOfAnIdentifier) {
  Event both = event("c", 3);
  both.subject.push_back({"phone", "1"});
  import("one", {event("a", 1), event("b", 2, "b@example.se"), both});
  EXPECT_EQ(*log().rows_of({"email", "a@example.se"}), (std::vector<RowNumber>{0, 2}));
  EXPECT_EQ(*log().rows_of({"phone", "1"}), (std::vector<RowNumber>{2}));
  EXPECT_TRUE(log().rows_of({"phone", "a@example.se"})->empty());
}

TEST_F(EventLogTest, SaysWhatThereIs) {
  import("one", {logged_event(), event("b", 2)});
  const LogSummary summary = *log().summary();
  EXPECT_EQ(summary.events, 2U);
  ASSERT_EQ(summary.sources.size(), 1U);
  EXPECT_EQ(summary.sources[0].first_event, Timestamp{2 * kMicrosPerSecond});
  EXPECT_EQ(summary.types[0].type, "order.placed");
  EXPECT_EQ(summary.identifier_types, (std::vector<std::string>{"customer_no@shop", "email"}));
  EXPECT_EQ(summary.keys, (std::vector<std::string>{"contact", "order"}));
}

TEST_F(EventLogTest, WritesNothingWhenOpenForReading) {
  import("one", {event("a", 1)});
  open(Mode::Read);
  EXPECT_EQ(log().begin_import(header("two")).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(log().remove_import(1, kTestNow).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(events_in_log(), 1U);
}

}  // namespace
}  // namespace handslag::store
