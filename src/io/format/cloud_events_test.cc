// SPDX-License-Identifier: Apache-2.0
#include "io/format/cloud_events.h"

#include <gtest/gtest.h>

#include "io/runtime/file.h"

namespace handslag::format {
namespace {

constexpr const char* kCloudReceived = "2026-11-22T08:00:00Z";
constexpr const char* kStructured = "application/cloudevents+json; charset=utf-8";

WireSetting setting_of(bool is_source_fixed) {
  return {"shop", is_source_fixed, *parse_rfc3339(kCloudReceived), nullptr};
}

std::string recorded_cloud_event(const std::string& name) {
  return runtime::read_small_file(HANDSLAG_SOURCE_DIR "/tests/e2e/recorded/" + name, 1 << 20).value();
}

Result<WireEvents> read_cloud(std::string_view body, std::vector<WireHeader> headers,
                              bool is_source_fixed = false) {
  WireRequest request;
  request.path = "/v1/events";
  request.headers = headers;
  request.body = body;
  return read_cloud_events(request, setting_of(is_source_fixed));
}

model::Event only_cloud_event(const Result<WireEvents>& got) {
  if (!got.ok()) {
    ADD_FAILURE() << got.error().message;
    return {};
  }
  for (const RejectedRecord& rejected : got->rejected)
    ADD_FAILURE() << rejected.column << " " << rejected.reason;
  return got->events.empty() ? model::Event() : got->events.front();
}

std::string place_of(const Result<WireEvents>& got) {
  if (!got.ok()) return got.error().message;
  return got->rejected.size() == 1 ? got->rejected[0].column : "not rejected";
}

// What the stock client sends: tests/e2e/clients/cloudevents.mjs.
void expect_order(const model::Event& event, const std::string& id) {
  EXPECT_EQ(event.id, id);
  EXPECT_EQ(event.source, "/shop");
  EXPECT_EQ(event.type, "order.placed");
  EXPECT_EQ(format_rfc3339(event.time), "2026-11-21T10:00:00Z");
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"customer_no@shop", "77"}}));
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"order", "A-1001"}}));
  EXPECT_EQ(event.channel, "web");
  ASSERT_EQ(event.data.size(), 2U);
  const bool is_region_first = event.data[0].name == "region";
  EXPECT_EQ(event.data[is_region_first ? 0 : 1],
            (model::Attribute{"region", std::string("Jämtland \"norr\" 100 %")}));
  EXPECT_EQ(event.data[is_region_first ? 1 : 0], (model::Attribute{"amount", 499.0}));
}

TEST(CloudEvents, ReadsTheThreeModesAsTheStockClientSendsThem) {
  // The library sends what is not ASCII as Latin-1.
  const std::vector<WireHeader> headers = {{"content-type", "application/json; charset=utf-8"},
                                           {"ce-id", "ce-binary"},
                                           {"ce-time", "2026-11-21T10:00:00.000Z"},
                                           {"ce-type", "order.placed"},
                                           {"ce-source", "/shop"},
                                           {"ce-specversion", "1.0"},
                                           {"ce-subject", "customer_no@shop:77"},
                                           {"ce-region", "J\xE4mtland \"norr\" 100 %"}};
  expect_order(only_cloud_event(read_cloud(recorded_cloud_event("cloudevents_binary.json"), headers)),
               "ce-binary");
  expect_order(only_cloud_event(read_cloud(recorded_cloud_event("cloudevents_structured.json"),
                                           {{"Content-Type", kStructured}})),
               "ce-structured");
  const auto batch = read_cloud(recorded_cloud_event("cloudevents_batch.json"),
                                {{"Content-Type", "application/cloudevents-batch+json"}});
  ASSERT_TRUE(batch.ok());
  ASSERT_EQ(batch->events.size(), 2U);
  expect_order(batch->events[0], "ce-batch-1");
  EXPECT_EQ(batch->events[1].id, "ce-batch-2");
}

TEST(CloudEvents, DecodesHeadersAsTheBindingSays) {
  // The example of the HTTP protocol binding, section 3.1.3.2: "Euro € 😀" percent-encoded; and a quoted
  // string.
  const auto got = read_cloud("", {{"CE-ID", "1"},
                                   {"ce-specversion", "1.0"},
                                   {"ce-type", "a"},
                                   {"ce-source", "\"/s \\\"x\\\"\""},
                                   {"ce-text", "Euro%20%E2%82%AC%20%F0%9F%98%80"},
                                   {"ce-once", "%2541"}});
  const model::Event event = only_cloud_event(got);
  EXPECT_EQ(event.source, "/s \"x\"");
  EXPECT_EQ(format_rfc3339(event.time), kCloudReceived);
  EXPECT_EQ(event.data,
            (std::vector<model::Attribute>{{"text", std::string("Euro € 😀")}, {"once", std::string("%41")}}));
}

