// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/format/collected_events.h"
#include "io/format/csv_scanner.h"
#include "io/format/encoding.h"

namespace handslag::format {
namespace {

constexpr const char* kMap = R"(
source = "shop"
zone = "UTC"
[[event]]
type = "order.placed"
when = "at"
keys = { order = "order" }
data = { note = { column = "note", type = "text" } }
)";

using Rows = std::vector<std::vector<std::string>>;

// Gives its bytes one at a time, as the slowest pipe would.
class SlowSource final : public runtime::ByteSource {
 public:
  explicit SlowSource(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> read(std::span<char> room) override {
    if (rest_.empty()) return std::size_t{0};
    room[0] = rest_.front();
    rest_.remove_prefix(1);
    return std::size_t{1};
  }
  std::uint64_t consumed() const override { return 0; }

 private:
  std::string_view rest_;
};

Rows scan(runtime::ByteSource& source, CsvDialect dialect, std::vector<CsvFault>* faults = nullptr) {
  CsvScanner scanner(source, dialect, Limits{});
  Rows rows;
  while (*scanner.next()) {
    rows.emplace_back(scanner.row().cells.begin(), scanner.row().cells.end());
    if (faults != nullptr) faults->push_back(scanner.row().fault);
  }
  return rows;
}

TEST(CsvScanner, CutsRowsOfAnyLineEndWhereverTheBytesAreCut) {
  const std::string text = "a,b\r\n1,\"x\"\"y\"\r2,\"line one\nline two\"\n,\n\"\",5\" disk";
  const Rows expected = {{"a", "b"}, {"1", "x\"y"}, {"2", "line one\nline two"}, {"", ""}, {"", "5\" disk"}};
  auto whole = runtime::bytes_source(text);
  EXPECT_EQ(scan(*whole, {}), expected);
  SlowSource slow(text);
  EXPECT_EQ(scan(slow, {}), expected);
}

TEST(CsvScanner, ASeparatorAtTheEndBeginsAnEmptyCell) {
  auto source = runtime::bytes_source("a,b,");
  EXPECT_EQ(scan(*source, {}), (Rows{{"a", "b", ""}}));
}

TEST(CsvScanner, GoesOnBehindTextThatFollowsAQuote) {
  std::vector<CsvFault> faults;
  auto source = runtime::bytes_source("\"a\"b,c\nd,e\n");
  EXPECT_EQ(scan(*source, {}, &faults).at(1), (std::vector<std::string>{"d", "e"}));
  EXPECT_EQ(faults, (std::vector{CsvFault::TextBehindQuote, CsvFault::None}));
}

TEST(CsvScanner, FindsTheSeparatorThatDividesMostEvenly) {
  EXPECT_EQ(detect_separator("a;b;c\n1,5;2;3\n4;5,5;6\n", '"', true), ';');
  EXPECT_EQ(detect_separator("a\tb\n1, or so\t2\n", '"', true), '\t');
  EXPECT_EQ(detect_separator("a|b|c\n1|2|3\n", '"', true), '|');
  EXPECT_EQ(detect_separator("\"a;b;c\",d\n\"1;2\",3\n", '"', true), ',');
  EXPECT_EQ(detect_separator("alone\n1\n", '"', true), ',');
}

TEST(Csv, ReadsWithAMap) {
  const ReadText read = read_text("order;at;note\nA1;2026-01-02T03:04:05Z;hej\n", kMap);
  ASSERT_EQ(read.error, "");
  ASSERT_EQ(read.sink.events.size(), 1U);
  const model::Event& event = read.sink.events[0];
  EXPECT_EQ(event.source, "shop");
  EXPECT_EQ(event.type, "order.placed");
  EXPECT_EQ(event.id, "");
  EXPECT_EQ(event.record, 1U);
  EXPECT_EQ(event.part, 1U);
  EXPECT_EQ(event.sequence, 1);
  EXPECT_EQ(format_rfc3339(event.time), "2026-01-02T03:04:05Z");
  EXPECT_EQ(event.keys, (std::vector<model::Key>{{"order", "A1"}}));
  EXPECT_EQ(event.data, (std::vector<model::Attribute>{{"note", std::string("hej")}}));
}

TEST(Csv, ReadsOurOwnColumnsWithoutAMap) {
  const ReadText read = read_text(
      "type,time,source,id,subject.email,key.order,data.amount,channel\n"
      "order.placed,2026-01-02T03:04:05+01:00,web,7,a@example.se,A1,49.5,app\n");
  ASSERT_EQ(read.error, "");
  const model::Event& event = read.sink.events.at(0);
  EXPECT_EQ(event.id, "7");
  EXPECT_EQ(event.channel, "app");
  EXPECT_EQ(event.subject, (std::vector<model::Identifier>{{"email", "a@example.se"}}));
  EXPECT_EQ(std::get<double>(event.data.at(0).value), 49.5);
  EXPECT_EQ(format_rfc3339(event.time), "2026-01-02T02:04:05Z");
}

TEST(Csv, NamesTheNearestColumnOfOurOwn) {
  const ReadText read = read_text("type,time,chanel\nx,2026-01-02T03:04:05Z,web\n");
  EXPECT_NE(read.error.find("did you mean \"channel\"?"), std::string::npos) << read.error;
}

TEST(Csv, DecodesWhatItFindsOut) {
  const ReadText latin1 = read_text("order,at,note\nA1,2026-01-02T03:04:05Z,sm\xF6rg\xE5s\n", kMap);
  EXPECT_EQ(std::get<std::string>(latin1.sink.events.at(0).data.at(0).value), "smörgås");
  const ReadText marked = read_text("\xEF\xBB\xBForder,at,note\nA1,2026-01-02T03:04:05Z,å\n", kMap);
  EXPECT_EQ(marked.sink.events.size(), 1U) << marked.error;
  std::string wide("\xFF\xFE", 2);
  for (char c : std::string("order,at,note\nA1,2026-01-02T03:04:05Z,x\n")) wide += {c, '\0'};
  EXPECT_EQ(read_text(wide, kMap).sink.events.size(), 1U);
}

TEST(Csv, Utf16KnowsCharactersOfTwoUnits) {
  auto source = decode(runtime::bytes_source(std::string_view("\xD8\x3D\xDE\x00\x00\x61", 6)),
                       Encoding::Utf16BigEndian, "");
  std::string text(16, '\0');
  text.resize(*source->read(text));
  EXPECT_EQ(text,
            "\xF0\x9F\x98\x80"
            "a");
}

TEST(Csv, RejectsTheRowThatIsNotUtf8AndSaysWhatToDo) {
  std::string text = "order,at,note\n";
  for (int i = 0; i < 60'000; ++i)
    text += "A1,2026-01-02T03:04:05Z,x\n";  // past what the encoding is found from
  text += "A2,2026-01-02T03:04:05Z,\xE5\nA3,2026-01-02T03:04:05Z,y\n";
  const ReadText read = read_text(text, kMap);
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.rejects[0].line, 60'002U);
  EXPECT_NE(read.sink.rejects[0].reason.find("windows-1252"), std::string::npos);
  EXPECT_EQ(read.sink.rejects[0].raw, "A2,2026-01-02T03:04:05Z,?");
  EXPECT_EQ(read.summary.events, 60'001U);
}

TEST(Csv, RejectsRowsOfOtherLengths) {
  const ReadText read =
      read_text("order,at,note\nA1,2026-01-02T03:04:05Z\nA2,2026-01-02T03:04:05Z,x,y\n", kMap);
  ASSERT_EQ(read.sink.rejects.size(), 2U);
  EXPECT_EQ(read.sink.rejects[0].line, 2U);
  EXPECT_NE(read.sink.rejects[0].reason.find("short_rows"), std::string::npos);
  EXPECT_EQ(read.sink.rejects[1].line, 3U);
  EXPECT_EQ(read.sink.rejects[1].raw, "A2,2026-01-02T03:04:05Z,x,y");
}

TEST(Csv, TakesShortRowsWhereTheMapSaysSo) {
  const ReadText read =
      read_text("order,at,note\nA1,2026-01-02T03:04:05Z\n",
                std::string("[format]\nshort_rows = \"missing\"\n[[event]]\n"
                            "type = \"x\"\nwhen = \"at\"\nsource = \"s\"\ndata = { note = \"note\" }"));
  ASSERT_EQ(read.sink.events.size(), 1U) << read.error;
  EXPECT_TRUE(read.sink.events[0].data.empty());
}

TEST(Csv, RejectsTheLongCellAndGoesOn) {
  const std::string text = "order,at,note\nA1,2026-01-02T03:04:05Z," + std::string(10 << 20, 'x') +
                           "\nA2,2026-01-02T03:04:05Z,y\n";
  const ReadText read = read_text(text, kMap);
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.rejects[0].column, "note");
  EXPECT_EQ(read.sink.rejects[0].raw.size(), kRawBytes);
  EXPECT_TRUE(read.sink.rejects[0].is_raw_cut);
  EXPECT_EQ(read.sink.events.at(0).record, 2U);
}

TEST(Csv, RejectsTheRowThatNeverEndsAndGoesOn) {
  const std::string text = "order,at,note\nA1,2026-01-02T03:04:05Z,\"" + std::string(40 << 20, 'x') +
                           "\"\nA2,2026-01-02T03:04:05Z,y\n";
  const ReadText read = read_text(text, kMap);
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.events.at(0).keys.at(0).value, "A2");
}

TEST(Csv, EndsWhereAQuoteIsNeverClosedAndSaysWhere) {
  const ReadText read =
      read_text("order,at,note\nA1,2026-01-02T03:04:05Z,x\nA2,2026-01-02T03:04:05Z,\"y\nA3,z\n", kMap);
  EXPECT_EQ(read.sink.events.size(), 1U);
  EXPECT_EQ(read.sink.rejects.size(), 0U);
  EXPECT_NE(read.error.find("line 3: a quote is opened"), std::string::npos) << read.error;
}

TEST(Csv, RejectsNulBytes) {
  const std::string text("order,at,note\nA1,2026-01-02T03:04:05Z,x\0y\n", 42);
  EXPECT_EQ(read_text(text, kMap).sink.rejects.size(), 1U);
}

TEST(Csv, CountsLinesInsideQuotes) {
  const ReadText read = read_text("order,at,note\nA1,2026-01-02T03:04:05Z,\"a\nb\nc\"\nA2,never,x\n", kMap);
  ASSERT_EQ(read.sink.rejects.size(), 1U);
  EXPECT_EQ(read.sink.rejects[0].line, 5U);
  EXPECT_EQ(read.sink.rejects[0].record, 2U);
}

TEST(Csv, SaysWhichColumnTheTableLacks) {
  const ReadText read = read_text("order,att,note\n", kMap);
  EXPECT_NE(read.error.find("no column \"at\"; did you mean \"att\"?"), std::string::npos) << read.error;
}

TEST(Csv, TellsWithoutAMapWhatItSawAndWhereToGoOn) {
  const std::string remedy =
      "Say in a map which columns make an event: --map FILE.toml (described in contract/map.md, examples in "
      "examples/*/map.toml). Without a map a CSV file has the columns type and time, and may have source, "
      "id, known, "
      "sequence, unit, channel, touchpoint, agent, replaces, voids, subject.TYPE, key.NAME, data.NAME";
  const auto ends_with = [](const std::string& text, const std::string& end) { return text.ends_with(end); };
  EXPECT_PRED2(ends_with, read_text("order no,bought at,type\nA1,2026-01-02T03:04:05Z,x\n").error,
               "these columns are none of an event's own: \"order no\", \"bought at\". " + remedy);
  EXPECT_PRED2(ends_with, read_text("tyep,time\nx,2026-01-02T03:04:05Z\n").error,
               "these columns are none of an event's own: \"tyep\"; did you mean \"type\"? " + remedy);
  // The first row may be somebody's data, which is not repeated.
  EXPECT_PRED2(ends_with, read_text("anna@example.se,070-1740605,Malmö\n").error,
               "of 3 columns 3 are none of an event's own. " + remedy);
}

TEST(Csv, RefusesAColumnThatStandsTwice) {
  EXPECT_NE(read_text("order,at,note,at\n", kMap).error.find("stands twice"), std::string::npos);
  EXPECT_EQ(read_text("order,at,note,other,other\n", kMap).error, "");
}

TEST(Csv, EmptyFilesAndFilesWithoutRows) {
  EXPECT_NE(read_text("", kMap).error.find("is empty"), std::string::npos);
  EXPECT_EQ(read_text("order,at,note\n", kMap).summary.records, 0U);
}

TEST(Csv, StopsWhereTheSinkHasSeenEnough) {
  CollectedEvents sink;
  sink.stop_after = 2;
  ReadRequest request;
  request.path = "file.csv";
  request.source = "s";
  const std::string text =
      "type,time\na,2026-01-02T03:04:05Z\nb,2026-01-02T03:04:05Z\nc,2026-01-02T03:04:05Z\n";
  auto summary = read_events_from(text, request, sink);
  ASSERT_TRUE(summary.ok());
  EXPECT_FALSE(summary->is_whole);
  EXPECT_EQ(sink.events.size(), 2U);
}

TEST(Csv, RefusesSpreadsheets) {
  EXPECT_NE(read_text("PK\x03\x04xxxx", kMap).error.find("spreadsheet"), std::string::npos);
}

TEST(Csv, OurOwnTakesAnEmptyIdAsNone) {
  const ReadText read =
      read_text("type,time,source,id\na,2026-01-01T00:00:00Z,s,\nb,2026-01-01T00:00:00Z,s,7\n");
  ASSERT_EQ(read.sink.events.size(), 2U) << read.error;
  EXPECT_EQ(read.sink.events[0].id, "");
  EXPECT_EQ(read.sink.events[1].id, "7");
}

TEST(Csv, TellsThatTheEncodingWasGuessed) {
  const std::string text = "type,time,source,data.name\na,2026-01-01T00:00:00Z,s,\xE5sa\n";
  const ReadText read = read_text(text);
  ASSERT_EQ(read.summary.warnings.size(), 1U);
  EXPECT_EQ(read.summary.warnings[0].kind, WarningKind::GuessedEncoding);
  EXPECT_EQ(std::get<std::string>(read.sink.events.at(0).data.at(0).value), "åsa");
  const ReadText named = read_text("order,at,note\n1,2026-01-01T00:00:00Z,\xE5sa\n",
                                   std::string(kMap) + "[format]\nencoding = \"latin1\"\n");
  EXPECT_TRUE(named.summary.warnings.empty()) << named.error;
}

TEST(Csv, QuotesNoCellOfAFileWithoutAHeader) {
  const std::string text = "17,2026-01-01T00:00:00Z,Anna Ek,anna@example.se\n";
  for (const ReadText& read : {read_text(text), read_text(text, kMap)}) {
    EXPECT_EQ(read.error.find("nna"), std::string::npos) << read.error;
    EXPECT_NE(read.error, "");
  }
  EXPECT_NE(read_text(text, kMap).error.find("4 cells"), std::string::npos);
  EXPECT_NE(read_text("order,when,note\n", kMap).error.find("\"when\""), std::string::npos);  // a header
  EXPECT_NE(read_text("type,tiem\n").error.find("did you mean \"time\""), std::string::npos);
}

}  // namespace
}  // namespace handslag::format
