// SPDX-License-Identifier: Apache-2.0
#include "io/format/native_events.h"

#include <gtest/gtest.h>

namespace handslag::format {
namespace {

constexpr const char* kEventsReceived = "2026-11-22T08:00:00Z";

WireSetting setting_of(std::string source = "webshop") {
  return {std::move(source), true, *parse_rfc3339(kEventsReceived), nullptr};
}

std::string event_text(const std::string& id) {
  return R"({"id":")" + id + R"(","type":"a","time":"2026-01-01T00:00:00Z"})";
}

WireEvents read_native(std::string_view body, const WireLimits& limits = {}) {
  auto got = read_native(body, setting_of(), limits);
  EXPECT_TRUE(got.ok()) << got.error().message;
  return got.ok() ? std::move(*got) : WireEvents();
}

ErrorCode code_of(std::string_view body, const WireLimits& limits = {}) {
  const auto got = read_native(body, setting_of(), limits);
  EXPECT_FALSE(got.ok());
  return got.ok() ? ErrorCode::Internal : got.error().code;
}

std::vector<std::string> ids_of(const WireEvents& read) {
  std::vector<std::string> ids;
  for (const model::Event& event : read.events) ids.push_back(event.id);
  return ids;
}

// Where the only rejected record of `body` is at fault.
std::string place_of(std::string_view body) {
  const WireEvents got = read_native(body);
  if (got.rejected.size() != 1) return std::to_string(got.rejected.size()) + " rejected";
  return got.rejected[0].column;
}

TEST(NativeEvents, ReadsOneObject) {
  const WireEvents got =
      read_native(R"({"id":"b7","source":"webshop","type":"order.placed","time":"2026-11-21T10:00:00+01:00",)"
                  R"("subject":[{"type":"email","value":"a@example.se"}],"unit":"sales","channel":"web",)"
                  R"("keys":{"order":"A-1001"},"data":{"amount":499,"promised_at":"2026-12-01"}})");
  ASSERT_EQ(got.events.size(), 1U);
  const model::Event& event = got.events[0];
  EXPECT_EQ(event.source, "webshop");
  EXPECT_EQ(format_rfc3339(event.time), "2026-11-21T09:00:00Z");
  EXPECT_EQ(format_rfc3339(*event.known), kEventsReceived);
  EXPECT_EQ(event.record, 0U);
  EXPECT_EQ(event.sequence, 1);
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"order", "A-1001"}}));
  EXPECT_EQ(event.data,
            (std::vector<model::Attribute>{{"amount", 499.0}, {"promised_at", *parse_date("2026-12-01")}}));
}

TEST(NativeEvents, AnObjectMayStandOnSeveralLines) {
  EXPECT_EQ(
      ids_of(read_native("{\n \"id\": \"x\",\n \"type\": \"a\",\n \"time\": \"2026-01-01T00:00:00Z\"\n}\n")),
      std::vector<std::string>{"x"});
}

TEST(NativeEvents, ReadsAListAndLines) {
  const std::vector<std::string> both = {"1", "2"};
  EXPECT_EQ(ids_of(read_native(" [" + event_text("1") + ",\n" + event_text("2") + "]")), both);
  const WireEvents lines = read_native("\xEF\xBB\xBF" + event_text("1") + "\r\n\r\n" + event_text("2"));
  EXPECT_EQ(ids_of(lines), both);
  EXPECT_EQ(lines.events[1].sequence, 2);
}

TEST(NativeEvents, OneBadEventNeverSpoilsTheOthers) {
  const std::string good = event_text("1"), other = event_text("3");
  const std::vector<std::string> both = {"1", "3"};
  for (const std::string bad : {R"({"id":"2","type":"a"})", R"({"id":"2",)", R"(5)", "\"\xFF\""}) {
    const bool is_closed = bad.find('{') == std::string::npos || bad.ends_with('}');
    const WireEvents list = read_native("[" + good + "," + bad + (is_closed ? "" : "}") + "," + other + "]");
    EXPECT_EQ(ids_of(list), both) << bad;
    ASSERT_EQ(list.rejected.size(), 1U) << bad;
    EXPECT_EQ(list.rejected[0].column.substr(0, 2), "/1") << bad;
    EXPECT_EQ(list.rejected[0].record, 2U);
    const WireEvents lines = read_native(good + "\n" + bad + "\n" + other);
    EXPECT_EQ(ids_of(lines), both) << bad;
    ASSERT_EQ(lines.rejected.size(), 1U) << bad;
    EXPECT_EQ(lines.rejected[0].line, 2U);
  }
}

TEST(NativeEvents, ABadFirstLineDoesNotHideTheOthers) {
  const WireEvents got = read_native("{\"id\":\n" + event_text("2"));
  EXPECT_EQ(ids_of(got), std::vector<std::string>{"2"});
  ASSERT_EQ(got.rejected.size(), 1U);
  EXPECT_EQ(got.rejected[0].raw, "{\"id\":");
}

TEST(NativeEvents, NamesThePlaceAsAJsonPointer) {
  EXPECT_EQ(place_of(R"({"type":"a","time":"2026-01-01T00:00:00Z"})"), "/id");
  EXPECT_EQ(place_of(R"([{"id":"1","type":"a","time":"yesterday"}])"), "/0/time");
  EXPECT_EQ(place_of(R"({"id":"1","type":"a","time":"2026-01-01T00:00:00Z","subject":[{"typ":"email"}]})"),
            "/subject/0/typ");
  EXPECT_EQ(place_of(R"({"id":"1","type":"a","time":"2026-01-01T00:00:00Z","keys":{"a/b":[]}})"),
            "/keys/a~1b");
  EXPECT_EQ(place_of(R"({"id":"1","type":"a","time":"2026-01-01T00:00:00Z","chanel":"web"})"), "/chanel");
  EXPECT_EQ(place_of(R"({"id":"1","type":"a","time":"2026-01-01T00:00:00Z","source":"another"})"), "/source");
}

