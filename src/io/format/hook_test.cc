// SPDX-License-Identifier: Apache-2.0
#include "io/format/hook.h"

#include <gtest/gtest.h>

namespace handslag::format {
namespace {

constexpr const char* kTicket = R"(
[hook]
signature = "zendesk"

[[event]]
type = { column = "type" }
when = "detail.updated_at"
id = "id"
subject = [{ type = "email", column = "detail.requester.email" }]
keys = { matter = "detail.id" }
data = { tag = "detail.tags.0" }
)";

constexpr const char* kCall = R"(
[hook]
signature = "twilio"
[[event]]
type = "call.ended"
when = "request:received"
subject = [{ type = "phone", column = "From" }]
keys = { contact = "CallSid" }
data = { seconds = { column = "CallDuration", type = "number" }, topic = "header:X-Topic", tenant = "query:tenant" }
)";

constexpr const char* kHookReceived = "2026-11-22T08:00:00Z";

Result<WireEvents> read_hooked(const std::string& toml, std::string_view body,
                               std::vector<WireHeader> headers = {}, const WireLimits& limits = {}) {
  const auto hook = parse_hook(toml, "hook.toml");
  if (!hook.ok()) return hook.error();
  WireRequest request;
  request.path = "/v1/hooks/desk";
  request.query = "tenant=a%20b";
  request.headers = headers;
  request.body = body;
  return read_hook(*hook, request, {"desk", true, *parse_rfc3339(kHookReceived), nullptr}, limits);
}

constexpr WireHeader kForm = {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"};

std::string ticket_text(const std::string& id) {
  return R"({"id":")" + id +
         R"(","type":"ticket.opened","detail":{"id":7,"updated_at":"2026-11-22T07:00:00Z",)"
         R"("requester":{"email":"a@example.se"},"tags":["late"]}})";
}

TEST(Hook, ReadsAnObject) {
  const auto got = read_hooked(kTicket, ticket_text("e1"));
  ASSERT_TRUE(got.ok()) << got.error().message;
  ASSERT_EQ(got->events.size(), 1U);
  const model::Event& event = got->events[0];
  EXPECT_EQ(event.source + " " + event.id + " " + event.type, "desk e1 ticket.opened");
  EXPECT_EQ(format_rfc3339(event.time), "2026-11-22T07:00:00Z");
  EXPECT_EQ(format_rfc3339(*event.known), kHookReceived);
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"email", "a@example.se"}}));
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"matter", "7"}}));
  EXPECT_EQ(event.data, (std::vector<model::Attribute>{{"tag", std::string("late")}}));
  EXPECT_EQ(event.record, 0U);
}

TEST(Hook, ReadsAListAndOneBadRecordSpoilsNothing) {
  const auto got = read_hooked(kTicket, "[" + ticket_text("e1") +
                                            R"(,{"id":"e2","type":"t","detail":{"updated_at":"soon"}},)" +
                                            "5," + ticket_text("e4") + "]");
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->events.size(), 2U);
  EXPECT_EQ(got->events[1].id, "e4");
  ASSERT_EQ(got->rejected.size(), 2U);
  EXPECT_EQ(got->rejected[0].column, "/1/detail/updated_at");
  EXPECT_EQ(got->rejected[0].raw, R"({"id":"e2","type":"t","detail":{"updated_at":"soon"}})");
  EXPECT_EQ(got->rejected[1].column, "/2");
}

TEST(Hook, ReadsAForm) {
  const auto got = read_hooked(kCall, "CallSid=CA1&From=%2B46700000000&CallDuration=61&Other=x",
                               {kForm, {"X-Topic", "calls"}});
  ASSERT_TRUE(got.ok()) << got.error().message;
  ASSERT_EQ(got->events.size(), 1U) << got->rejected.at(0).reason;
  const model::Event& event = got->events[0];
  EXPECT_EQ(format_rfc3339(event.time), kHookReceived);
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"phone", "+46700000000"}}));
  EXPECT_EQ(event.data,
            (std::vector<model::Attribute>{
                {"seconds", 61.0}, {"tenant", std::string("a b")}, {"topic", std::string("calls")}}));
}

TEST(Hook, RejectsAFormWithTheFieldThatIsWrong) {
  const auto got = read_hooked(kCall, "CallSid=CA1&CallDuration=long", {kForm});
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->rejected.size(), 1U);
  EXPECT_EQ(got->rejected[0].column, "/CallDuration");
}

