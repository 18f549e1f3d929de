// SPDX-License-Identifier: Apache-2.0
#include "io/format/map.h"

#include <gtest/gtest.h>

#include "io/format/collected_events.h"

namespace handslag::format {
namespace {

std::string error_of(const std::string& text) {
  auto map = parse_map(text, "map.toml");
  return map.ok() ? "" : map.error().message;
}

TEST(Map, ReportsEveryErrorWithItsPlaceAndTheNearestWord) {
  const std::string error = error_of(
      "zome = \"UTC\"\n"
      "[[event]]\n"
      "tyep = \"a\"\n"
      "when = 5\n"
      "[event.data]\n"
      "amount = { column = \"a\", type = \"numbr\" }\n");
  EXPECT_NE(error.find("map.toml:1: unknown key \"zome\"; did you mean \"zone\"?"), std::string::npos)
      << error;
  EXPECT_NE(error.find("map.toml:3: [[event]] 1: unknown key \"tyep\"; did you mean \"type\"?"),
            std::string::npos);
  EXPECT_NE(error.find("map.toml:4: [[event]] 1: when must be a text in quotes"), std::string::npos);
  EXPECT_NE(error.find("map.toml:6: [[event]] 1, data \"amount\": type \"numbr\" is unknown"),
            std::string::npos);
  EXPECT_NE(error.find("needs type = "), std::string::npos);
}

TEST(Map, SaysWhereItIsNoToml) {
  EXPECT_EQ(error_of("a = \n").substr(0, 11), "map.toml:1:");
}

TEST(Map, NeedsAnEvent) {
  EXPECT_NE(error_of("zone = \"UTC\"\n").find("[[event]]"), std::string::npos);
}

TEST(Map, RefusesTimeFormatsItDoesNotKnow) {
  const auto with = [](const std::string& format) {
    return error_of("[[event]]\ntype=\"a\"\nwhen={column=\"t\",format=\"" + format + "\"}\n");
  };
  EXPECT_EQ(with("%d/%m/%Y %H:%M"), "");
  EXPECT_NE(with("%d/%m/%Q").find("\"%Q\" is unknown"), std::string::npos);
  EXPECT_NE(with("%H:%M").find("needs a year"), std::string::npos);
  EXPECT_NE(with("unix").find("did you mean \"unix_s\"?"), std::string::npos);
}

TEST(Map, RefusesEventsWhoseIdsWouldBeEqual) {
  EXPECT_NE(
      error_of("[[event]]\ntype=\"a\"\nwhen=\"t\"\nid=\"i\"\n[[event]]\ntype=\"a\"\nwhen=\"u\"\nid=\"i\"\n")
          .find("same type and id"),
      std::string::npos);
}

TEST(Map, RefusesAMegabyte) {
  EXPECT_FALSE(parse_map(std::string(2 << 20, ' '), "m").ok());
}

// A table of one row under a map of one event.
ReadText one(const std::string& event, const std::string& header, const std::string& row,
             const std::string& top = "") {
  return read_text(header + "\n" + row + "\n", "source = \"s\"\n" + top + "\n[[event]]\n" + event);
}

TEST(Map, GivesAnEventForEveryTimeThatIsThere) {
  const ReadText read =
      read_text("i,a,b,c\n1,2026-01-01T00:00:00Z,,2026-01-03T00:00:00Z\n",
                "source=\"s\"\n[[event]]\ntype=\"A\"\nwhen=\"a\"\nid=\"i\"\n[[event]]\ntype=\"B\"\n"
                "when=\"b\"\nid=\"i\"\n[[event]]\ntype=\"C\"\nwhen=\"c\"\nid=\"i\"\n");
  ASSERT_EQ(read.sink.events.size(), 2U) << read.error;
  EXPECT_EQ(read.sink.events[0].id, "1/A");
  EXPECT_EQ(read.sink.events[0].part, 1U);
  EXPECT_EQ(read.sink.events[1].id, "1/C");
  EXPECT_EQ(read.sink.events[1].part, 3U);
}

TEST(Map, RejectsTheWholeRowForOneBadTime) {
  const ReadText read =
      read_text("a,b\n2026-01-01T00:00:00Z,2026-02-30T00:00:00Z\n",
                "source=\"s\"\n[[event]]\ntype=\"A\"\nwhen=\"a\"\n[[event]]\ntype=\"B\"\nwhen=\"b\"\n");
  EXPECT_TRUE(read.sink.events.empty());
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.rejects[0].column, "b");
  EXPECT_NE(read.sink.rejects[0].reason.find("does not exist"), std::string::npos);
}

TEST(Map, EmptyIsMissingButNaIsTextUnlessSaid) {
  const std::string event = "type=\"A\"\nwhen=\"a\"\nkeys={case=\"k\"}\n";
  EXPECT_EQ(one(event, "a,k", "2026-01-01T00:00:00Z,NA").sink.events.at(0).keys.at(0).value, "NA");
  EXPECT_TRUE(one(event, "a,k", "2026-01-01T00:00:00Z,").sink.events.at(0).keys.empty());
  EXPECT_TRUE(
      one(event, "a,k", "2026-01-01T00:00:00Z,NA", "missing=[\"NA\"]").sink.events.at(0).keys.empty());
}

TEST(Map, TypesData) {
  const ReadText read = one(
      "type=\"A\"\nwhen=\"a\"\ndata={n={column=\"n\",type=\"number\"},t={column=\"t\",type=\"text\"},"
      "i={column=\"i\",type=\"instant\",format=\"%d.%m.%Y\",zone=\"UTC\"},d={column=\"d\",type=\"date\"},"
      "b={column=\"b\",type=\"boolean\"},c={value=7},z=\"z\"}\n",
      "a;n;t;i;d;b;z", "2026-01-01T00:00:00Z;1,5;1,5;24.12.2026;2026-12-01;Ja;00123", "decimal_comma=true");
  ASSERT_EQ(read.error, "");
  ASSERT_EQ(read.sink.events.size(), 1U) << read.sink.rejects.at(0).reason;
  std::map<std::string, model::Value> data;
  for (const model::Attribute& attribute : read.sink.events[0].data) data[attribute.name] = attribute.value;
  EXPECT_EQ(data["n"], model::Value(1.5));
  EXPECT_EQ(data["t"], model::Value(std::string("1,5")));
  EXPECT_EQ(data["i"], model::Value(*parse_rfc3339("2026-12-24T00:00:00Z")));
  EXPECT_EQ(data["d"], model::Value(*parse_date("2026-12-01")));
  EXPECT_EQ(data["b"], model::Value(true));
  EXPECT_EQ(data["c"], model::Value(7.0));
  EXPECT_EQ(data["z"], model::Value(std::string("00123")));  // leading zeros make no number
}

TEST(Map, RejectsWhatIsNotOfItsType) {
  const ReadText read = one("type=\"A\"\nwhen=\"a\"\ndata={n={column=\"n\",type=\"number\"}}\n", "a,n",
                            "2026-01-01T00:00:00Z,many");
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.rejects[0].column, "n");
}

