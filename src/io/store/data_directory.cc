// SPDX-License-Identifier: Apache-2.0
#include "io/store/data_directory.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/text.h"
#include "io/runtime/disk.h"
#include "io/store/duck_database.h"
#include "io/store/migrations/migrations.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

constexpr std::uint64_t kMarkBytes = 64 * 1024;
constexpr std::uint64_t kSettingsBytes = 4 * 1024 * 1024;
constexpr std::uint64_t kLeastFreeBytes = 16 * 1024 * 1024;

std::string mark_path(const std::string& directory) {
  return directory + "/handslag.toml";
}
std::string log_path(const std::string& directory) {
  return directory + "/events.duckdb";
}
std::string records_path(const std::string& directory) {
  return directory + "/records.sqlite";
}
std::string intake_path(const std::string& directory) {
  return directory + "/intake.sqlite";
}
std::string audit_path(const std::string& directory) {
  return directory + "/audit.sqlite";
}

// A step in any of the stores is a new layout.
std::uint32_t layout() {
  return static_cast<std::uint32_t>(event_log_migrations().size() + records_migrations().size() +
                                    audit_migrations().size());
}

std::string mark_text() {
  return "# A data directory of handslag. What lies here is described in contract/storage.md.\nlayout = " +
         std::to_string(layout()) + "\n";
}

// The number in the line "layout = n".
std::optional<std::uint32_t> marked_layout(std::string_view text) {
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || trimmed(line.substr(0, equals)) != "layout") continue;
    const auto number = parse_number(trimmed(line.substr(equals + 1)));
    if (number && *number >= 1 && *number < 1e6) return static_cast<std::uint32_t>(*number);
  }
  return std::nullopt;
}

// Nothing there, or only what a creation that was cut short has left: the mark is written last.
bool is_to_be_made(const std::string& path) {
  constexpr std::string_view kOurs[] = {"lock",
                                        "settings",
                                        "events.duckdb",
                                        "events.duckdb.wal",
                                        "records.sqlite",
                                        "records.sqlite-wal",
                                        "records.sqlite-shm",
                                        "intake.sqlite",
                                        "intake.sqlite-wal",
                                        "intake.sqlite-shm",

                                        "audit.sqlite",
                                        "audit.sqlite-wal",
                                        "audit.sqlite-shm"};
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return true;
  std::filesystem::directory_iterator entries(path, error);
  if (error) return false;
  return std::all_of(begin(entries), end(entries), [&](const auto& entry) {
    return std::find(std::begin(kOurs), std::end(kOurs), entry.path().filename().string()) != std::end(kOurs);
  });
}

Status make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path + "/settings", error);
  if (error) return runtime::file_error("cannot make the data directory", path, error.value());
  return runtime::require_free_disk(path, kLeastFreeBytes);
}

// What the directory is: ours and of a layout that we know, or an Error.
Result<std::uint32_t> check_mark(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    return not_found("there is no data directory " + path + "; handslag import and handslag demo make one");
  }
  Result<std::string> text = runtime::read_whole_file(mark_path(path), kMarkBytes);
  if (!text.ok() && text.error().code == ErrorCode::NotFound) {
    return not_found(
        path + " is not a data directory of handslag (it holds no handslag.toml); name another with --data");
  }
  if (!text.ok()) return std::move(text).error();
  const auto found = marked_layout(*text);
  if (!found) {
    return Error{ErrorCode::Corrupt,
                 mark_path(path) + " does not say the layout; restore the directory from a backup"};
  }
  if (*found > layout()) return newer_layout(path, *found, layout());
  return *found;
}

// Why: SQLite and DuckDB would make what is missing, and an empty store would look like lost data.
Status require_files(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (access(file.c_str(), F_OK) != 0) {
      return Error{ErrorCode::Corrupt, file + " is missing; restore the data directory from a backup"};
    }
    if (access(file.c_str(), R_OK) != 0) return runtime::file_error("cannot read", file, errno);
  }
  return {};
}

