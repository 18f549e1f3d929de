// SPDX-License-Identifier: Apache-2.0
#include "io/store/sqlite_database.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "io/runtime/disk.h"

namespace handslag::store {
namespace {

// Of the kinds that SQLite has no code of its own for: a shared-memory file that cannot grow, for instance.
bool says_disk_full(int code, int system_error) {
  return code == SQLITE_FULL || (code == SQLITE_IOERR && (system_error == ENOSPC || system_error == EDQUOT));
}

Error sqlite_error(sqlite3* database, const std::string& what, const std::string& path) {
  const std::string reason = what + ": " + path + ": " + sqlite3_errmsg(database);
  if (says_disk_full(sqlite3_errcode(database), sqlite3_system_errno(database)) ||
      (sqlite3_errcode(database) == SQLITE_IOERR && runtime::is_disk_full(path))) {
    return unavailable(reason + "; the disk is full: free some space, then run the same command again");
  }
  switch (sqlite3_errcode(database)) {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
      return unavailable(reason + "; check the disk, who owns the file and who may write there");
    case SQLITE_BUSY:
      return {ErrorCode::Conflict, reason + "; another process has it open, wait until it is done"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::Corrupt, reason + "; restore the data directory from a backup (handslag restore)"};
    case SQLITE_TOOBIG:
      return over_limit(reason);
    default:
      return {ErrorCode::Internal, reason};
  }
}

// Why immutable: a log in WAL mode can be read in a folder without write permission in no other way, and
// nobody can be writing there.
std::string uri(const std::string& path, SqliteMode mode) {
  std::string escaped;
  for (const char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      constexpr char kHex[] = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      escaped += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    } else {
      escaped += c;
    }
  }
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const bool immutable =
      mode == SqliteMode::ReadAlone || (mode == SqliteMode::Read && access(folder.c_str(), W_OK) != 0);
  return "file:" + escaped + (immutable ? "?immutable=1" : "");
}

}  // namespace

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
  HANDSLAG_CHECK(sqlite3_bind_int64(statement_.get(), ++bound_, value) == SQLITE_OK, "a parameter too many");
  return *this;
}

SqliteStatement& SqliteStatement::bind(std::string_view value) {
  const int outcome = sqlite3_bind_text64(statement_.get(), ++bound_, value.data(), value.size(),
                                          SQLITE_TRANSIENT, SQLITE_UTF8);
  HANDSLAG_CHECK(outcome == SQLITE_OK, "a parameter too many, or a text beyond SQLite's limit");
  return *this;
}

SqliteStatement& SqliteStatement::bind(std::optional<Timestamp> value) {
  if (value) return bind(value->us);
  HANDSLAG_CHECK(sqlite3_bind_null(statement_.get(), ++bound_) == SQLITE_OK, "a parameter too many");
  return *this;
}

SqliteStatement& SqliteStatement::bind_kept(std::string_view bytes) {
  const char* start = bytes.empty() ? "" : bytes.data();  // Why: without an address SQLite stores null
  const int outcome = sqlite3_bind_blob64(statement_.get(), ++bound_, start, bytes.size(), SQLITE_STATIC);
  HANDSLAG_CHECK(outcome == SQLITE_OK, "a parameter too many, or bytes beyond SQLite's limit");
  return *this;
}

Result<bool> SqliteStatement::step() {
  const int outcome = sqlite3_step(statement_.get());
  if (outcome == SQLITE_ROW) return true;
  if (outcome == SQLITE_DONE) return false;
  sqlite3* database = sqlite3_db_handle(statement_.get());
  const char* path = sqlite3_db_filename(database, "main");
  return sqlite_error(database, "a statement failed", path == nullptr ? "" : path);
}

Status SqliteStatement::run() {
  Result<bool> row = true;
  while (row.ok() && *row) row = step();
  reset();
  return row.ok() ? Status() : Status(std::move(row).error());
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_.get());
  bound_ = 0;
}

std::string SqliteStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return bytes == nullptr
             ? std::string()
             : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

std::string_view SqliteStatement::bytes(int column) const {
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::optional<Timestamp> SqliteStatement::optional_time(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return time(column);
}

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::string& path, SqliteMode mode,
                                                             std::uint32_t page_bytes) {
  auto opened = std::make_unique<SqliteDatabase>();
  opened->path_ = path;
  const int flags = SQLITE_OPEN_URI | (mode == SqliteMode::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                                 : SQLITE_OPEN_READONLY);
  sqlite3* database = nullptr;
  const int outcome = sqlite3_open_v2(uri(path, mode).c_str(), &database, flags, nullptr);
  opened->database_.reset(database);
  if (outcome != SQLITE_OK) return opened->error("cannot open the records");
  sqlite3_busy_timeout(database, 5000);
  // Why: what lies on disk may be damaged or made by others; SQLite then trusts less (its manual, "defense").
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  HANDSLAG_CHECK_STATUS(opened->run("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;"));
  if (mode == SqliteMode::Write && page_bytes != 0) {
    HANDSLAG_CHECK_STATUS(opened->run("PRAGMA page_size = " + std::to_string(page_bytes)));
  }
  if (mode == SqliteMode::Write) {
    HANDSLAG_CHECK_STATUS(opened->run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"));
  }
  return opened;
}

Result<SqliteStatement> SqliteDatabase::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr) != SQLITE_OK) {
    return error("cannot use the records");
  }
  return SqliteStatement(statement);
}

Status SqliteDatabase::run(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return error("cannot use the records");
  }
  return {};
}

Error SqliteDatabase::error(const std::string& what) const {
  return sqlite_error(database_.get(), what, path_);
}

Result<SqliteTransaction> SqliteTransaction::begin(SqliteDatabase& database) {
  HANDSLAG_CHECK_STATUS(database.run("BEGIN IMMEDIATE"));
  return SqliteTransaction(&database);
}

SqliteTransaction::~SqliteTransaction() {
  if (database_ != nullptr)
    (void)database_->run("ROLLBACK").ok();  // Why: SQLite may have rolled back by itself
}

Status SqliteTransaction::commit() {
  HANDSLAG_CHECK_STATUS(database_->run("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace handslag::store
