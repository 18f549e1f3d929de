// SPDX-License-Identifier: Apache-2.0
#include "io/store/migrations/migrations.h"

namespace handslag::store {
namespace {

// Why triggers: no statement of ours shall ever change a line, by mistake either.
constexpr const char* kTrail = R"sql(
CREATE TABLE audit_trail (
  number INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, who_kind TEXT NOT NULL, who TEXT NOT NULL,
  what TEXT NOT NULL, whom TEXT NOT NULL, why TEXT NOT NULL, details TEXT NOT NULL,
  previous_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE INDEX audit_trail_by_whom ON audit_trail (whom, number);
CREATE INDEX audit_trail_by_who ON audit_trail (who_kind, who, number);
CREATE TRIGGER audit_trail_is_not_changed BEFORE UPDATE ON audit_trail
  BEGIN SELECT RAISE(ABORT, 'lines of the audit trail are never changed'); END;
CREATE TRIGGER audit_trail_is_not_cut BEFORE DELETE ON audit_trail
  BEGIN SELECT RAISE(ABORT, 'lines of the audit trail are never deleted'); END;
)sql";

constexpr const char* kAuditSteps[] = {kTrail};

}  // namespace

std::span<const char* const> audit_migrations() {
  return kAuditSteps;
}

}  // namespace handslag::store
