// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/format/collected_events.h"

namespace handslag::format {
namespace {

ReadText read_log(const std::string& inside, const std::string& map = "") {
  ReadRequest request;
  request.source = "log";
  return read_text(
      "<?xml version=\"1.0\"?>\n<log xmlns=\"http://www.xes-standard.org/\">\n" + inside + "</log>\n", map,
      request);
}

TEST(Xes, ReadsTracesAndEventsWithTheirTypes) {
  const ReadText read = read_log(
      "<extension name=\"Concept\"/><global scope=\"event\"><string key=\"concept:name\" "
      "value=\"?\"/></global>\n"
      "<string key=\"origin\" value=\"x\"><int key=\"inner\" value=\"1\"/></string>\n"
      "<trace><string key=\"concept:name\" value=\"C1\"/><int key=\"amount\" value=\"20\"/>\n"
      "<event><string key=\"concept:name\" value=\"Ask &amp; answer\"/><date key=\"time:timestamp\" "
      "value=\"2026-01-01T12:00:00.5+01:00\"/><string key=\"lifecycle:transition\" value=\"COMPLETE\"/>"
      "<string key=\"org:resource\" value=\"112\"/><float key=\"cost\" value=\"1.5\"><string key=\"unit\" "
      "value=\"kr\"/>"
      "</float><boolean key=\"ok\" value=\"true\"/><string key=\"zip\" value=\"12345\"/>"
      "<list key=\"l\"><values><int key=\"a\" value=\"3\"/></values></list></event></trace>\n");
  ASSERT_EQ(read.sink.events.size(), 1U) << read.error;
  const model::Event& event = read.sink.events[0];
  EXPECT_EQ(event.type, "Ask & answer");
  EXPECT_EQ(format_rfc3339(event.time), "2026-01-01T11:00:00.5Z");
  EXPECT_EQ(event.agent, "112");
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"case", "C1"}}));
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"case", "C1"}}));
  const std::vector<model::Attribute> data = {{"lifecycle", std::string("COMPLETE")},
                                              {"case_amount", 20.0},
                                              {"cost", 1.5},
                                              {"cost_unit", std::string("kr")},
                                              {"ok", true},
                                              {"zip", std::string("12345")},
                                              {"l_a", 3.0}};
  EXPECT_EQ(event.data, data);
}

TEST(Xes, ATraceKeepsNothingOfTheOneBefore) {
  const std::string event =
      "<event><string key=\"concept:name\" value=\"E\"/><date key=\"time:timestamp\" "
      "value=\"2026-01-01T00:00:00Z\"/>";
  const ReadText read = read_log(
      "<trace><string key=\"concept:name\" value=\"C1\"/><int key=\"n\" value=\"1\"/>" + event +
      "<int key=\"m\" value=\"2\"/></event></trace><trace><string key=\"concept:name\" value=\"C2\"/>" +
      event + "</event></trace>");
  ASSERT_EQ(read.sink.events.size(), 2U);
  EXPECT_EQ(read.sink.events[0].data.size(), 2U);
  EXPECT_TRUE(read.sink.events[1].data.empty());
  EXPECT_EQ(read.sink.events[1].sequence, 2);
}

TEST(Xes, RejectsEventsWithoutAUsableTime) {
  const ReadText read = read_log(
      "<trace><event><string key=\"concept:name\" value=\"E\"/><date key=\"time:timestamp\" "
      "value=\"2026-01-01T00:00:00\"/></event></trace>");
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.rejects[0].line, 3U);
  EXPECT_NE(read.sink.rejects[0].reason.find("without a zone"), std::string::npos);
  EXPECT_NE(read.sink.rejects[0].raw.find("concept:name=E"), std::string::npos);
}

TEST(Xes, RefusesEntities) {
  const ReadText read = read_text(
      "<?xml version=\"1.0\"?><!DOCTYPE log [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
      "\"&a;&a;&a;&a;\">]><log>&b;</log>");
  EXPECT_NE(read.error.find("document type"), std::string::npos) << read.error;
}

TEST(Xes, RefusesDeepNesting) {
  std::string text = "<trace><event>";
  for (int i = 0; i < 10'000; ++i) text += "<string key=\"k\" value=\"v\">";
  EXPECT_NE(read_log(text).error.find("nested deeper"), std::string::npos);
}

TEST(Xes, RefusesEndlessTags) {
  EXPECT_NE(read_log("<trace><event><string key=\"k\" value=\"" + std::string(40 << 20, 'x'))
                .error.find("longer than"),
            std::string::npos);
}

TEST(Xes, RejectsTheEventWithALongAttribute) {
  const ReadText read = read_log("<trace><event><string key=\"k\" value=\"" + std::string(2 << 20, 'x') +
                                 "\"/></event></trace>");
  ASSERT_EQ(read.sink.rejects.size(), 1U) << read.error;
  EXPECT_EQ(read.sink.rejects[0].column, "k");
}

TEST(Xes, SaysWhereItIsBroken) {
  EXPECT_NE(read_log("<trace></event>").error.find("line 3: not well-formed XML: mismatched tag"),
            std::string::npos);
  EXPECT_NE(read_text("<html></html>").error.find("no XES"), std::string::npos);
  EXPECT_NE(read_text("<log><trace>").error.find("not well-formed"), std::string::npos);
}

TEST(Xes, ReadsTheEncodingThatIsDeclared) {
  const std::string log =
      " encoding=\"ISO-8859-1\"?><log><trace><event><string key=\"concept:name\" value=\"\xE5\"/><date "
      "key=\"time:timestamp\" value=\"2026-01-01T00:00:00Z\"/></event></trace></log>";
  ReadRequest request;
  request.source = "log";
  const ReadText read = read_text("<?xml version=\"1.0\"" + log, "", request);
  ASSERT_EQ(read.sink.events.size(), 1U) << read.error;
  EXPECT_EQ(read.sink.events[0].type, "å");
  EXPECT_NE(read_text("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><log/>").error.find("convert it"),
            std::string::npos);
}

TEST(Xes, WarnsOfTraceAttributesBehindEvents) {
  const ReadText read = read_log(
      "<trace><event><string key=\"concept:name\" value=\"E\"/><date key=\"time:timestamp\" "
      "value=\"2026-01-01T00:00:00Z\"/></event><string key=\"concept:name\" value=\"C1\"/></trace>");
  bool is_warned = false;
  for (const Warning& warning : read.summary.warnings)
    is_warned |= warning.kind == WarningKind::LateTraceAttribute;
  EXPECT_TRUE(is_warned);
}

}  // namespace
}  // namespace handslag::format