TEST(CloudEvents, RejectsHeadersThatCannotBe) {
  const std::vector<WireHeader> good = {
      {"ce-id", "1"}, {"ce-specversion", "1.0"}, {"ce-type", "a"}, {"ce-source", "/s"}};
  const auto with = [&](WireHeader header) {
    std::vector<WireHeader> headers = good;
    headers.push_back(header);
    return place_of(read_cloud("", headers));
  };
  EXPECT_EQ(place_of(read_cloud("", good)), "not rejected");
  EXPECT_EQ(with({"ce-x", "%FF"}), "ce-x");
  EXPECT_EQ(with({"ce-datacontenttype", "application/json"}), "ce-datacontenttype");
  EXPECT_EQ(with({"ce-id", "2"}), "ce-id");
  EXPECT_EQ(with({"ce-time", "yesterday"}), "ce-time");
  EXPECT_EQ(place_of(read_cloud(
                "", {{"ce-id", "1"}, {"ce-specversion", "0.3"}, {"ce-type", "a"}, {"ce-source", "/s"}})),
            "ce-specversion");
  EXPECT_EQ(place_of(read_cloud("", {{"ce-id", "1"}, {"ce-specversion", "1.0"}, {"ce-source", "/s"}})),
            "ce-type");
  EXPECT_EQ(place_of(read_cloud("", {{"ce-specversion", "1.0"}, {"ce-type", "a"}, {"ce-source", "/s"}})),
            "ce-id");
}

TEST(CloudEvents, DataMustBeJson) {
  const auto binary = [](std::string_view body, std::string_view type) {
    return place_of(read_cloud(body, {{"ce-id", "1"},
                                      {"ce-specversion", "1.0"},
                                      {"ce-type", "a"},
                                      {"ce-source", "/s"},
                                      {"content-type", type}}));
  };
  EXPECT_EQ(binary("<a/>", "text/xml"), "content-type");
  EXPECT_EQ(binary("{", "application/json"), "");
  EXPECT_EQ(binary("1},\"id\":{\"x\":1", "application/json"), "");  // no way out of the data
  EXPECT_EQ(binary(R"({"keys":{"order":[]}})", "application/vnd.x+json"), "/keys/order");
  const std::string frame = R"({"specversion":"1.0","id":"1","type":"a","source":"/s",)";
  const auto structured = [&](const std::string& rest) {
    return place_of(read_cloud(frame + rest + "}", {{"content-type", kStructured}}));
  };
  EXPECT_EQ(structured(R"("datacontenttype":"text/xml","data":"<a/>")"), "/datacontenttype");
  EXPECT_EQ(structured(R"("datacontenttype":"image/png","data_base64":"iVBORw0KGgo=")"), "/datacontenttype");
  EXPECT_EQ(structured(R"("data_base64":"iVBORw0KGgo=")"), "/data_base64");
  EXPECT_EQ(structured(R"("data_base64":"e30=","data":{})"), "/data_base64");
  EXPECT_EQ(structured(R"("keys":{"order":"1"})"), "/keys");  // an extension is no object
}

TEST(CloudEvents, ReadsDataInBase64) {
  // {"amount":5,"channel":"web"}
  const model::Event event =
      only_cloud_event(read_cloud(R"({"specversion":"1.0","id":"1","type":"a","source":"/s",)"
                                  R"("data_base64":"eyJhbW91bnQiOjUsImNoYW5uZWwiOiJ3ZWIifQ=="})",
                                  {{"content-type", kStructured}}));
  EXPECT_EQ(event.channel, "web");
  EXPECT_EQ(event.data, (std::vector<model::Attribute>{{"amount", 5.0}}));
}

TEST(CloudEvents, AMemberOfDataIsOursWhereItHasOurShape) {
  const model::Event event = only_cloud_event(read_cloud(
      R"({"specversion":"1.0","id":"1","type":"a","source":"/s","data":{"subject":[{"type":"email","value":"a@example.se"}],)"
      R"("unit":"sales","agent":7,"data":{"x":{"y":1}},"id":"inner","keys":{"order":5}}})",
      {{"content-type", kStructured}}));
  EXPECT_EQ(event.id, "1");
  EXPECT_EQ(event.unit, "sales");
  EXPECT_EQ(event.agent, "7");
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"email", "a@example.se"}}));
  EXPECT_EQ(event.data, (std::vector<model::Attribute>{{"x_y", 1.0}, {"id", std::string("inner")}}));
  const model::Event other = only_cloud_event(read_cloud(
      R"({"specversion":"1.0","id":"1","type":"a","source":"/s","data":{"subject":"Re: hello","keys":[1],"channel":3}})",
      {{"content-type", kStructured}}));
  EXPECT_TRUE(other.subject.empty());
  EXPECT_EQ(other.data, (std::vector<model::Attribute>{
                            {"subject", std::string("Re: hello")}, {"keys_0", 1.0}, {"channel", 3.0}}));
}