TEST(Hook, AFormMayHoldJson) {
  const auto got =
      read_hooked(kTicket,
                  "payload=%7B%22id%22%3A%221%22%2C%22type%22%3A%22t%22%2C%22detail%22%3A%7B%22updated_"
                  "at%22%3A%222026-11-22T07%3A00%3A00Z%22%7D%7D",
                  {kForm});
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->events.size(), 1U);
  EXPECT_EQ(got->events[0].id, "1");
}

TEST(Hook, ABodyCannotSpeakForTheRequest) {
  const auto got = read_hooked(
      kCall, "From=x&header%3AX-Topic=forged&request%3Areceived=2000-01-01T00%3A00%3A00Z", {kForm});
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->events.size(), 1U);
  EXPECT_EQ(format_rfc3339(got->events[0].time), kHookReceived);
  EXPECT_EQ(got->events[0].data, (std::vector<model::Attribute>{{"tenant", std::string("a b")}}));
}

TEST(Hook, TheRestHoldsNoHeaders) {
  const auto got = read_hooked(
      "[hook]\nsignature = \"none\"\n[[event]]\ntype = \"a\"\nwhen = \"request:received\"\ndata_rest = "
      "true\n",
      R"({"x":{"y":1}})", {{"Authorization", "Bearer secret"}});
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->events.at(0).data, (std::vector<model::Attribute>{{"x_y", 1.0}}));
}

TEST(Hook, SentAgainAnEventWithoutAnIdHasTheSame) {
  const std::string toml =
      "[hook]\nsignature = \"none\"\n[[event]]\ntype = \"a\"\nwhen = \"request:received\"\n";
  // printf '{"x":1}' | openssl dgst -sha256
  const std::string digest = "5041bf1f713df204784353e82f6a4a53";
  EXPECT_EQ(read_hooked(toml, R"({"x":1})")->events.at(0).id, digest + ":1.1");
  EXPECT_NE(read_hooked(toml, R"({"x":2})")->events.at(0).id, digest + ":1.1");
  const std::string named =
      "[hook]\nsignature = \"none\"\ndelivery = \"X-Delivery\"\n[[event]]\ntype = \"a\"\nwhen = "
      "\"request:received\"\n";
  EXPECT_EQ(read_hooked(named, R"([{"x":1},{"x":2}])", {{"X-Delivery", "d-9"}})->events.at(1).id, "d-9:2.1");
  EXPECT_EQ(read_hooked(named, R"({"x":1})")->events.at(0).id, digest + ":1.1");
}

TEST(Hook, ARowIsUsedWholeOrRejectedWhole) {
  const std::string toml = R"(
[hook]
signature = "none"
[[event]]
type = "a"
when = "request:received"
id = "id"
[[event]]
type = "b"
when = "request:received"
id = "id"
source = { column = "from" }
)";
  const auto got = read_hooked(toml, R"([{"id":1,"from":"another"},{"id":2}])");
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->events.size(), 2U);
  EXPECT_EQ(got->events[0].id, "2/a");
  EXPECT_EQ(got->events[1].id, "2/b");
  ASSERT_EQ(got->rejected.size(), 1U);
  EXPECT_EQ(got->rejected[0].column, "/0");
}

TEST(Hook, ABodyThatCannotBeReadAtAllIsAnError) {
  EXPECT_EQ(read_hooked(kTicket, "").error().code, ErrorCode::Invalid);
  EXPECT_EQ(read_hooked(kTicket, "a=b").error().code, ErrorCode::Invalid);
  EXPECT_EQ(read_hooked(kTicket, "", {kForm}).error().code, ErrorCode::Invalid);
  EXPECT_EQ(read_hooked(kTicket, "a=%FF", {kForm}).error().code, ErrorCode::Invalid);
  WireLimits limits;
  limits.events = 1;
  EXPECT_EQ(
      read_hooked(kTicket, "[" + ticket_text("1") + "," + ticket_text("2") + "]", {}, limits).error().code,
      ErrorCode::Limit);
}

TEST(Hook, ALimitOfEventsHoldsForThoseOfOneRecordToo) {
  std::string toml = "[hook]\nsignature = \"none\"\n";
  for (int i = 0; i < 3; ++i)
    toml += "[[event]]\ntype = \"a" + std::to_string(i) + "\"\nwhen = \"request:received\"\n";
  WireLimits limits;
  limits.events = 2;
  EXPECT_EQ(read_hooked(toml, "{}", {}, limits).error().code, ErrorCode::Limit);
}