Status bring_up_to_date(const std::string& path) {
  HANDSLAG_TRY(database, DuckDatabase::open(log_path(path), DuckMode::Write));
  HANDSLAG_TRY(connection, database->connect());
  HANDSLAG_CHECK_STATUS(migrate(connection, static_cast<std::uint32_t>(event_log_migrations().size())));
  HANDSLAG_TRY(records, SqliteDatabase::open(records_path(path), SqliteMode::Write));
  HANDSLAG_CHECK_STATUS(migrate_records(*records, static_cast<std::uint32_t>(records_migrations().size())));
  HANDSLAG_TRY(audit, SqliteDatabase::open(audit_path(path), SqliteMode::Write));
  HANDSLAG_CHECK_STATUS(migrate_audit(*audit, static_cast<std::uint32_t>(audit_migrations().size())));
  return runtime::write_file_atomically(mark_path(path), mark_text());
}

// A crash between the two stores leaves rejects of an import that never was. They are not told (records.h),
// so a disk too full to drop them is no reason to refuse work.
Status drop_leftovers(const std::vector<ImportRecord>& imports, RejectRecords rejects) {
  std::vector<std::uint32_t> standing;
  for (const ImportRecord& import : imports) {
    if (!import.removed) standing.push_back(import.number);
  }
  Status dropped = rejects.keep_only(standing);
  return !dropped.ok() && dropped.error().code == ErrorCode::Unavailable ? Status() : dropped;
}

// Opened and closed: the intake then lies in one file. A disk too full for that is no reason to refuse work
// that takes no events in; intake() tells who does.
Status make_intake(const std::string& path) {
  const auto made = IntakeRows::open(intake_path(path), SqliteMode::Write);
  return made.ok() || made.error().code == ErrorCode::Unavailable ? Status() : Status(made.error());
}

Status inspect_log(DuckDatabase& database, std::vector<std::string>& damage) {
  HANDSLAG_TRY(connection, database.connect());
  const std::pair<const char*, const char*> checks[] = {
      {"SELECT count(*) FROM events e LEFT JOIN imports i USING (import) WHERE i.import IS NULL OR i.removed "
       "IS "
       "NOT NULL OR e.event >= i.end_row",
       "events that belong to no import"},
      {"SELECT count(*) FROM brought_again WHERE event NOT IN (SELECT event FROM events) OR import NOT IN "
       "(SELECT import FROM imports WHERE removed IS NULL)",
       "events brought again that are not there"},
      {"SELECT abs((SELECT count(*) FROM events) - (SELECT coalesce(sum(events), 0) FROM imports WHERE "
       "removed IS "
       "NULL))::BIGINT",
       "events more or less than the imports say"},
      {"SELECT count(*) FROM keys WHERE event NOT IN (SELECT event FROM events)",
       "keys of events that are not there"},
      {"SELECT count(*) FROM attributes WHERE event NOT IN (SELECT event FROM events)",
       "attributes of events that are not there"},
      {"SELECT count(*) FROM (SELECT source, type AS code FROM events) e WHERE source NOT IN (SELECT code "
       "FROM texts) "
       "OR code NOT IN (SELECT code FROM texts)",
       "events whose source or type has no text"},
      {"SELECT count(*) FROM keys WHERE text NOT IN (SELECT code FROM texts)", "keys without a text"},
  };
  for (const auto& [sql, what] : checks) {
    const Status checked = each_chunk(connection, sql, [&, what = what](const DuckChunk& chunk) {
      const std::int64_t found = chunk.column<std::int64_t>(0)[0];
      if (found != 0) damage.push_back("event log: " + std::to_string(found) + " " + what);
      return Status();
    });
    if (!checked.ok()) damage.push_back(checked.error().message);
  }
  return {};
}

Status inspect_pages(SqliteDatabase& database, const std::string& name, std::vector<std::string>& damage) {
  HANDSLAG_TRY(query, database.prepare("PRAGMA integrity_check"));
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return {};
    if (query.text(0) != "ok") damage.push_back(name + ": " + query.text(0));
  }
}

