// SPDX-License-Identifier: Apache-2.0
// A data directory: everything that one installation keeps.
//
//   DIR/handslag.toml               marks the directory and its layout
//   DIR/lock                        who is writing
//   DIR/events.duckdb               the event log (event_log.h)
//   DIR/records.sqlite              records (records.h, access_records.h)
//   DIR/intake.sqlite              live events that the event log does not hold yet (intake_journal.h)
//   DIR/audit.sqlite                the audit trail (audit_trail.h)
//   DIR/settings/{types,units,calendars}.toml
//   DIR/settings/registers/*.toml   an installation's own registers (app/registers)
//
// One process writes, or many read. Older layouts are brought up to date at open (migrations/); newer ones
// are refused. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "io/runtime/clock.h"
#include "io/runtime/directory_lock.h"
#include "io/store/access_records.h"
#include "io/store/audit_trail.h"
#include "io/store/event_log.h"
#include "io/store/intake_journal.h"
#include "io/store/notice_records.h"
#include "io/store/promised_tokens.h"
#include "io/store/records.h"
#include "io/store/register_records.h"

namespace handslag::store {

enum class Mode {
  Read,    // must exist; others may read too
  Write,   // must exist
  Create,  // made where it is missing (or empty), else as Write
};

inline constexpr std::string_view kSettingsNames[] = {"types", "units", "calendars"};

class DataDirectory {
 public:
  /// `purpose` is the subcommand, which another process that meets our lock is told.
  /// Errors: NotFound (no such directory, or none of ours: how to make one), Conflict (somebody else is
  /// writing, or reading while we want to write), Unavailable (permission, disk), Corrupt (with remedy),
  /// Invalid (a newer layout).
  static Result<DataDirectory> open(const std::string& path, Mode mode, const std::string& purpose,
                                    Timestamp now);

  DataDirectory(DataDirectory&&) noexcept;
  DataDirectory& operator=(DataDirectory&&) noexcept;
  ~DataDirectory();

  const std::string& path() const { return path_; }
  EventLog& log() { return *log_; }
  PromiseRecords promises();
  RejectRecords rejects();
  SettingsRecords settings_history();
  SourceRecords sources();
  RevisionRecords revisions();
  /// The durable intake, opened at the first call, with its thread; `limits` counts then. Errors as
  /// IntakeJournal::open. REQUIRES: opened for writing.
  Result<IntakeJournal*> intake(const JournalLimits& limits = {});
  /// For reading, as far as it is on disk.
  AuditRecords audit();

  /// Each has connections of its own, and serves other threads than this one. They must go before the
  /// directory, which holds the lock. Where it was opened for reading, accounts and keys refuse changes.
  /// REQUIRES for the trail: not opened for reading.
  Result<std::unique_ptr<AuditTrail>> open_audit_trail(const runtime::Clock& clock,
                                                       const AuditOptions& options = {}) const;
  Result<std::unique_ptr<AccountRecords>> open_accounts() const;
  Result<std::unique_ptr<KeyRecords>> open_keys() const;
  Result<std::unique_ptr<PromisedTokens>> open_promised() const;
  RegisterRecords registers();
  /// With a connection of its own, as those above.
  Result<RegisterRecords> open_registers() const;
  Result<NoticeRecords> open_notices() const;

  /// Where a settings file lies, whether it exists or not. REQUIRES: one of kSettingsNames.
  std::string settings_path(std::string_view name) const;
  /// Its text; empty where there is none.
  Result<std::string> settings(std::string_view name) const;
  /// The one way in: replaces the file atomically and notes the version. The caller has checked the text.
  Status put_settings(std::string_view name, const std::string& text, Timestamp when, const std::string& by);

  /// Reads everything once and says what is damaged, a line each; empty where all is well.
  Result<std::vector<std::string>> inspect();

 private:
  DataDirectory() = default;
  Result<std::unique_ptr<SqliteDatabase>> open_records() const;

  std::string path_;
  runtime::DirectoryLock lock_;
  Mode mode_ = Mode::Read;
  std::unique_ptr<SqliteDatabase> records_, audit_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<IntakeJournal> intake_;
};

}  // namespace handslag::store
