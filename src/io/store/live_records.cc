// SPDX-License-Identifier: Apache-2.0
// Records of the live path: sources that send, and revisions of verdicts.
#include "io/store/records.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

void bind_number(SqliteStatement& statement, const std::optional<std::int64_t>& number) {
  statement.bind(number ? std::optional(Timestamp{*number}) : std::nullopt);
}

Revision read_revision(const SqliteStatement& row) {
  Revision revision;
  revision.number = static_cast<std::uint64_t>(row.integer(0));
  revision.at = row.time(1);
  revision.promise = row.text(2);
  revision.version = static_cast<std::uint32_t>(row.integer(3));
  revision.customer = row.text(4);
  revision.activation_source = row.text(5);
  revision.activation_id = row.text(6);
  revision.old_verdict = row.text(7);
  revision.new_verdict = row.text(8);
  revision.old_due = row.optional_time(9);
  revision.new_due = row.optional_time(10);
  revision.cause = row.text(11);
  return revision;
}

Result<std::vector<Revision>> read_revisions(SqliteStatement& rows) {
  std::vector<Revision> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back(read_revision(rows));
  }
}

}  // namespace

Status SourceRecords::put(const LiveSource& source) {
  HANDSLAG_TRY(statement, database_.prepare("INSERT OR REPLACE INTO live_sources VALUES (?, ?, ?, ?)"));
  statement.bind(source.name).bind(source.history_start).bind(source.heartbeat_through);
  bind_number(statement, source.lag_us);
  return statement.run();
}

Result<std::vector<LiveSource>> SourceRecords::all() {
  HANDSLAG_TRY(rows, database_.prepare("SELECT name, history_start_us, heartbeat_through_us, lag_us FROM "
                                       "live_sources ORDER BY name"));
  std::vector<LiveSource> sources;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return sources;
    LiveSource source{rows.text(0), rows.optional_time(1), rows.optional_time(2), std::nullopt};
    if (const auto lag = rows.optional_time(3)) source.lag_us = lag->us;
    sources.push_back(std::move(source));
  }
}

Status RevisionRecords::add(const std::vector<Revision>& revisions) {
  if (revisions.empty()) return {};
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(database_));
  HANDSLAG_TRY(insert, database_.prepare(
                           "INSERT INTO revisions (at_us, promise, version, customer, activation_source, "
                           "activation_id, old_verdict, new_verdict, old_due_us, new_due_us, cause) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const Revision& it : revisions) {
    insert.bind(it.at).bind(it.promise).bind(std::int64_t{it.version}).bind(it.customer);
    insert.bind(it.activation_source).bind(it.activation_id).bind(it.old_verdict).bind(it.new_verdict);
    insert.bind(it.old_due).bind(it.new_due).bind(it.cause);
    HANDSLAG_CHECK_STATUS(insert.run());
  }
  return transaction.commit();
}

Result<std::vector<Revision>> RevisionRecords::since(Timestamp at) {
  HANDSLAG_TRY(rows, database_.prepare("SELECT * FROM revisions WHERE at_us >= ? ORDER BY number"));
  rows.bind(at);
  return read_revisions(rows);
}

Result<std::vector<Revision>> RevisionRecords::list(const std::string& promise,
                                                    const std::string& activation_source,
                                                    const std::string& activation_id,
                                                    std::optional<std::uint64_t> before,
                                                    std::uint64_t limit) {
  HANDSLAG_TRY(
      rows, database_.prepare("SELECT * FROM revisions WHERE (?1 = '' OR promise = ?1) AND (?2 = '' OR "
                              "activation_source = ?2) AND (?3 = '' OR activation_id = ?3) AND number < ?4 "
                              "ORDER BY number DESC LIMIT ?5"));
  constexpr std::uint64_t kAll = 1ULL << 62U;
  rows.bind(promise).bind(activation_source).bind(activation_id);
  rows.bind(static_cast<std::int64_t>(std::min(before.value_or(kAll), kAll)));
  rows.bind(static_cast<std::int64_t>(std::min(limit, kAll)));
  return read_revisions(rows);
}

}  // namespace handslag::store