TEST(CloudEvents, SubjectIsAnIdentifier) {
  const auto subject = [](const std::string& text) {
    const model::Event event = only_cloud_event(
        read_cloud(R"({"specversion":"1.0","id":"1","type":"a","source":"crm","subject":")" + text + "\"}",
                   {{"content-type", kStructured}}));
    return event.subject.empty() ? "" : event.subject[0].type + "=" + event.subject[0].value;
  };
  EXPECT_EQ(subject("email:a@example.se"), "email=a@example.se");
  EXPECT_EQ(subject("customer_no@billing:77"), "customer_no@billing=77");
  EXPECT_EQ(subject("77"), "subject@crm=77");
  EXPECT_EQ(subject("https://example.se/77"), "subject@crm=https://example.se/77");
  EXPECT_EQ(subject("urn:x:77"), "subject@crm=urn:x:77");
  EXPECT_EQ(subject("mailto:a@example.se"), "email=a@example.se");
  EXPECT_EQ(subject("tel:+46700000000"), "phone=+46700000000");
  EXPECT_EQ(subject("Order 5: late"), "subject@crm=Order 5: late");
  EXPECT_EQ(subject(""), "");
}

TEST(CloudEvents, UnderAKeyOfOneSourceTwoSourcesDoNotCollide) {
  const auto got = read_cloud(
      R"([{"specversion":"1.0","id":"1","type":"a","source":"/a"},{"specversion":"1.0","id":"1","type":"a","source":"/b"},)"
      R"({"specversion":"1.0","id":"1","type":"a","source":"shop"}])",
      {{"content-type", "application/cloudevents-batch+json"}}, true);
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->events.size(), 3U);
  EXPECT_EQ(got->events[0].source + " " + got->events[0].id, "shop /a#1");
  EXPECT_EQ(got->events[1].id, "/b#1");
  EXPECT_EQ(got->events[2].id, "1");
}

TEST(CloudEvents, OneBadEventNeverSpoilsABatch) {
  const auto got = read_cloud(
      R"([{"specversion":"1.0","id":"1","type":"a","source":"/a"},{"specversion":"1.0","id":"2","type":"a"},{]},)"
      R"({"specversion":"1.0","id":"4","type":"a","source":"/a"}])",
      {{"content-type", "application/cloudevents-batch+json"}});
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->events.size(), 2U);
  ASSERT_EQ(got->rejected.size(), 2U);
  EXPECT_EQ(got->rejected[0].column, "/1/source");
  EXPECT_EQ(got->rejected[1].column, "/2");
}

TEST(CloudEvents, HasALimitOfMembers) {
  std::string event = R"({"specversion":"1.0","id":"1","type":"a","source":"/s")";
  for (int i = 0; i < 1020; ++i) event += ",\"x" + std::to_string(i) + "\":null";
  EXPECT_EQ(place_of(read_cloud(event + "}", {{"content-type", kStructured}})), "not rejected");
  EXPECT_EQ(place_of(read_cloud(event + ",\"y\":null}", {{"content-type", kStructured}})), "");
}

TEST(CloudEvents, ABatchMayBeEmpty) {
  const auto got = read_cloud("[]", {{"content-type", "application/cloudevents-batch+json"}});
  ASSERT_TRUE(got.ok());
  EXPECT_TRUE(got->events.empty() && got->rejected.empty());
}

TEST(CloudEvents, KnowsItsModes) {
  const auto mode = [](std::vector<WireHeader> headers) {
    WireRequest request;
    request.headers = headers;
    return cloud_events_mode(request);
  };
  EXPECT_EQ(mode({{"content-type", "Application/CloudEvents-Batch+json"}}), CloudEventsMode::Batch);
  EXPECT_EQ(mode({{"content-type", kStructured}}), CloudEventsMode::Structured);
  EXPECT_EQ(mode({{"content-type", "application/json"}, {"Ce-Id", "1"}}), CloudEventsMode::Binary);
  EXPECT_EQ(mode({{"content-type", "application/json"}}), CloudEventsMode::None);
  EXPECT_EQ(read_cloud("x", {{"content-type", "application/cloudevents+avro"}}).error().code,
            ErrorCode::Invalid);
  EXPECT_EQ(read_cloud("[]", {{"content-type", kStructured}}).error().code, ErrorCode::Invalid);
  EXPECT_EQ(read_cloud("{}", {{"content-type", "application/cloudevents-batch+json"}}).error().code,
            ErrorCode::Invalid);
}

}  // namespace
}  // namespace handslag::format