Status inspect_audit(AuditRecords audit, std::vector<std::string>& damage) {
  HANDSLAG_TRY(verdict, audit.verify());
  if (verdict.fault) damage.push_back("audit trail: " + verdict.fault->reason);
  return {};
}

// A directory that was never opened for writing since there is an intake has none.
Status inspect_intake_of(const std::string& directory, bool in_use, std::vector<std::string>& damage) {
  const std::string path = intake_path(directory);
  if (access(path.c_str(), F_OK) != 0) return {};
  std::error_code none;
  const std::uintmax_t logged = std::filesystem::file_size(path + "-wal", none);
  const bool folded_in = none || logged == 0;
  return inspect_intake(path, folded_in && !in_use ? SqliteMode::ReadAlone : SqliteMode::Read, damage);
}

}  // namespace

DataDirectory::DataDirectory(DataDirectory&&) noexcept = default;
DataDirectory& DataDirectory::operator=(DataDirectory&&) noexcept = default;
DataDirectory::~DataDirectory() = default;

Result<DataDirectory> DataDirectory::open(const std::string& path, Mode mode, const std::string& purpose,
                                          Timestamp now) {
  const bool fresh = mode == Mode::Create && is_to_be_made(path);
  if (fresh) HANDSLAG_CHECK_STATUS(make_directory(path));
  std::uint32_t found = 0;
  if (!fresh) {
    HANDSLAG_TRY(marked, check_mark(path));
    found = marked;
  }
  DataDirectory directory;
  directory.path_ = path;
  // Why a reader may need the lock alone: an older layout is brought up to date first.
  const bool changes = mode != Mode::Read || found < layout();
  HANDSLAG_TRY(lock,
               runtime::DirectoryLock::take(
                   path, changes ? runtime::LockKind::Exclusive : runtime::LockKind::Shared, purpose, now));
  directory.lock_ = std::move(lock);
  if (found < layout()) {
    // Why not the audit trail: early layouts have none. One that was lost is missed by its head (verify).
    if (!fresh) HANDSLAG_CHECK_STATUS(require_files({log_path(path), records_path(path)}));
    HANDSLAG_CHECK_STATUS(bring_up_to_date(path));
  }
  HANDSLAG_CHECK_STATUS(require_files({log_path(path), records_path(path), audit_path(path)}));
  const bool read = mode == Mode::Read;
  directory.mode_ = mode;
  HANDSLAG_TRY(records,
               SqliteDatabase::open(records_path(path), read ? SqliteMode::Read : SqliteMode::Write));
  directory.records_ = std::move(records);
  HANDSLAG_TRY(audit, SqliteDatabase::open(audit_path(path), read ? SqliteMode::Read : SqliteMode::Write));
  directory.audit_ = std::move(audit);
  HANDSLAG_TRY(database, DuckDatabase::open(log_path(path), read ? DuckMode::Read : DuckMode::Write));
  directory.log_ = std::make_unique<EventLog>(std::move(database), RejectRecords(*directory.records_, 0));
  HANDSLAG_TRY(imports, directory.log_->imports());
  if (!read) HANDSLAG_CHECK_STATUS(drop_leftovers(imports, directory.rejects()));
  if (!read) HANDSLAG_CHECK_STATUS(make_intake(path));
  directory.mode_ = mode;
  return directory;
}

PromiseRecords DataDirectory::promises() {
  return PromiseRecords(*records_);
}
RejectRecords DataDirectory::rejects() {
  return RejectRecords(*records_, log_->last_import());
}
SourceRecords DataDirectory::sources() {
  return SourceRecords(*records_);
}
RevisionRecords DataDirectory::revisions() {
  return RevisionRecords(*records_);
}
RegisterRecords DataDirectory::registers() {
  return RegisterRecords(*records_);
}
SettingsRecords DataDirectory::settings_history() {
  return SettingsRecords(*records_);
}

