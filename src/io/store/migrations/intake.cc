// SPDX-License-Identifier: Apache-2.0
#include "io/store/migrations/migrations.h"

namespace handslag::store {
namespace {

// Why no AUTOINCREMENT: it would write a page more in every commit. `dropped` remembers what was given out.
constexpr const char* kIntakeTables = R"sql(
CREATE TABLE batches (
  position INTEGER PRIMARY KEY, received_us INTEGER NOT NULL, events INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE dropped (through INTEGER NOT NULL) STRICT;
INSERT INTO dropped VALUES (0);
CREATE TABLE rejects (
  number INTEGER PRIMARY KEY, position INTEGER NOT NULL, received_us INTEGER NOT NULL,
  kind TEXT NOT NULL, source TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL,
  raw BLOB NOT NULL, raw_cut INTEGER NOT NULL,
  state INTEGER NOT NULL, settled_at_us INTEGER, settled_by TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE INDEX rejects_by_state ON rejects (state);
CREATE INDEX rejects_by_source ON rejects (source, state);
)sql";

// A row of a file is rejected once for the same fault.
constexpr const char* kRowsOfFiles = R"sql(
ALTER TABLE rejects ADD COLUMN file_row TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX rejects_by_file_row ON rejects (file_row, place, reason) WHERE file_row <> '';
)sql";

constexpr const char* kIntakeSteps[] = {kIntakeTables, kRowsOfFiles};

}  // namespace

std::span<const char* const> intake_migrations() {
  return kIntakeSteps;
}

}  // namespace handslag::store