TEST(NativeEvents, ATimeNeedsAZone) {
  EXPECT_EQ(place_of(R"({"id":"1","type":"a","time":"2026-01-01T00:00:00"})"), "/time");
}

TEST(NativeEvents, AKeyOfManySourcesLeavesThemToTheEvents) {
  WireSetting setting = setting_of();
  setting.is_source_fixed = false;
  const auto got = read_native(
      R"([{"id":"1","type":"a","time":"2026-01-01T00:00:00Z","source":"another"},{"id":"1","type":"a","time":"2026-01-01T00:00:00Z"}])",
      setting);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->events[0].source, "another");
  EXPECT_EQ(got->events[1].source, "webshop");
}

TEST(NativeEvents, KeepsKnownWhereItIsNamed) {
  const WireEvents got =
      read_native(R"({"id":"1","type":"a","time":"2026-01-01T00:00:00Z","known":"2026-01-02T00:00:00Z"})");
  EXPECT_EQ(format_rfc3339(*got.events.at(0).known), "2026-01-02T00:00:00Z");
}

TEST(NativeEvents, ABodyThatCannotBeReadAtAllIsAnError) {
  EXPECT_EQ(code_of(""), ErrorCode::Invalid);
  EXPECT_EQ(code_of(" \n"), ErrorCode::Invalid);
  EXPECT_EQ(code_of("a=b&c=d"), ErrorCode::Invalid);
  EXPECT_EQ(code_of("{\"id\":"), ErrorCode::Invalid);
  EXPECT_EQ(code_of("[" + event_text("1") + ","), ErrorCode::Invalid);
  EXPECT_EQ(code_of("[" + event_text("1") + "] x"), ErrorCode::Invalid);
  EXPECT_EQ(code_of("[1,2]"), ErrorCode::Invalid);
  EXPECT_TRUE(read_native("[]").events.empty());
}

TEST(NativeEvents, KeepsToItsLimits) {
  WireLimits limits;
  limits.events = 2;
  EXPECT_EQ(code_of("[" + event_text("1") + "," + event_text("2") + "," + event_text("3") + "]", limits),
            ErrorCode::Limit);
  EXPECT_EQ(code_of(event_text("1") + "\n" + event_text("2") + "\n" + event_text("3"), limits),
            ErrorCode::Limit);
  limits = {};
  limits.event_bytes = 200;
  const std::string large =
      R"({"id":"2","type":"a","time":"2026-01-01T00:00:00Z","unit":")" + std::string(200, 'x') + "\"}";
  for (const std::string& body : {"[" + event_text("1") + "," + large + "]", event_text("1") + "\n" + large,
                                  event_text("1") + "\n" + large}) {
    const WireEvents got = read_native(body, limits);
    EXPECT_EQ(ids_of(got), std::vector<std::string>{"1"});
    EXPECT_EQ(got.rejected.at(0).column, "/1");
  }
  limits = {};
  limits.id_bytes = 3;
  EXPECT_EQ(read_native("[" + event_text("1234") + "]", limits).rejected.at(0).column, "/0/id");
}

TEST(NativeEvents, DepthIsAFaultOfTheEventAlone) {
  const auto deep = [](std::size_t levels) {
    return R"({"id":"2","type":"a","time":"2026-01-01T00:00:00Z","data":{"x":)" + std::string(levels, '[') +
           "1" + std::string(levels, ']') + "}}";
  };
  for (std::size_t levels : {std::size_t{100}, std::size_t{2000}}) {
    const WireEvents got = read_native("[" + event_text("1") + "," + deep(levels) + "]");
    EXPECT_EQ(ids_of(got), std::vector<std::string>{"1"});
    EXPECT_EQ(got.rejected.size(), 1U);
  }
}

TEST(NativeEvents, KeepsARejectedRecordWholeOrSaysThatItDoesNot) {
  const auto rejected = [](std::size_t letters) {
    const std::string raw = R"({"type":")" + std::string(letters, 'x') + R"("})";
    return read_native("[" + event_text("1") + "," + raw + "]").rejected.at(0);
  };
  constexpr std::size_t kFrame = 11;  // {"type":""}
  EXPECT_EQ(rejected(kWireRawBytes - kFrame).raw.size(), kWireRawBytes);
  EXPECT_FALSE(rejected(kWireRawBytes - kFrame).is_raw_cut);
  EXPECT_EQ(rejected(kWireRawBytes - kFrame + 1).raw.size(), kWireRawBytes);
  EXPECT_TRUE(rejected(kWireRawBytes - kFrame + 1).is_raw_cut);
  EXPECT_EQ(rejected(kWireRawBytes).raw.substr(0, 11), R"({"type":"xx)");
}

TEST(NativeEvents, SaysThatOfALongRecordInABrokenListTheBeginningAloneIsKept) {
  const std::string too_long = R"({"type":")" + std::string(std::size_t{2} << 20U, 'x') + R"("})";
  const WireEvents got = read_native("[" + event_text("1") + "," + too_long + R"(,{"id":}])");
  ASSERT_FALSE(got.rejected.empty());
  EXPECT_TRUE(got.rejected[0].is_raw_cut);
}

}  // namespace
}  // namespace handslag::format
