// SPDX-License-Identifier: Apache-2.0
#include "app/api/replay.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

constexpr const char* kCame = "2026-11-21T10:00:00Z";
constexpr const char* kReplayed = "2026-11-22T08:00:00Z";
constexpr const char* kMendedByHand =
    R"({"id":"own-1","type":"order.placed","time":"2026-11-20T09:00:00Z","subject":[{"type":"email","value":"a@example.se"}]})";
constexpr const char* kDeskMap = R"(
[hook]
signature = "none"
[[event]]
type = { column = "type" }
when = "at"
id = "id"
subject = [{ type = "email", column = "who" }]
data = { topic = "header:X-Topic" }
)";

store::StoredIntakeReject rejected_as(const std::string& kind, const std::string& raw) {
  store::StoredIntakeReject stored;
  stored.number = 7;
  stored.received = *parse_rfc3339(kCame);
  stored.reject = {kind, "shop", "", "no good", raw};
  return stored;
}

Hooks desk_hooks() {
  Hooks hooks;
  hooks.by_name.emplace("shop", HookEntry{format::parse_hook(kDeskMap, "shop.toml").value(), {}});
  return hooks;
}

format::WireEvents again(const store::StoredIntakeReject& stored, const std::string& body = {},
                         std::vector<http::Header> headers = {}) {
  http::Request request;
  request.target = request.path = "/v1/rejects/7/replay";
  request.headers = std::move(headers);
  request.body = body;
  request.received = *parse_rfc3339(kReplayed);
  return read_again(stored, request, desk_hooks());
}

// "source id type time known", or where it is wrong.
std::string told(const format::WireEvents& read) {
  if (!read.rejected.empty()) return "wrong at \"" + read.rejected.front().column + "\"";
  if (read.events.size() != 1) return std::to_string(read.events.size()) + " events";
  const model::Event& event = read.events.front();
  return event.source + " " + event.id + " " + event.type + " " + format_rfc3339(event.time) + " " +
         format_rfc3339(event.known.value_or(kNoTime));
}

TEST(Replay, ReadsOurOwnForm) {
  const auto stored = rejected_as("events", R"({"id":"1","type":"order.placed","time":"soon"})");
  EXPECT_EQ(told(again(stored)), "wrong at \"/time\"");
  EXPECT_EQ(told(again(stored, R"({"id":"1","type":"order.placed","time":"2026-11-20T09:00:00Z"})")),
            "shop 1 order.placed 2026-11-20T09:00:00Z 2026-11-22T08:00:00Z");
}

TEST(Replay, ReadsAnEventOfABatchOfSegments) {
  const auto stored = rejected_as(
      "segment", R"({"type":"track","userId":"u-1","event":"Order Placed","properties":{"orderId":"A1"}})");
  EXPECT_EQ(told(again(stored)), "wrong at \"/messageId\"");
  const std::string mended =
      R"({"messageId":"m-1","type":"track","userId":"u-1","event":"Order Placed","properties":{"orderId":"A1"}})";
  const auto read = again(stored, mended);
  EXPECT_EQ(told(read), "shop m-1 order.placed 2026-11-21T10:00:00Z 2026-11-22T08:00:00Z");
  EXPECT_EQ(read.events.at(0).subject, (std::vector<model::Identifier>{{"user_id@shop", "u-1"}}));
  EXPECT_EQ(read.events.at(0).keys, (std::vector<model::Key>{{"order", "A1"}}));
  EXPECT_EQ(told(again(rejected_as("segment", mended))), told(read));
}

TEST(Replay, ReadsASingleCallOfSegmentsByWhatItWas) {
  const auto stored =
      rejected_as(segment_kind(*format::segment_call("/v1/t")), R"({"event":"Order Placed"})");
  EXPECT_EQ(stored.reject.kind, "segment:track");
  EXPECT_EQ(segment_kind(*format::segment_call("/v1/import")), "segment");
  EXPECT_EQ(told(again(stored, R"({"messageId":"m-1","anonymousId":"x","event":"Order Placed"})")),
            "shop m-1 order.placed 2026-11-21T10:00:00Z 2026-11-22T08:00:00Z");
}

