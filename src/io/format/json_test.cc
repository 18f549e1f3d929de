// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/format/collected_events.h"

namespace handslag::format {
namespace {

std::string only_reason(const std::string& line) {
  const ReadText read = read_text(line);
  if (read.sink.rejects.size() != 1 || !read.sink.events.empty()) return "not rejected: " + read.error;
  return read.sink.rejects[0].column + ": " + read.sink.rejects[0].reason;
}

TEST(Json, ReadsOurOwnEvent) {
  const ReadText read = read_text(
      R"({"id":"b7","source":"webshop","type":"order.placed","time":"2026-11-21T10:00:00+01:00",
"subject":[{"type":"email","value":"a@example.se"},{"type":"customer_no@webshop","value":77}],
"unit":"sales","channel":"web","touchpoint":"checkout","agent":null,"known":"2026-11-21T10:00:01Z","sequence":-4,
"keys":{"order":"A-1001","n":5},"data":{"amount":499,"promised_at":"2026-12-01","at":"2026-12-01T00:00:00Z","vip":true,
"gone":null,"note":"5","big":9007199254740993,"address":{"city":"Åre"},"items":[{"sku":"x"}]}})" +
      std::string("\n"));
  ASSERT_EQ(read.sink.events.size(), 0U);  // a line holds a whole event
  EXPECT_GT(read.sink.rejects.size(), 0U);
}

TEST(Json, ReadsOurOwnEventOnALine) {
  const ReadText read = read_text(
      R"({"id":"b7","source":"webshop","type":"order.placed","time":"2026-11-21T10:00:00+01:00",)"
      R"("subject":[{"type":"email","value":"a@example.se"},{"type":"customer_no@webshop","value":77}],)"
      R"("unit":"sales","channel":"web","touchpoint":"checkout","agent":null,"known":"2026-11-21T10:00:01Z",)"
      R"("sequence":-4,"replaces":"b6","keys":{"order":"A-1001","n":5},"data":{"amount":499,"due":"2026-12-01",)"
      R"("at":"2026-12-01T00:00:00Z","vip":true,"gone":null,"note":"5","big":9007199254740993,)"
      R"("address":{"city":"Åre"},"items":[{"sku":"x"}]}})");
  ASSERT_EQ(read.sink.events.size(), 1U) << read.sink.rejects.at(0).column << read.sink.rejects.at(0).reason;
  const model::Event& event = read.sink.events[0];
  EXPECT_EQ(event.id, "b7");
  EXPECT_EQ(format_rfc3339(event.time), "2026-11-21T09:00:00Z");
  EXPECT_EQ(format_rfc3339(*event.known), "2026-11-21T10:00:01Z");
  EXPECT_EQ(event.sequence, -4);
  EXPECT_EQ(event.replaces, "b6");
  EXPECT_EQ(event.subject,
            (std::vector<model::Identifier>{{"email", "a@example.se"}, {"customer_no@webshop", "77"}}));
  EXPECT_EQ(event.unit + event.channel + event.touchpoint + event.agent, "saleswebcheckout");
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"order", "A-1001"}, {"n", "5"}}));
  const std::vector<model::Attribute> data = {{"amount", 499.0},
                                              {"due", *parse_date("2026-12-01")},
                                              {"at", *parse_rfc3339("2026-12-01T00:00:00Z")},
                                              {"vip", true},
                                              {"note", std::string("5")},
                                              {"big", std::string("9007199254740993")},
                                              {"address_city", std::string("Åre")},
                                              {"items_0_sku", std::string("x")}};
  EXPECT_EQ(event.data, data);
}

TEST(Json, FillsWhatIsLeftOut) {
  ReadRequest request;
  request.source = "given";
  const ReadText read = read_text(
      "\n{\"type\":\"a\",\"time\":\"2026-01-01T00:00:00Z\"}\n\n"
      "{\"type\":\"b\",\"time\":\"2026-01-01T00:00:00Z\"}",
      "", request);
  ASSERT_EQ(read.sink.events.size(), 2U);
  EXPECT_EQ(read.sink.events[1].source, "given");
  EXPECT_EQ(read.sink.events[1].sequence, 2);
  EXPECT_EQ(read.sink.events[1].record, 2U);
  EXPECT_TRUE(read.sink.events[1].id.empty());
  EXPECT_TRUE(read.sink.events[1].subject.empty());
}

TEST(Json, AMisspeltFieldDoesNotVanish) {
  EXPECT_EQ(
      only_reason(R"({"type":"a","time":"2026-01-01T00:00:00Z","source":"s","chanel":"web"})").substr(0, 63),
      "chanel: is no field of an event; did you mean \"channel\"? Attrib");
}

