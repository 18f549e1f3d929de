// SPDX-License-Identifier: Apache-2.0
#include "io/format/segment.h"

#include <gtest/gtest.h>

#include "io/runtime/file.h"

namespace handslag::format {
namespace {

WireSetting setting_at(const char* received) {
  return {"app", true, *parse_rfc3339(received), nullptr};
}

std::string recorded(const std::string& name) {
  return runtime::read_small_file(HANDSLAG_SOURCE_DIR "/tests/e2e/recorded/" + name, 1 << 20).value();
}

Result<WireEvents> read_segment(std::string_view path, std::string_view body,
                                const char* received = "2026-11-22T01:43:33.036Z") {
  WireRequest request;
  request.path = path;
  request.body = body;
  return read_segment(request, setting_at(received));
}

model::Event only(const Result<WireEvents>& got) {
  if (!got.ok() || got->events.size() != 1) {
    ADD_FAILURE() << (got.ok() ? got->rejected.at(0).column + got->rejected.at(0).reason
                               : got.error().message);
    return {};
  }
  return got->events.front();
}

std::string place_of(std::string_view path, std::string_view body) {
  const auto got = read_segment(path, body);
  if (!got.ok()) return got.error().message;
  return got->rejected.size() == 1 ? got->rejected[0].column : "not rejected";
}

using Subject = std::vector<model::Identifier>;
using Data = std::vector<model::Attribute>;

TEST(Segment, ReadsABatchAsTheStockClientSendsIt) {
  const auto got = read_segment("/v1/batch", recorded("segment_batch.json"));
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->events.size(), 6U) << got->rejected.at(0).reason;
  const auto& [identify, track, page, screen, group, alias] = std::tie(
      got->events[0], got->events[1], got->events[2], got->events[3], got->events[4], got->events[5]);

  EXPECT_EQ(identify.source + " " + identify.id + " " + identify.type,
            "app segment-identify customer.updated");
  EXPECT_EQ(format_rfc3339(identify.time), "2026-11-21T10:00:00Z");  // received when it says it was sent
  EXPECT_EQ(identify.subject, (Subject{{"user_id@app", "u-1"},
                                       {"anonymous_id@app", "anon-1"},
                                       {"email", "test@example.com"},
                                       {"phone", "+46700000000"}}));
  EXPECT_EQ(identify.data, (Data{{"email", std::string("test@example.com")},
                                 {"phone", std::string("+46700000000")},
                                 {"plan", std::string("fiber")},
                                 {"address_city", std::string("Åre")}}));

  EXPECT_EQ(track.type, "order.completed");
  EXPECT_EQ(track.keys, (std::vector<model::Key>{{"order", "A-1001"}}));
  EXPECT_EQ(track.data, (Data{{"order_id", std::string("A-1001")},
                              {"total", 499.0},
                              {"promised_at", *parse_date("2026-12-01")},
                              {"products_0_sku", std::string("x")},
                              {"event", std::string("Order Completed")}}));

  EXPECT_EQ(page.type + " " + page.channel, "page.viewed web");
  EXPECT_EQ(page.data, (Data{{"path", std::string("/checkout")},
                             {"category", std::string("Shop")},
                             {"name", std::string("Checkout")}}));
  EXPECT_EQ(screen.type + " " + screen.channel, "screen.viewed app");

  EXPECT_EQ(group.type, "group.joined");
  EXPECT_EQ(group.keys, (std::vector<model::Key>{{"group", "g-1"}}));
  EXPECT_EQ(group.data, (Data{{"name", std::string("Example AB")}}));