TEST(Replay, ReadsCloudEventsInEachMode) {
  const std::string event =
      R"({"specversion":"1.0","id":"c-1","type":"order.placed","source":"/web","time":"2026-11-20T09:00:00Z"})";
  const auto stored =
      rejected_as("cloudevents", R"({"specversion":"1.0","type":"order.placed","source":"/web"})");
  // Another source than the key's stands before the id (contract/intake.md).
  const std::string wanted = "shop /web#c-1 order.placed 2026-11-20T09:00:00Z 2026-11-22T08:00:00Z";
  EXPECT_EQ(told(again(stored)), "wrong at \"/id\"");
  EXPECT_EQ(told(again(stored, event)), wanted);
  EXPECT_EQ(told(again(stored, "[" + event + "]")), wanted);
  EXPECT_EQ(told(again(stored, R"({"amount":5})",
                       {{"ce-specversion", "1.0"},
                        {"ce-id", "c-1"},
                        {"ce-type", "order.placed"},
                        {"ce-source", "/web"},
                        {"ce-time", "2026-11-20T09:00:00Z"},
                        {"content-type", "application/json"}})),
            wanted);
}

TEST(Replay, ReadsAWebhookByItsMap) {
  const auto json = rejected_as("hook:shop", R"({"id":"h-1","type":"ticket.opened","at":"soon"})");
  EXPECT_EQ(told(again(json)), "wrong at \"/at\"");
  const auto read =
      again(json, R"({"id":"h-1","type":"ticket.opened","at":"2026-11-20T09:00:00Z","who":"a@example.se"})",
            {{"x-topic", "modem"}, {"content-type", "application/json"}});
  EXPECT_EQ(told(read), "shop h-1 ticket.opened 2026-11-20T09:00:00Z 2026-11-22T08:00:00Z");
  EXPECT_EQ(read.events.at(0).data, (std::vector<model::Attribute>{{"topic", std::string("modem")}}));
  const auto form = rejected_as("hook:shop", "id=h-2&type=ticket.opened&at=2026-11-20T09%3A00%3A00Z");
  EXPECT_EQ(told(again(form)), "shop h-2 ticket.opened 2026-11-20T09:00:00Z 2026-11-22T08:00:00Z");
  EXPECT_NE(again(rejected_as("hook:gone", "{}")).rejected.at(0).reason.find("\"gone\""), std::string::npos);
}

TEST(Replay, TakesOurOwnFormWhateverItCameAs) {
  for (const char* kind : {"events", "segment", "segment:track", "cloudevents", "hook:shop", "hook:gone",
                           "import", "log", "replay"}) {
    EXPECT_EQ(told(again(rejected_as(kind, "x;y;z"), kMendedByHand)),
              "shop own-1 order.placed 2026-11-20T09:00:00Z 2026-11-22T08:00:00Z")
        << kind;
  }
}

TEST(Replay, SaysWhatIsWrongInBothForms) {
  const auto read = again(rejected_as("segment", "{}"), R"({"type":"track","messageId":"m"})");
  ASSERT_EQ(read.rejected.size(), 2U);
  EXPECT_EQ(read.rejected[0].column, "/userId");
  EXPECT_EQ(read.rejected[1].reason.substr(0, 29), "as an event of our own form: ");
}

TEST(Replay, TakesAllOfABodyOrNothing) {
  const auto stored = rejected_as("events", "{}");
  const auto read = again(stored, std::string("[") + kMendedByHand + R"(,{"id":"2"}])");
  EXPECT_TRUE(read.events.empty());
  EXPECT_EQ(read.rejected.size(), 1U);
  EXPECT_EQ(told(again(stored, "[]")), "wrong at \"\"");
  EXPECT_EQ(told(again(stored, "nothing of ours")), "wrong at \"\"");
}

TEST(Replay, SendsNothingAgainOfWhichOnlyAPartIsKept) {
  auto stored = rejected_as("events", kMendedByHand);
  EXPECT_EQ(again(stored).events.size(), 1U);
  stored.reject.is_raw_cut = true;
  EXPECT_TRUE(again(stored).events.empty());
  EXPECT_EQ(again(stored, kMendedByHand).events.size(), 1U);
  EXPECT_TRUE(again(rejected_as("events", "")).events.empty());
  EXPECT_TRUE(again(rejected_as("import", kMendedByHand)).events.empty());
}

}  // namespace
}  // namespace handslag::app
