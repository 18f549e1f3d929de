// SPDX-License-Identifier: Apache-2.0
#include "io/store/import_removal.h"

namespace handslag::store {
namespace {

// Which events stay, and where their new import has them.
constexpr const char* kStayed = R"sql(
CREATE OR REPLACE TEMP TABLE stayed AS
  SELECT b.event, b.import, b.record, b.part, e.source, e.time
  FROM brought_again b JOIN events e USING (event) WHERE e.import = ?
  QUALIFY row_number() OVER (PARTITION BY b.event ORDER BY b.import, b.record, b.part) = 1
)sql";

constexpr const char* kHandOn[] = {
    "UPDATE events SET import = s.import, record = s.record, part = s.part FROM stayed s "
    "WHERE events.event = s.event",
    "UPDATE imports SET events = imports.events + s.added, duplicates = imports.duplicates - s.added, "
    "future_events = imports.future_events + s.future, first_event = least(imports.first_event, s.earliest), "
    "last_event = greatest(imports.last_event, s.latest) "
    "FROM (SELECT import, count(*) AS added, count(*) FILTER (stayed.time > imports.now) AS future, "
    "min(stayed.time) AS earliest, max(stayed.time) AS latest FROM stayed JOIN imports USING (import) "
    "GROUP BY import) s WHERE imports.import = s.import",
    "UPDATE import_sources SET events = import_sources.events + s.added "
    "FROM (SELECT import, source, count(*) AS added FROM stayed GROUP BY import, source) s "
    "WHERE import_sources.import = s.import AND import_sources.source = s.source",
    // Why the smallest alone: an import that brought it twice has a duplicate still.
    "DELETE FROM brought_again USING stayed s WHERE brought_again.event = s.event "
    "AND brought_again.import = s.import",
};

Status take_out(DuckConnection& connection, std::uint32_t import, Timestamp now) {
  const DuckValue number = std::int64_t{import};
  for (const char* table : {"keys", "attributes", "corrections", "brought_again", "events"}) {
    HANDSLAG_CHECK_STATUS(connection.run(
        std::string("DELETE FROM ") + table + " WHERE event IN (SELECT event FROM events WHERE import = ?)",
        {number}));
  }
  for (const char* table : {"import_sources", "brought_again"}) {
    HANDSLAG_CHECK_STATUS(
        connection.run(std::string("DELETE FROM ") + table + " WHERE import = ?", {number}));
  }
  return connection.run("UPDATE imports SET removed = ? WHERE import = ?", {now, number});
}

Result<std::vector<StayedEvents>> stayed_events(DuckConnection& connection) {
  std::vector<StayedEvents> stayed;
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection, "SELECT import, count(*)::UBIGINT FROM stayed GROUP BY import ORDER BY import",
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          stayed.push_back({chunk.column<std::uint32_t>(0)[row], chunk.column<std::uint64_t>(1)[row]});
        }
        return Status();
      }));
  return stayed;
}

Result<std::vector<StayedEvents>> hand_on_and_take_out(DuckConnection& connection, std::uint32_t import,
                                                       Timestamp now) {
  HANDSLAG_CHECK_STATUS(connection.run("BEGIN TRANSACTION"));
  HANDSLAG_CHECK_STATUS(connection.run(kStayed, {std::int64_t{import}}));
  for (const char* sql : kHandOn) HANDSLAG_CHECK_STATUS(connection.run(sql));
  HANDSLAG_CHECK_STATUS(take_out(connection, import, now));
  HANDSLAG_TRY(stayed, stayed_events(connection));
  HANDSLAG_CHECK_STATUS(connection.run("COMMIT"));
  return stayed;
}

}  // namespace

Result<std::vector<StayedEvents>> remove_rows(DuckConnection& connection, std::uint32_t import,
                                              Timestamp now) {
  auto stayed = hand_on_and_take_out(connection, import, now);
  if (!stayed.ok()) (void)connection.run("ROLLBACK").ok();  // Why: the error at hand is the one to tell
  return stayed;
}

}  // namespace handslag::store
