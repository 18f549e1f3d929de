// SPDX-License-Identifier: Apache-2.0
// SQLite with owners and Results. Internal to io/store. One thread.
//
//   HANDSLAG_TRY(query, database.prepare("SELECT text FROM promise_versions WHERE id = ?"));
//   query.bind("delivered");
//   while (true) { HANDSLAG_TRY(row, query.step()); if (!row) break; query.text(0); }
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

/// Values are bound in order; texts are copied.
class SqliteStatement {
 public:
  SqliteStatement& bind(std::int64_t value);
  SqliteStatement& bind(std::string_view value);
  SqliteStatement& bind(Timestamp value) { return bind(value.us); }
  SqliteStatement& bind(std::optional<Timestamp> value);
  /// Bytes, kept as they are and not copied: they must outlive the run, or the statement's next reset.
  SqliteStatement& bind_kept(std::string_view bytes);

  /// True: a row is there to read; false: done.
  Result<bool> step();
  /// Runs to the end and makes ready for the next binding, also where it fails.
  Status run();
  /// Makes ready for the next binding.
  void reset();

  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  std::string text(int column) const;
  /// Bytes of the row at hand; until the next step.
  std::string_view bytes(int column) const;
  Timestamp time(int column) const { return {integer(column)}; }
  std::optional<Timestamp> optional_time(int column) const;

 private:
  friend class SqliteDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

enum class SqliteMode {
  Read,       // others may write meanwhile
  ReadAlone,  // nobody does, and no log file holds anything: needs no room on the disk
  Write,
};

class SqliteDatabase {
 public:
  /// For writing: made where it is missing, in pages of `page_bytes` (a power of two; 0 leaves the choice to
  /// SQLite); WAL, synchronous FULL. Errors as `sqlite_error` says.
  static Result<std::unique_ptr<SqliteDatabase>> open(const std::string& path, SqliteMode mode,
                                                      std::uint32_t page_bytes = 0);

  Result<SqliteStatement> prepare(const char* sql);
  /// Any number of statements, without values.
  Status run(const std::string& sql);
  /// How many rows the last statement changed.
  std::int64_t changes() const { return sqlite3_changes64(database_.get()); }
  /// What the last failed call means, with the file's path.
  Error error(const std::string& what) const;
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
  std::string path_;
};

/// Rolls back unless committed.
class SqliteTransaction {
 public:
  static Result<SqliteTransaction> begin(SqliteDatabase& database);
  SqliteTransaction(SqliteTransaction&& other) noexcept
      : database_(std::exchange(other.database_, nullptr)) {}
  ~SqliteTransaction();
  Status commit();

 private:
  explicit SqliteTransaction(SqliteDatabase* database) : database_(database) {}
  SqliteDatabase* database_;
};

}  // namespace handslag::store
