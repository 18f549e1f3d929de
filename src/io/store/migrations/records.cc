// SPDX-License-Identifier: Apache-2.0
#include "io/store/migrations/migrations.h"

namespace handslag::store {
namespace {

constexpr const char* kRecordsTables = R"sql(
CREATE TABLE promise_versions (
  id TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL, from_us INTEGER NOT NULL,
  published_at_us INTEGER NOT NULL, published_by TEXT NOT NULL, why TEXT NOT NULL,
  withdrawn_at_us INTEGER, withdrawn_by TEXT, withdrawn_why TEXT,
  PRIMARY KEY (id, version)) STRICT, WITHOUT ROWID;
CREATE TABLE rejects (
  number INTEGER PRIMARY KEY, import INTEGER NOT NULL, line INTEGER NOT NULL, record INTEGER NOT NULL,
  column_name TEXT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL) STRICT;
)sql";

constexpr const char* kRecordsSettings = R"sql(
CREATE TABLE settings_history (
  name TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
  set_at_us INTEGER NOT NULL, set_by TEXT NOT NULL,
  PRIMARY KEY (name, version)) STRICT, WITHOUT ROWID;
CREATE INDEX rejects_by_import ON rejects (import, number);
)sql";

constexpr const char* kRecordsLive = R"sql(
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

// A unit of '*' is all units. Secrets are kept as SHA-256, passwords as argon2id. audit_head: how far the
// audit trail has come, in another file than the trail itself.
constexpr const char* kAccess = R"sql(
CREATE TABLE people (
  person INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  password TEXT NOT NULL, opens_protected INTEGER NOT NULL, created_at_us INTEGER NOT NULL,
  created_by TEXT NOT NULL, disabled_at_us INTEGER) STRICT;
CREATE TABLE person_roles (
  person INTEGER NOT NULL REFERENCES people, role TEXT NOT NULL, unit TEXT NOT NULL,
  PRIMARY KEY (person, role, unit)) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY, person INTEGER NOT NULL REFERENCES people,
  created_at_us INTEGER NOT NULL, used_at_us INTEGER NOT NULL, expires_at_us INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE api_keys (
  key INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, source TEXT NOT NULL, scopes TEXT NOT NULL,
  secret_hash TEXT NOT NULL, created_at_us INTEGER NOT NULL, created_by TEXT NOT NULL, used_at_us INTEGER,
  revoked_at_us INTEGER) STRICT;
CREATE TABLE first_token (
  one INTEGER PRIMARY KEY CHECK (one = 1), token_hash TEXT NOT NULL, expires_at_us INTEGER NOT NULL,
  used_at_us INTEGER) STRICT;
CREATE TABLE audit_head (
  one INTEGER PRIMARY KEY CHECK (one = 1), lines INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
)sql";

// Registers: current values, and a history that the database itself keeps from being changed.
constexpr const char* kRegisters = R"sql(
CREATE TABLE register_records (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, register TEXT NOT NULL, version INTEGER NOT NULL,
  state TEXT NOT NULL, title TEXT NOT NULL, owner TEXT NOT NULL, unit TEXT NOT NULL, creator TEXT NOT NULL,
  created_at_us INTEGER NOT NULL, changed_at_us INTEGER NOT NULL, state_since_us INTEGER NOT NULL,
  heard_at_us INTEGER NOT NULL, due_us INTEGER, look_at_us INTEGER, told INTEGER NOT NULL,
  "values" TEXT NOT NULL, search TEXT NOT NULL, unique_key TEXT NOT NULL) STRICT;
CREATE INDEX register_records_by_state ON register_records (register, state, number);
CREATE INDEX register_records_by_owner ON register_records (owner, number) WHERE owner <> '';
CREATE INDEX register_records_by_creator ON register_records (creator, number) WHERE creator <> '';
CREATE INDEX register_records_by_due ON register_records (due_us, number) WHERE due_us IS NOT NULL;
CREATE INDEX register_records_to_look_at ON register_records (look_at_us, number) WHERE look_at_us IS NOT NULL;
CREATE UNIQUE INDEX register_records_unique ON register_records (register, unique_key) WHERE unique_key <> '';
CREATE TABLE register_customers (
  type TEXT NOT NULL, value TEXT NOT NULL, record INTEGER NOT NULL REFERENCES register_records,
  PRIMARY KEY (type, value, record)) STRICT, WITHOUT ROWID;
CREATE INDEX register_customers_by_record ON register_customers (record);
CREATE TABLE register_links (
  from_id TEXT NOT NULL REFERENCES register_records (id), field TEXT NOT NULL,
  to_id TEXT NOT NULL REFERENCES register_records (id),
  PRIMARY KEY (from_id, field, to_id)) STRICT, WITHOUT ROWID;
CREATE INDEX register_links_back ON register_links (to_id, field, from_id);
CREATE TABLE register_changes (
  record TEXT NOT NULL REFERENCES register_records (id), version INTEGER NOT NULL, at_us INTEGER NOT NULL,
  by_id TEXT NOT NULL, by_name TEXT NOT NULL, action TEXT NOT NULL, from_state TEXT NOT NULL,
  to_state TEXT NOT NULL, comment TEXT NOT NULL, details TEXT NOT NULL,
  PRIMARY KEY (record, version)) STRICT, WITHOUT ROWID;