TEST(Map, TimesWithoutAZoneNeedOne) {
  const std::string event = "type=\"A\"\nwhen=\"a\"\n";
  const ReadText none = one(event, "a,x", "2026-01-01 12:00:00,1");
  ASSERT_EQ(none.sink.rejects.size(), 1U);
  EXPECT_NE(none.sink.rejects[0].reason.find("time without a zone"), std::string::npos);
  const ReadText winter = one(event, "a,x", "2026-01-01 12:00:00,1", "zone=\"Test/Winter\"");
  EXPECT_EQ(format_rfc3339(winter.sink.events.at(0).time), "2026-01-01T11:00:00Z");
  EXPECT_NE(one(event, "a,x", "", "zone=\"Europe/Stokholm\"").error.find("is unknown"), std::string::npos);
}

TEST(Map, DaylightSavingSkipsAndDoubles) {  // P-21
  const std::string event = "type=\"A\"\nwhen=\"a\"\n";
  const ReadText skipped = one(event, "a,x", "2026-03-29 02:30:00,1", "zone=\"Test/Jump\"");
  ASSERT_EQ(skipped.sink.rejects.size(), 1U);
  EXPECT_NE(skipped.sink.rejects[0].reason.find("skips"), std::string::npos);
  const ReadText doubled = one(event, "a,x", "2026-10-25 02:30:00,1", "zone=\"Test/Jump\"");
  EXPECT_EQ(format_rfc3339(doubled.sink.events.at(0).time), "2026-10-25T00:30:00Z");
  ASSERT_EQ(doubled.summary.warnings.size(), 1U);
  EXPECT_EQ(doubled.summary.warnings[0].kind, WarningKind::DoubledLocalTime);
  EXPECT_EQ(doubled.summary.warnings[0].first_line, 2U);
}

TEST(Map, TheRequestStandsInThePlaceOfTheMapsSourceAndZone) {
  ReadRequest request;
  request.source = "said";
  request.zone = "UTC";
  const ReadText read =
      read_text("a,x\n2026-01-01 12:00:00,1\n",
                "source=\"s\"\nzone=\"Test/Winter\"\n[[event]]\ntype=\"A\"\nwhen=\"a\"\n", request);
  EXPECT_EQ(read.sink.events.at(0).source, "said");
  EXPECT_EQ(format_rfc3339(read.sink.events.at(0).time), "2026-01-01T12:00:00Z");
}

