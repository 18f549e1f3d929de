// SPDX-License-Identifier: Apache-2.0
// What is stored on disk, as numbered steps. Step n makes layout n from layout n-1, in one transaction of its
// store that also notes the new number; a new store goes through all of them. Published steps are never
// changed. To change the layout, add a step at the end and describe the result in contract/storage.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"

namespace handslag::store {

class DuckConnection;
class SqliteDatabase;

/// SQL of the steps: step n is at n-1.
std::span<const char* const> event_log_migrations();
std::span<const char* const> records_migrations();
std::span<const char* const> intake_migrations();
std::span<const char* const> audit_migrations();

/// The layout that a store has; 0 for an empty one.
Result<std::uint32_t> layout_of(DuckConnection& connection);
Result<std::uint32_t> layout_of(SqliteDatabase& database);

/// Takes a store through the steps it lacks, at most to layout `last`. Error Invalid: it is newer than
/// `last`.
Status migrate(DuckConnection& connection, std::uint32_t last);
Status migrate_records(SqliteDatabase& database, std::uint32_t last);
Status migrate_audit(SqliteDatabase& database, std::uint32_t last);
/// The intake through all of its steps.
Status migrate_intake(SqliteDatabase& database);

/// The Error for a store that a newer program has written.
Error newer_layout(const std::string& what, std::uint32_t found, std::uint32_t known);

}  // namespace handslag::store