std::string errors_of(const std::string& hook) {
  const auto parsed = parse_hook(hook + "\n[[event]]\ntype = \"a\"\nwhen = \"t\"\n", "h.toml");
  return parsed.ok() ? "" : parsed.error().message;
}

TEST(HookToml, ReadsASignatureOfOnesOwn) {
  const auto hook = parse_hook(R"(
[hook]
delivery = "X-Delivery"
[hook.signature]
header = "X-Signature"
algorithm = "sha1"
encoding = "hex"
prefix = "v0="
separator = ":"
timestamp = "X-Time"
timestamp_format = "milliseconds"
tolerance_s = 60
signed = ["text:v0", "timestamp", "method", "url", "decoded_url", "header:X-Part", "body"]
[[event]]
type = "a"
when = "t"
)",
                               "h.toml");
  ASSERT_TRUE(hook.ok()) << hook.error().message;
  EXPECT_EQ(hook->delivery_header, "x-delivery");
  const SignatureSetting& setting = *hook->signature;
  EXPECT_EQ(setting.header + setting.prefix + setting.separator + setting.timestamp_header,
            "x-signaturev0=:x-time");
  EXPECT_EQ(setting.algorithm, HashAlgorithm::Sha1);
  EXPECT_EQ(setting.encoding, SignatureEncoding::Hex);
  EXPECT_EQ(setting.timestamp_format, TimestampFormat::Milliseconds);
  EXPECT_EQ(setting.tolerance_s, 60);
  ASSERT_EQ(setting.parts.size(), 7U);
  EXPECT_EQ(setting.parts[0].text, "v0");
  EXPECT_EQ(setting.parts[5].kind, SignedPart::Kind::Header);
  EXPECT_EQ(setting.parts[5].text, "x-part");
}

TEST(HookToml, NamesTheReadyOnes) {
  EXPECT_EQ(errors_of("[hook]\nsignature = \"zendesk\""), "");
  EXPECT_EQ(errors_of("[hook]\nsignature = { name = \"zendesk\", tolerance_s = 600 }"), "");
  EXPECT_EQ(errors_of("[hook]\nsignature = \"none\""), "");
  const auto standard =
      parse_hook("[hook]\nsignature = \"standard-webhooks\"\n[[event]]\ntype = \"a\"\nwhen = \"t\"", "h");
  EXPECT_EQ(standard->delivery_header, "webhook-id");
}

TEST(HookToml, SaysWhatIsWrong) {
  const auto begins = [](const std::string& hook, const std::string& message) {
    return errors_of(hook).substr(0, message.size()) == message ? "" : errors_of(hook);
  };
  EXPECT_EQ(begins("", "h.toml:"), "");
  EXPECT_EQ(begins("[hook]", "h.toml:1: [hook]: needs signature"), "");
  EXPECT_EQ(begins("[hook]\nsignature = \"zendisk\"", "h.toml:2: [hook]: signature \"zendisk\" is unknown"),
            "");
  EXPECT_EQ(
      begins("[hook]\nsignatur = \"zendesk\"", "h.toml:2: [hook]: unknown key \"signatur\"; did you mean"),
      "");
  EXPECT_EQ(begins("[hook.signature]\nsigned = [\"body\"]", "h.toml:1: [hook], signature: needs header"), "");
  EXPECT_EQ(begins("[hook.signature]\nheader = \"x\"\nsigned = [\"url\"]",
                   "h.toml:3: [hook], signature: \"body\" is not signed"),
            "");
  EXPECT_EQ(begins("[hook.signature]\nheader = \"x\"\nsigned = [\"body\", \"timestamp\"]",
                   "h.toml:3: [hook], signature: \"timestamp\" needs timestamp"),
            "");
  EXPECT_EQ(begins("[hook.signature]\nheader = \"x\"\ntolerance_s = -1",
                   "h.toml:3: [hook], signature: tolerance_s must"),
            "");
}

TEST(HookToml, TheSameFileIsAMap) {
  EXPECT_TRUE(parse_map(kTicket, "map.toml").ok());
}

}  // namespace
}  // namespace handslag::format