TEST(Map, FiltersRows) {
  const std::string rows = "a,s\n2026-01-01T00:00:00Z,x\n2026-01-01T00:00:00Z,y\n2026-01-01T00:00:00Z,\n";
  const auto count = [&](const std::string& filter) {
    const ReadText read = read_text(
        rows, "source=\"s\"\n[[event]]\ntype=\"A\"\nwhen=\"a\"\nfilter={column=\"s\"," + filter + "}\n");
    EXPECT_EQ(read.error, "");
    EXPECT_EQ(read.summary.events + read.summary.unused, 3U);
    return read.summary.events;
  };
  EXPECT_EQ(count("equals=\"x\""), 1U);
  EXPECT_EQ(count("not=\"x\""), 2U);
  EXPECT_EQ(count("in=[\"x\",\"y\"]"), 2U);
  EXPECT_EQ(count("present=true"), 2U);
  EXPECT_EQ(count("present=false"), 1U);
}

TEST(Map, GivesOneEventPerValueWhereAsked) {
  const ReadText read =
      read_text("a,c\n,1\n2026-01-01T00:00:00Z,1\n2026-01-02T00:00:00Z,1\n2026-01-03T00:00:00Z,2\n",
                "source=\"s\"\n[[event]]\ntype=\"A\"\nwhen=\"a\"\nonce_per=\"c\"\n");
  ASSERT_EQ(read.sink.events.size(), 2U);
  EXPECT_EQ(read.sink.events[0].record, 2U);
  EXPECT_EQ(read.sink.events[1].record, 4U);
}

TEST(Map, TakesTheRestUnderNamesThatPromisesCanWrite) {
  const ReadText read =
      one("type=\"A\"\nwhen=\"a\"\ndata_rest=true\n", "a,org:group,n", "2026-01-01T00:00:00Z,g,5");
  EXPECT_EQ(read.sink.events.at(0).data,
            (std::vector<model::Attribute>{{"org_group", std::string("g")}, {"n", 5.0}}));
}

TEST(Map, WarnsOfRowsWithoutASubject) {
  const ReadText read = one("type=\"A\"\nwhen=\"a\"\nsubject=[{type=\"email\",column=\"e\",scope=\"web\"}]\n",
                            "a,e", "2026-01-01T00:00:00Z,");
  EXPECT_EQ(read.sink.events.size(), 1U);
  EXPECT_EQ(read.summary.warnings.at(0).kind, WarningKind::NoSubject);
}

TEST(Map, ReadsTimesInManyForms) {
  const auto time = [](const std::string& format, const std::string& text) {
    const ReadText read = one("type=\"A\"\nwhen={column=\"a\",format=\"" + format + "\"}\n", "a;x",
                              text + ";1", "zone=\"UTC\"\n[format]\nseparator=\";\"");
    return read.sink.events.empty() ? read.error + "rejected" : format_rfc3339(read.sink.events[0].time);
  };
  EXPECT_EQ(time("iso", "2011-10-11 13:45:40.276000+02:00"), "2011-10-11T11:45:40.276Z");
  EXPECT_EQ(time("iso", "2011-10-11T13:45"), "2011-10-11T13:45:00Z");
  EXPECT_EQ(time("iso", "2011-10-11"), "2011-10-11T00:00:00Z");
  EXPECT_EQ(time("iso", "2011-10-11 13:45:40 -0130"), "2011-10-11T15:15:40Z");
  EXPECT_EQ(time("iso", "2011-10-11 24:00:00"), "rejected");
  EXPECT_EQ(time("iso", "2011-10-11 13:45:40x"), "rejected");
  EXPECT_EQ(time("rfc3339", "2011-10-11 13:45:40"), "rejected");
  EXPECT_EQ(time("unix_s", "1700000000"), "2023-11-14T22:13:20Z");
  EXPECT_EQ(time("unix_s", "1700000000.25"), "2023-11-14T22:13:20.25Z");
  EXPECT_EQ(time("unix_ms", "1700000000001"), "2023-11-14T22:13:20.001Z");
  EXPECT_EQ(time("unix_s", "99999999999999"), "rejected");
  EXPECT_EQ(time("%d/%m/%Y %H:%M", "1/2/2026 09:05"), "2026-02-01T09:05:00Z");
  EXPECT_EQ(time("%d %b %y %I:%M %p", "24 Dec 26 12:30 am"), "2026-12-24T00:30:00Z");
  EXPECT_EQ(time("%Y%m%dT%H%M%S.%f%z", "20261224T101112.5+0100"), "2026-12-24T09:11:12.5Z");
  EXPECT_EQ(time("%d/%m/%Y", "31/04/2026"), "rejected");
}

}  // namespace
}  // namespace handslag::format