CREATE TABLE register_outbox (number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL) STRICT;
CREATE TRIGGER register_changes_stand BEFORE UPDATE ON register_changes
  BEGIN SELECT RAISE(ABORT, 'the history of a record is never changed'); END;
CREATE TRIGGER register_changes_stay BEFORE DELETE ON register_changes
  BEGIN SELECT RAISE(ABORT, 'the history of a record is never deleted'); END;
CREATE TRIGGER register_records_stay BEFORE DELETE ON register_records
  BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
)sql";

constexpr const char* kDigests = "ALTER TABLE promise_versions ADD COLUMN digest TEXT";

// What a customer was promised, for her own eyes: a token opens the one record.
constexpr const char* kPromised = R"sql(
CREATE TABLE promised_tokens (
  token_hash TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL, made_by TEXT NOT NULL,
  made_at_us INTEGER NOT NULL, expires_at_us INTEGER NOT NULL, revoked_at_us INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX promised_tokens_by_record ON promised_tokens (record);
)sql";

// What leaves the house. The secrets of webhooks are needed to sign, so they lie here in clear.
constexpr const char* kNotices = R"sql(
CREATE TABLE webhooks (
  number INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
  filter TEXT NOT NULL, secret TEXT NOT NULL, previous_secret TEXT NOT NULL, previous_until_us INTEGER,
  created_at_us INTEGER NOT NULL, created_by TEXT NOT NULL, off_at_us INTEGER, why_off TEXT NOT NULL,
  acknowledged INTEGER NOT NULL, attempt INTEGER NOT NULL, next_at_us INTEGER, failing_since_us INTEGER,
  last_success_us INTEGER, last_error TEXT NOT NULL) STRICT;
CREATE TABLE webhook_deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT, webhook INTEGER NOT NULL, message TEXT NOT NULL, type TEXT NOT NULL,
  attempt INTEGER NOT NULL, at_us INTEGER NOT NULL, status INTEGER NOT NULL, error TEXT NOT NULL,
  took_ms INTEGER NOT NULL) STRICT;
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook, number);
CREATE TABLE notice_outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at_us INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
  unit TEXT NOT NULL, promise TEXT NOT NULL, verdict TEXT NOT NULL, key INTEGER NOT NULL, target INTEGER NOT NULL,
  data TEXT NOT NULL) STRICT;
CREATE INDEX notice_outbox_by_key ON notice_outbox (key) WHERE key <> 0;
CREATE TABLE notice_marks (
  position INTEGER PRIMARY KEY, through INTEGER NOT NULL, clock_us INTEGER NOT NULL) STRICT;
CREATE TABLE notice_state (
  one INTEGER PRIMARY KEY CHECK (one = 1), unsettled INTEGER NOT NULL, token TEXT NOT NULL) STRICT;
INSERT INTO notice_state VALUES (1, 0, '');
CREATE TABLE unit_recipients (
  unit TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, recipients TEXT NOT NULL, set_at_us INTEGER NOT NULL,
  set_by TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE digest_items (
  number INTEGER PRIMARY KEY, unit TEXT NOT NULL, recipient TEXT NOT NULL, kind TEXT NOT NULL, key INTEGER NOT NULL,
  at_us INTEGER NOT NULL, due_us INTEGER, state INTEGER NOT NULL, data TEXT NOT NULL,
  UNIQUE (unit, recipient, kind, key)) STRICT;
CREATE INDEX digest_items_by_key ON digest_items (key);
CREATE TABLE digest_progress (
  unit TEXT NOT NULL, recipient TEXT NOT NULL, last_sent_us INTEGER, next_at_us INTEGER, attempt INTEGER NOT NULL,
  error TEXT NOT NULL, mail TEXT NOT NULL, PRIMARY KEY (unit, recipient)) STRICT, WITHOUT ROWID;
CREATE TABLE register_notices (
  number INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, register TEXT NOT NULL, unit TEXT NOT NULL,
  occasion TEXT NOT NULL, at_us INTEGER NOT NULL) STRICT;
)sql";

// What was told is worked out again by these: the imports and what else verdicts rested on.
constexpr const char* kToldMarks = R"sql(
DROP TABLE notice_marks;
CREATE TABLE notice_marks (
  import INTEGER PRIMARY KEY, through INTEGER NOT NULL, clock_us INTEGER NOT NULL, premises TEXT NOT NULL) STRICT;
ALTER TABLE notice_state DROP COLUMN unsettled;
)sql";

constexpr const char* kRecordsSteps[] = {kRecordsTables, kRecordsSettings, kRecordsLive,
                                         kAccess,        kRegisters,       kDigests,
                                         kPromised,      kNotices,         kToldMarks};

}  // namespace

std::span<const char* const> records_migrations() {
  return kRecordsSteps;
}

}  // namespace handslag::store
