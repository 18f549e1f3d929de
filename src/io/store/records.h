// SPDX-License-Identifier: Apache-2.0
// Records: what people decide and what must be kept apart from events. SQLite (DIR/records.sqlite), one small
// class a need. Every change is one durable transaction. One thread each; all of one DataDirectory share one
// connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

class SqliteDatabase;

/// One published version of a promise. Its text holds exactly one promise.
struct PromiseVersion {
  std::string id;
  std::uint32_t version = 0;  // 1, 2, … in the order of publishing
  std::string text;
  Timestamp from = kFirstTime;  // judges activations from here on (P-15)
  Timestamp published_at;
  std::string published_by, why;
  std::optional<Timestamp> withdrawn_at;  // judges no activation from here on
  std::string withdrawn_by, withdrawn_why;
};

class PromiseRecords {
 public:
  explicit PromiseRecords(SqliteDatabase& database) : database_(database) {}  // keeps it

  /// Stores the next version of draft.id and returns it with its number; `version` and the withdrawal are
  /// ignored. Error Conflict: the latest version has the same text and is not withdrawn, or `from` is not
  /// after its `from`.
  Result<PromiseVersion> publish(const PromiseVersion& draft);
  /// All of them or, where one is refused, none; each counts those before it.
  Result<std::vector<PromiseVersion>> publish(const std::vector<PromiseVersion>& drafts);
  // All that read give Error Corrupt where a text is not what was published.

  /// Ends the latest version at `when`. Error NotFound: no such promise in force.
  Result<PromiseVersion> withdraw(const std::string& id, Timestamp when, const std::string& by,
                                  const std::string& why);
  /// All versions, by id and version, the withdrawn ones too.
  Result<std::vector<PromiseVersion>> all();
  /// All versions of one promise. Error NotFound names the nearest known id.
  Result<std::vector<PromiseVersion>> versions(const std::string& id);

 private:
  SqliteDatabase& database_;
};

/// A row of a file that could not be used.
struct Reject {
  std::uint64_t line =
      0;  // where the row begins in its file, from 1; 0 where files of its kind have no lines
  std::uint64_t record = 0;  // its number in the file, from 1
  std::string column;        // empty where the whole row is at fault
  std::string reason;        // for people; names the remedy
  std::string raw;           // as it stood, cut after kRejectRawBytes
};
inline constexpr std::size_t kRejectRawBytes = 4096;

struct StoredReject {
  std::uint32_t import = 0;
  Reject reject;
};

/// Rejected rows, by import. An import's rejects are written before the event log commits it and count only
/// when it has: the log is the one that decides (contract/storage.md).
class RejectRecords {
 public:
  /// Keeps the database. `last_import`: the last that the log has committed; of later ones nothing is told.
  RejectRecords(SqliteDatabase& database, std::uint32_t last_import)
      : database_(database), last_import_(last_import) {}

  Status add(std::uint32_t import, const std::vector<Reject>& rejects);
  Status drop(std::uint32_t import);
  /// Drops those of imports that are not in `standing` (ascending): what a crash left over.
  Status keep_only(const std::vector<std::uint32_t>& standing);
  /// In the file's order, at most `limit` from `offset`. Without an import: of all, newest import first.
  Result<std::vector<StoredReject>> list(std::optional<std::uint32_t> import, std::uint64_t offset,
                                         std::uint64_t limit);
  Result<std::uint64_t> count(std::optional<std::uint32_t> import);

 private:
  SqliteDatabase& database_;
  std::uint32_t last_import_;
};

/// A source that sends live (P-5): it moves its own horizon, by heartbeats or by a stated lag.
struct LiveSource {
  std::string name;
  std::optional<Timestamp> history_start;      // told; otherwise its first event
  std::optional<Timestamp> heartbeat_through;  // "all up to here has arrived", the latest
  std::optional<std::int64_t> lag_us;  // "all has arrived when this long has passed"; neither: H stands still
  friend bool operator==(const LiveSource&, const LiveSource&) = default;
};

/// What a source that says nothing of itself is held to when its first event comes.
inline constexpr std::int64_t kDefaultLagUs = kMicrosPerMinute;

class SourceRecords {
 public:
  explicit SourceRecords(SqliteDatabase& database) : database_(database) {}  // keeps it

  /// Adds or replaces one.
  Status put(const LiveSource& source);
  /// By name.
  Result<std::vector<LiveSource>> all();

 private:
  SqliteDatabase& database_;
};

/// A verdict that was reported, and what contradicted it (P-12).
struct Revision {
  std::uint64_t number = 0;  // from 1; given by add
  Timestamp at;
  std::string promise;
  std::uint32_t version = 0;
  std::string customer;                          // "c12", as she was called then
  std::string activation_source, activation_id;  // which instance
  std::string old_verdict, new_verdict;          // "none": there was, or is, no such instance
  std::optional<Timestamp> old_due, new_due;
  std::string cause;  // "late", "correction", "calendar", "definition", "identity", "erasure"
};

class RevisionRecords {
 public:
  explicit RevisionRecords(SqliteDatabase& database) : database_(database) {}  // keeps it

  Status add(const std::vector<Revision>& revisions);
  /// Written at this time or later, in the order written. Cost: linear in all.
  Result<std::vector<Revision>> since(Timestamp at);
  /// Of one promise, one instance, or all (empty texts): newest first, at most `limit` older than `before`.
  Result<std::vector<Revision>> list(const std::string& promise, const std::string& activation_source,
                                     const std::string& activation_id, std::optional<std::uint64_t> before,
                                     std::uint64_t limit);

 private:
  SqliteDatabase& database_;
};

struct SettingsVersion {
  std::string name;  // "types", "units", "calendars"
  std::uint32_t version = 0;
  std::string text;
  Timestamp set_at;
  std::string set_by;
};

/// What the settings files said, and since when. The files themselves are the truth (data_directory.h).
class SettingsRecords {
 public:
  explicit SettingsRecords(SqliteDatabase& database) : database_(database) {}  // keeps it

  /// Stores the text as the next version; nothing where the latest says the same.
  Status note(const std::string& name, const std::string& text, Timestamp when, const std::string& by);
  /// Versions of one file, oldest first.
  Result<std::vector<SettingsVersion>> history(const std::string& name);

 private:
  SqliteDatabase& database_;
};

}  // namespace handslag::store
