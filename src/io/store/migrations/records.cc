// SPDX-License-Identifier: Apache-2.0
#include "io/store/migrations/migrations.h"

namespace handslag::store {
namespace {

constexpr const char* kTables = R"sql(
CREATE TABLE promise_versions (
  id TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL, from_us INTEGER NOT NULL,
  published_at_us INTEGER NOT NULL, published_by TEXT NOT NULL, why TEXT NOT NULL,
  withdrawn_at_us INTEGER, withdrawn_by TEXT, withdrawn_why TEXT,
  PRIMARY KEY (id, version)) STRICT, WITHOUT ROWID;
CREATE TABLE rejects (
  number INTEGER PRIMARY KEY, import INTEGER NOT NULL, line INTEGER NOT NULL, record INTEGER NOT NULL,
  column_name TEXT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL) STRICT;
)sql";

constexpr const char* kSettings = R"sql(
CREATE TABLE settings_history (
  name TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
  set_at_us INTEGER NOT NULL, set_by TEXT NOT NULL,
  PRIMARY KEY (name, version)) STRICT, WITHOUT ROWID;
CREATE INDEX rejects_by_import ON rejects (import, number);
)sql";

constexpr const char* kLive = R"sql(
CREATE TABLE live_sources (
  name TEXT NOT NULL PRIMARY KEY, history_start_us INTEGER, heartbeat_through_us INTEGER, lag_us INTEGER)
  STRICT, WITHOUT ROWID;
CREATE TABLE revisions (
  number INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, promise TEXT NOT NULL, version INTEGER NOT NULL,
  customer TEXT NOT NULL, activation_source TEXT NOT NULL, activation_id TEXT NOT NULL,
  old_verdict TEXT NOT NULL, new_verdict TEXT NOT NULL, old_due_us INTEGER, new_due_us INTEGER,
  cause TEXT NOT NULL) STRICT;
CREATE INDEX revisions_by_instance ON revisions (promise, activation_source, activation_id, number);
)sql";

constexpr const char* kDigests = "ALTER TABLE promise_versions ADD COLUMN digest TEXT";

constexpr const char* kSteps[] = {kTables, kSettings, kLive, kDigests};

}  // namespace

std::span<const char* const> records_migrations() {
  return kSteps;
}

}  // namespace handslag::store