TEST(Json, SaysWhatIsWrong) {
  EXPECT_EQ(only_reason("{\"type\":\"a\"").substr(0, 15), ": is not JSON (");
  EXPECT_EQ(only_reason(R"({"time":"2026-01-01T00:00:00Z","source":"s"})").substr(0, 16), "type: is missing");
  EXPECT_EQ(only_reason(R"({"type":"a","source":"s"})").substr(0, 16), "time: is missing");
  EXPECT_EQ(only_reason(R"({"type":"a","time":"2026-01-01T00:00:00Z"})").substr(0, 18), "source: is missing");
  EXPECT_NE(only_reason(R"({"type":"a","source":"s","time":"2026-01-01T00:00:00"})").find("without a zone"),
            std::string::npos);
  EXPECT_NE(only_reason(R"({"type":"a","type":"b","source":"s","time":"2026-01-01T00:00:00Z"})")
                .find("stands twice"),
            std::string::npos);
  EXPECT_NE(only_reason(R"({"type":"a","source":"s","time":"2026-01-01T00:00:00Z","data":{"a":1,"a":2}})")
                .find("data.a: stands twice"),
            std::string::npos);
  EXPECT_NE(only_reason(R"({"type":"a","source":"s","time":"2026-01-01T00:00:00Z","subject":{"type":"x"}})")
                .find("must be a list"),
            std::string::npos);
  EXPECT_NE(only_reason("{\"type\":\"\xE5\"}").find("UTF"), std::string::npos);
  EXPECT_EQ(only_reason("{\"a\":1} {").substr(0, 15), ": is not JSON (");
  EXPECT_EQ(read_text("5\n", "",
                      [] {
                        ReadRequest request;
                        request.path = "f.json";
                        return request;
                      }())
                .sink.rejects.size(),
            1U);
}

TEST(Json, RefusesDeepNesting) {
  for (std::size_t depth : {1'000UL, 100'000UL}) {
    const std::string nested = std::string(depth, '[') + std::string(depth, ']');
    EXPECT_NE(
        only_reason(R"({"type":"a","source":"s","time":"2026-01-01T00:00:00Z","data":{"x":)" + nested + "}}"),
        "");
  }
}

TEST(Json, ReadsAListOverManyLines) {
  const ReadText read = read_text(
      "[ {\"type\":\"a\",\n \"time\":\"2026-01-01T00:00:00Z\",\"source\":\"s\"},\n "
      "{\"type\":\"],}\",\"time\":"
      "\"2026-01-01T00:00:00Z\",\"source\":\"s\"}\n, 7 ]\n");
  ASSERT_EQ(read.sink.events.size(), 2U) << read.error;
  EXPECT_EQ(read.sink.events[1].type, "],}");
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.rejects[0].line, 4U);
}

TEST(Json, SaysWhenAListIsCutShort) {
  EXPECT_NE(read_text("[{\"type\":\"a\"").error.find("in the middle of its list"), std::string::npos);
  EXPECT_EQ(read_text("[{} {}, 1,, 2]").sink.rejects.size(), 4U);  // "{} {}", 1, nothing, 2
  EXPECT_NE(read_text("[] x").error.find("follows the end"), std::string::npos);
}

TEST(Json, ALineThatIsTooLongIsRejectedAndReadingGoesOn) {
  const std::string text = "{\"type\":\"" + std::string(40 << 20, 'x') +
                           "\"}\n{\"type\":\"a\",\"source\":\"s\",\"time\":\"2026-01-01T00:00:00Z\"}\n";
  const ReadText read = read_text(text);
  EXPECT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.events.size(), 1U);
}

TEST(Json, TheLongestRecordIsTheOneTheLimitSays) {
  // Why 30 MB: the bytes come in growing pieces, and its end comes with the piece that goes past the limit.
  for (const std::size_t size : {(16UL << 20) + 1, 30UL << 20}) {
    const std::string text = "{\"type\":\"" + std::string(size - 11, 'x') + "\"}\n[]\n";
    const ReadText read = read_text(text);
    ASSERT_EQ(read.sink.rejects.size(), 2U);
    EXPECT_NE(read.sink.rejects[0].reason.find("is longer than 16777216 bytes"), std::string::npos);
    EXPECT_EQ(read.sink.rejects[0].raw.size(), kRawBytes);
    EXPECT_TRUE(read.sink.rejects[0].is_raw_cut);
    EXPECT_FALSE(read.sink.rejects[1].is_raw_cut);
  }
  const ReadText fits = read_text("{\"type\":\"" + std::string((16UL << 20) - 11, 'x') + "\"}\n");
  EXPECT_EQ(fits.sink.rejects.at(0).column, "source");  // it was read
}

TEST(Json, MapsObjectsOfOthers) {
  const ReadText read = read_text(
      R"({"event":"Order","ts":1700000000000,"user":{"id":7},"items":[{"sku":"x"}],"note":"12"})",
      "source=\"seg\"\n[[event]]\ntype={column=\"event\"}\nwhen={column=\"ts\",format=\"unix_ms\"}\n"
      "subject=[{type=\"user\",column=\"user.id\"}]\ndata={sku=\"items.0.sku\",note=\"note\"}\n");
  ASSERT_EQ(read.sink.events.size(), 1U) << read.error;
  const model::Event& event = read.sink.events[0];
  EXPECT_EQ(event.type, "Order");
  EXPECT_EQ(format_rfc3339(event.time), "2023-11-14T22:13:20Z");
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"user", "7"}}));
  EXPECT_EQ(event.data,
            (std::vector<model::Attribute>{{"note", std::string("12")}, {"sku", std::string("x")}}));
}

TEST(Json, WarnsOfColumnsThatNeverCame) {
  const ReadText read =
      read_text(R"({"event":"a","time":"2026-01-01T00:00:00Z"})",
                "source=\"s\"\n[[event]]\ntype={column=\"event\"}\nwhen=\"time\"\nunit={column=\"unt\"}");
  ASSERT_EQ(read.summary.warnings.size(), 1U);
  EXPECT_EQ(read.summary.warnings[0].kind, WarningKind::ColumnNeverSeen);
}

}  // namespace
}  // namespace handslag::format