Result<IntakeJournal*> DataDirectory::intake(const JournalLimits& limits) {
  HANDSLAG_CHECK(mode_ != Mode::Read, "only who writes takes events in");
  if (!intake_) {
    HANDSLAG_TRY(opened, IntakeJournal::open(intake_path(path_), limits));
    intake_ = std::move(opened);
  }
  return intake_.get();
}

AuditRecords DataDirectory::audit() {
  return {*audit_, *records_};
}

Result<std::unique_ptr<AuditTrail>> DataDirectory::open_audit_trail(const runtime::Clock& clock,
                                                                    const AuditOptions& options) const {
  HANDSLAG_CHECK(mode_ != Mode::Read, "a directory opened for reading is not written to");
  return AuditTrail::open(audit_path(path_), records_path(path_), clock, options);
}

Result<std::unique_ptr<SqliteDatabase>> DataDirectory::open_records() const {
  return SqliteDatabase::open(records_path(path_),
                              mode_ == Mode::Read ? SqliteMode::Read : SqliteMode::Write);
}

Result<RegisterRecords> DataDirectory::open_registers() const {
  HANDSLAG_TRY(database, open_records());
  return RegisterRecords(std::shared_ptr<SqliteDatabase>(std::move(database)));
}

Result<NoticeRecords> DataDirectory::open_notices() const {
  HANDSLAG_TRY(database, open_records());
  return NoticeRecords(std::shared_ptr<SqliteDatabase>(std::move(database)));
}

Result<std::unique_ptr<AccountRecords>> DataDirectory::open_accounts() const {
  HANDSLAG_TRY(database, open_records());
  return std::make_unique<AccountRecords>(std::move(database));
}

Result<std::unique_ptr<KeyRecords>> DataDirectory::open_keys() const {
  HANDSLAG_TRY(database, open_records());
  return std::make_unique<KeyRecords>(std::move(database));
}

Result<std::unique_ptr<PromisedTokens>> DataDirectory::open_promised() const {
  HANDSLAG_TRY(database, open_records());
  return std::make_unique<PromisedTokens>(std::move(database));
}

std::string DataDirectory::settings_path(std::string_view name) const {
  HANDSLAG_CHECK(
      std::find(std::begin(kSettingsNames), std::end(kSettingsNames), name) != std::end(kSettingsNames),
      "a name of kSettingsNames");
  return path_ + "/settings/" + std::string(name) + ".toml";
}

Result<std::string> DataDirectory::settings(std::string_view name) const {
  Result<std::string> text = runtime::read_whole_file(settings_path(name), kSettingsBytes);
  if (!text.ok() && text.error().code == ErrorCode::NotFound) return std::string();
  return text;
}

// The file first: it is the truth, and a version noted but never in force would be a lie.
Status DataDirectory::put_settings(std::string_view name, const std::string& text, Timestamp when,
                                   const std::string& by) {
  if (text.size() > kSettingsBytes) {
    return over_limit("settings may be " + runtime::format_bytes(kSettingsBytes) + " long, these are " +
                      runtime::format_bytes(text.size()));
  }
  HANDSLAG_CHECK_STATUS(
      make_directory(path_));  // Why: a restored one has no folder for settings it never had
  HANDSLAG_CHECK_STATUS(runtime::write_file_atomically(settings_path(name), text));
  return settings_history().note(std::string(name), text, when, by);
}

Result<std::vector<std::string>> DataDirectory::inspect() {
  std::vector<std::string> damage;
  HANDSLAG_CHECK_STATUS(inspect_log(*log_->database(), damage));
  HANDSLAG_CHECK_STATUS(inspect_pages(*records_, "records", damage));
  HANDSLAG_CHECK_STATUS(inspect_pages(*audit_, "audit trail", damage));
  HANDSLAG_CHECK_STATUS(inspect_audit(audit(), damage));
  HANDSLAG_CHECK_STATUS(inspect_intake_of(path_, intake_ != nullptr, damage));
  return damage;
}

}  // namespace handslag::store
