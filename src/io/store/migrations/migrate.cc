// SPDX-License-Identifier: Apache-2.0
#include "io/store/duck_database.h"
#include "io/store/migrations/migrations.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

Status migrate(SqliteDatabase& database, std::span<const char* const> steps, const std::string& what,
               std::uint32_t last) {
  HANDSLAG_TRY(layout, layout_of(database));
  if (layout > last) return newer_layout(what, layout, last);
  for (std::uint32_t step = layout; step < last; ++step) {
    HANDSLAG_TRY(transaction, SqliteTransaction::begin(database));
    HANDSLAG_CHECK_STATUS(database.run(steps[step]));
    HANDSLAG_CHECK_STATUS(database.run("PRAGMA user_version = " + std::to_string(step + 1)));
    HANDSLAG_CHECK_STATUS(transaction.commit());
  }
  return {};
}

}  // namespace

Error newer_layout(const std::string& what, std::uint32_t found, std::uint32_t known) {
  return invalid(what + " was written by a newer handslag (layout " + std::to_string(found) +
                 "; this program knows up to " + std::to_string(known) +
                 "); use that program, or a newer one");
}

Result<std::uint32_t> layout_of(DuckConnection& connection) {
  HANDSLAG_TRY(tables, connection.query("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'layout'"));
  HANDSLAG_TRY(counted, tables.next());
  if (counted.column<std::int64_t>(0)[0] == 0) return std::uint32_t{0};
  HANDSLAG_TRY(rows, connection.query("SELECT version::UINTEGER FROM layout"));
  HANDSLAG_TRY(chunk, rows.next());
  if (chunk.size() != 1) return Error{ErrorCode::Corrupt, "the event log does not say its layout"};
  return chunk.column<std::uint32_t>(0)[0];
}

Result<std::uint32_t> layout_of(SqliteDatabase& database) {
  HANDSLAG_TRY(query, database.prepare("PRAGMA user_version"));
  HANDSLAG_TRY(row, query.step());
  return row ? static_cast<std::uint32_t>(query.integer(0)) : std::uint32_t{0};
}

Status migrate(DuckConnection& connection, std::uint32_t last) {
  HANDSLAG_TRY(layout, layout_of(connection));
  if (layout > last) return newer_layout("the event log", layout, last);
  for (std::uint32_t step = layout; step < last; ++step) {
    const std::string number = std::to_string(step + 1);
    const std::string note =
        step == 0 ? "CREATE TABLE layout (version UINTEGER NOT NULL); INSERT INTO layout VALUES (1);"
                  : "UPDATE layout SET version = " + number + ";";
    const Status done =
        connection.run("BEGIN;" + std::string(event_log_migrations()[step]) + note + "COMMIT;");
    if (!done) {
      (void)connection.run("ROLLBACK").ok();  // Why: the error at hand is the one to tell
      return Error(done.error()).in("step " + number + " of the event log's layout");
    }
  }
  return {};
}

Status migrate_records(SqliteDatabase& database, std::uint32_t last) {
  return migrate(database, records_migrations(), "the records", last);
}

Status migrate_audit(SqliteDatabase& database, std::uint32_t last) {
  return migrate(database, audit_migrations(), "the audit trail", last);
}

Status migrate_intake(SqliteDatabase& database) {
  return migrate(database, intake_migrations(), "the intake",
                 static_cast<std::uint32_t>(intake_migrations().size()));
}

}  // namespace handslag::store