  EXPECT_EQ(alias.type, "customer.aliased");
  EXPECT_EQ(alias.subject,
            (Subject{{"user_id@app", "u-1"}, {"user_id@app", "anon-1"}, {"anonymous_id@app", "anon-1"}}));
}

TEST(Segment, ReadsWhatRudderStackSends) {
  const char* received = "2026-11-22T01:43:33.912Z";
  const model::Event identify =
      only(read_segment("/v1/batch", recorded("rudderstack_gzip_identify.json"), received));
  EXPECT_EQ(identify.subject, (Subject{{"user_id@app", "u-2"}, {"email", "test2@example.com"}}));
  EXPECT_EQ(format_rfc3339(identify.time), "2026-11-21T10:00:00Z");
  const model::Event track = only(read_segment("/v1/batch", recorded("rudderstack_plain_track.json")));
  EXPECT_EQ(track.type, "ticket.opened");
  EXPECT_EQ(track.keys, (std::vector<model::Key>{{"matter", "T-7"}}));
}

TEST(Segment, CorrectsTheSendersClock) {
  // The sender's clock is an hour and a half second behind.
  const std::string event =
      R"({"type":"track","event":"a","userId":"u","messageId":"1","timestamp":"2026-11-21T10:00:00.000Z"})";
  const model::Event moved =
      only(read_segment("/v1/batch", R"({"batch":[)" + event + R"(],"sentAt":"2026-11-21T10:00:05Z"})",
                        "2026-11-21T11:00:05.5Z"));
  EXPECT_EQ(format_rfc3339(moved.time), "2026-11-21T11:00:00.5Z");
  EXPECT_TRUE(moved.is_time_ours);
  EXPECT_EQ(format_rfc3339(*moved.known), "2026-11-21T11:00:05.5Z");
  const model::Event unmoved =
      only(read_segment("/v1/batch", R"({"batch":[)" + event + "]}", "2026-11-21T11:00:05.5Z"));
  EXPECT_EQ(format_rfc3339(unmoved.time), "2026-11-21T10:00:00Z");
  EXPECT_FALSE(unmoved.is_time_ours);
  // Sent a second time it takes a little longer.
  const model::Event again =
      only(read_segment("/v1/batch", R"({"batch":[)" + event + R"(],"sentAt":"2026-11-21T10:00:35Z"})",
                        "2026-11-21T11:00:36.9Z"));
  EXPECT_EQ(format_rfc3339(again.time), "2026-11-21T11:00:01.9Z");
  EXPECT_TRUE(again.is_time_ours);
  // RudderStack's: each event says when it was sent.
  const model::Event own = only(read_segment(
      "/v1/batch",
      R"({"batch":[{"type":"track","event":"a","userId":"u","messageId":"1","originalTimestamp":"2026-11-21T10:00:00Z",)"
      R"("timestamp":"2020-01-01T00:00:00Z","sentAt":"2026-11-21T09:59:31Z"}],"sentAt":"2020-01-01T00:00:00Z"})",
      "2026-11-21T10:00:03Z"));
  EXPECT_EQ(format_rfc3339(own.time), "2026-11-21T10:00:32Z");
}

TEST(Segment, WithoutATimeItHappenedWhenItCame) {
  const model::Event event =
      only(read_segment("/v1/track", R"({"event":"a","userId":5,"messageId":"1"})", "2026-11-21T11:00:00Z"));
  EXPECT_EQ(format_rfc3339(event.time), "2026-11-21T11:00:00Z");
  EXPECT_TRUE(event.is_time_ours);
  EXPECT_EQ(event.subject, (Subject{{"user_id@app", "5"}}));
}

TEST(Segment, KnowsItsPaths) {
  EXPECT_EQ(segment_call("/v1/batch"), SegmentCall::Batch);
  EXPECT_EQ(segment_call("/v1/import/"), SegmentCall::Batch);
  EXPECT_EQ(segment_call("/v1/t"), SegmentCall::Track);
  EXPECT_EQ(segment_call("/v1/alias"), SegmentCall::Alias);
  EXPECT_EQ(segment_call("/v1/m"), SegmentCall::Metrics);
  EXPECT_FALSE(segment_call("/v1/logs").has_value());
  EXPECT_FALSE(segment_call("/v2/batch").has_value());
  const auto metrics = read_segment("/v1/m", "whatever");
  ASSERT_TRUE(metrics.ok());
  EXPECT_TRUE(metrics->events.empty());
}

TEST(Segment, ThePathOfABrowserSaysTheKind) {
  const std::string body =
      R"({"messageId":"1","anonymousId":"a","traits":{"plan":"x"},"event":"Fault Reported"})";
  EXPECT_EQ(only(read_segment("/v1/i", body)).type, "customer.updated");
  EXPECT_EQ(only(read_segment("/v1/t", body)).type, "fault.reported");
  EXPECT_EQ(only(read_segment("/v1/p", body)).type, "page.viewed");
  EXPECT_EQ(only(read_segment("/v1/s", body)).type, "screen.viewed");
}

TEST(Segment, MakesTypesOfNames) {
  EXPECT_EQ(event_type_of("Order Completed"), "order.completed");
  EXPECT_EQ(event_type_of("  order \t placed\n"), "order.placed");
  EXPECT_EQ(event_type_of("order_placed"), "order_placed");
  EXPECT_EQ(event_type_of("Ärende ÖPPNAT É×Þ"), "ärende.öppnat.é×þ");
  EXPECT_EQ(event_type_of("   "), "");
}

TEST(Segment, APropertyOfOneNameStays) {
  const model::Event event = only(read_segment(
      "/v1/track",
      R"({"event":"A B","userId":"u","messageId":"1","properties":{"event":"own","orderId":7,"order_id":"8"}})"));
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"order", "8"}}));
  EXPECT_EQ(event.data,
            (Data{{"event", std::string("own")}, {"orderId", 7.0}, {"order_id", std::string("8")}}));
}

