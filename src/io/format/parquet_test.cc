// SPDX-License-Identifier: Apache-2.0
#include <duckdb.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "io/format/collected_events.h"

namespace handslag::format {
namespace {

std::string path_of(const std::string& name) {
  return testing::TempDir() + "handslag_" + name;
}

// Has DuckDB write a Parquet file.
void write_parquet(const std::string& path, const std::string& select) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  ASSERT_EQ(duckdb_open(nullptr, &database), DuckDBSuccess);
  ASSERT_EQ(duckdb_connect(database, &connection), DuckDBSuccess);
  duckdb_result result;
  const std::string sql = "COPY (" + select + ") TO '" + path + "' (FORMAT parquet)";
  ASSERT_EQ(duckdb_query(connection, sql.c_str(), &result), DuckDBSuccess) << duckdb_result_error(&result);
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
}

Map map_of(const std::string& text) {
  return parse_map(text, "map.toml").value();
}

TEST(Parquet, KeepsTheTypesOfColumns) {
  const std::string path = path_of("types.parquet");
  write_parquet(
      path,
      "SELECT TIMESTAMPTZ '2026-01-01 12:00:00+01' AS at, 'A1' AS order_no, 12.50::DECIMAL(9,2) AS amount, "
      "DATE '2026-02-03' AS due, true AS vip, 9007199254740993::BIGINT AS big, '5' AS word, NULL::INT AS "
      "gone,"
      "TIMESTAMP '2026-06-01 10:00:00' AS local, 7::SMALLINT AS small");
  const Map map = map_of(
      "source=\"s\"\nzone=\"Test/"
      "Jump\"\n[[event]]\ntype=\"A\"\nwhen=\"at\"\nkeys={order=\"order_no\"}\ndata_rest=true");
  const TestZones zones;
  CollectedEvents sink;
  ReadRequest request;
  request.path = path;
  request.map = &map;
  request.zones = &zones;
  auto summary = read_events(request, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().message;
  ASSERT_EQ(sink.events.size(), 1U);
  const model::Event& event = sink.events[0];
  EXPECT_EQ(format_rfc3339(event.time), "2026-01-01T11:00:00Z");
  EXPECT_EQ(event.keys.at(0).value, "A1");
  const std::vector<model::Attribute> data = {{"amount", 12.5},
                                              {"due", *parse_date("2026-02-03")},
                                              {"vip", true},
                                              {"big", std::string("9007199254740993")},
                                              {"word", std::string("5")},
                                              {"local", *parse_rfc3339("2026-06-01T08:00:00Z")},
                                              {"small", 7.0}};
  EXPECT_EQ(event.data, data);
  EXPECT_EQ(summary->format, "parquet");
}

TEST(Parquet, KeepsTheOrderOfManyRows) {
  const std::string path = path_of("rows.parquet");
  write_parquet(path, "SELECT i AS n, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS at FROM range(300000) t(i)");
  const Map map = map_of("source=\"s\"\n[[event]]\ntype=\"A\"\nwhen=\"at\"\nsequence=\"n\"");
  CollectedEvents sink;
  ReadRequest request;
  request.path = path;
  request.map = &map;
  ASSERT_TRUE(read_events(request, sink).ok());
  ASSERT_EQ(sink.events.size(), 300'000U);
  for (std::size_t i = 0; i < sink.events.size(); ++i) {
    ASSERT_EQ(sink.events[i].sequence, static_cast<std::int64_t>(i));
    ASSERT_EQ(sink.events[i].record, i + 1);
  }
}

TEST(Parquet, SaysWhatIsWrong) {
  const std::string path = path_of("broken.parquet");
  std::ofstream(path) << "PAR1 this is not what it says PAR1";
  const Map map = map_of("source=\"s\"\n[[event]]\ntype=\"A\"\nwhen=\"at\"");
  CollectedEvents sink;
  ReadRequest request;
  request.path = path;
  EXPECT_NE(read_events(request, sink).error().message.find("needs a map"), std::string::npos);
  request.map = &map;
  auto summary = read_events(request, sink);
  ASSERT_FALSE(summary.ok());
  EXPECT_EQ(summary.error().code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace handslag::format