TEST(Segment, RejectsSingleEventsWithTheirPlace) {
  const auto got = read_segment(
      "/v1/batch",
      R"({"batch":[{"type":"track","event":"a","userId":"u"},{"type":"trakc","messageId":"2"},5,)"
      R"({"type":"track","event":"a","messageId":"4"},{"type":"track","messageId":"5","userId":"u"},)"
      R"({"type":"track","event":"a","messageId":"6","userId":"u","timestamp":"yesterday"},)"
      R"({"type":"alias","messageId":"7","userId":"u"},{"type":"group","messageId":"8","userId":"u"},)"
      R"({"type":"track","event":"a","messageId":"9","userId":"u"}]})");
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->events.size(), 1U);
  EXPECT_EQ(got->events[0].id, "9");
  std::vector<std::string> places;
  for (const RejectedRecord& rejected : got->rejected) places.push_back(rejected.column);
  EXPECT_EQ(places, (std::vector<std::string>{"/batch/0/messageId", "/batch/1/type", "/batch/2",
                                              "/batch/3/userId", "/batch/4/event", "/batch/5/timestamp",
                                              "/batch/6/previousId", "/batch/7/groupId"}));
  EXPECT_EQ(place_of("/v1/track", R"({"event":"a","userId":"u"})"), "/messageId");
  EXPECT_EQ(place_of("/v1/track", R"({"event":"a","userId":"u","messageId":"1","properties":{"":1}})"),
            "/properties");
}

TEST(Segment, ABodyThatCannotBeReadAtAllIsAnError) {
  for (const char* body : {"", "{", "[]", "{\"batch\":5}", "data=%7B%7D"}) {
    EXPECT_EQ(read_segment("/v1/batch", body).error().code, ErrorCode::Invalid) << body;
  }
  EXPECT_EQ(read_segment("/v1/track", "[]").error().code, ErrorCode::Invalid);
}

std::string key_of(std::vector<WireHeader> headers, std::string_view body = "{\"writeKey\":\"in-body\"}") {
  WireRequest request;
  request.headers = headers;
  request.body = body;
  return write_key(request).value_or("none");
}

TEST(Segment, TakesTheWriteKeyFromHeadersFirst) {
  EXPECT_EQ(key_of({{"Authorization", "Basic a2V5LTEyMzo="}}), "key-123");  // what the stock client sends
  EXPECT_EQ(key_of({{"authorization", "basic a2V5LTEyMw=="}}), "key-123");  // without the colon
  EXPECT_EQ(key_of({{"authorization", "Bearer token"}}), "token");
  EXPECT_EQ(key_of({}), "in-body");
  EXPECT_EQ(key_of({{"authorization", "Basic ???"}}), "none");
  EXPECT_EQ(key_of({{"authorization", "Digest x"}}), "in-body");
  EXPECT_EQ(key_of({}, "{"), "none");
  EXPECT_EQ(key_of({}, "{\"writeKey\":5}"), "none");
}

TEST(Segment, AnswersInItsOwnForm) {
  EXPECT_EQ(kSegmentAccepted, "{\"success\":true}");
  EXPECT_EQ(segment_refusal("a \"b\"\n"), "{\"success\":false,\"message\":\"a \\\"b\\\"\\u000a\"}");
}

}  // namespace
}  // namespace handslag::format
