// SPDX-License-Identifier: Apache-2.0
// The event log on one machine: DuckDB (DIR/events.duckdb), tables of integers so that loading is fast, and
// views for people who open the file with any DuckDB client. What lies on disk is described in
// contract/storage.md.
//
//   auto import = log.begin_import(header);
//   import->add(event);                      // Added, Duplicate, Conflict or Refused
//   import->commit(clock.now());             // one file, one transaction; without it nothing has happened
//
// (1) Nothing is overwritten; a correction is an event. remove_import takes a whole file back out.
// (2) (source, id) is unique. An event without an id of its own gets "<digest>:<record>.<part>" (derived_id).
// (3) One thread; an ImportWriter has a second thread inside, and while it lives the log is not asked
// anything else.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "io/store/records.h"
#include "pure/identity/identity.h"
#include "pure/model/event.h"
#include "pure/model/texts.h"

namespace handslag::store {

class Dictionaries;
class DuckDatabase;

/// An event's number in arrival order, from 0. Gaps stay where an import was taken out.
using RowNumber = std::uint32_t;

struct ImportHeader {
  std::string file_name;   // as the person gave it
  std::string digest;      // runtime::digest_of_file
  std::string map_digest;  // runtime::digest_of_text of the map; empty without a map
  std::string source;      // of events that name none; empty where every event names its own
  Timestamp started;
  Timestamp now;                                             // P-5: later events do not move complete_through
  std::optional<Timestamp> history_start, complete_through;  // where told; the latter counts as at most now
  /// Events that came over the network rather than in a file: `digest` is any text never used before, and
  /// commit_live says how far the intake has come.
  bool is_live = false;
};

struct ImportRecord {
  std::uint32_t number = 0;  // from 1; never given twice
  ImportHeader header;
  Timestamp finished;
  std::uint64_t events = 0, duplicates = 0, rejected = 0;
  std::uint64_t future_events = 0;                   // dated after `now`
  std::optional<Timestamp> first_event, last_event;  // absent where no event was added
  std::optional<Timestamp> removed;                  // taken back out then
};

/// Events of an import that was taken out which another one had brought too.
struct StayedEvents {
  std::uint32_t import = 0;  // they are its own now
  std::uint64_t events = 0;
};

struct RemovedImport {
  ImportRecord record;  // as it was
  std::vector<StayedEvents> stayed;
};

/// What became of an event.
enum class Added {
  Added,
  Duplicate,  // the same id with the same content: counted once
  Conflict,   // the same id with other content; a correction has an id of its own and names this one in
              // `replaces`
  Refused,    // outside a limit; refusal() says which
};

/// An event that was just added, in the numbers of the log's dictionary (EventLog::texts). Its spans live
/// until the next add.
struct AddedEvent {
  RowNumber row = 0;
  identity::SubjectNumber subject = 0;
  std::span<const identity::IdentifierNumber> identifiers;  // of the subject, by (type, value)
  std::uint32_t source = 0, type = 0, unit = 0, channel = 0, touchpoint = 0, agent = 0;  // text codes
  std::span<const std::pair<std::uint32_t, std::uint32_t>> keys;                         // name, text
  /// As event.data: name, and the text's code where it is one.
  std::span<const std::pair<std::uint32_t, std::uint32_t>> attributes;
};

/// Limits of one event; more is Refused. Texts are names, values and ids.
inline constexpr std::size_t kMaxTextBytes = 1 << 20;
inline constexpr std::size_t kMaxIdBytes = 1024;
inline constexpr std::size_t kMaxIdentifiers = 64;
inline constexpr std::size_t kMaxKeys = 256;
inline constexpr std::size_t kMaxAttributes = 1024;
inline constexpr std::size_t kMaxTypes = 65'000;    // different ones in a log
inline constexpr std::size_t kMaxSources = 65'000;  // different ones in a log

/// One file on its way in. Destroyed without commit, nothing of it remains.
class ImportWriter {
 public:
  virtual ~ImportWriter() = default;

  virtual std::uint32_t number() const = 0;
  /// Errors are the machine's (disk full …) and end the import. About half a microsecond for a small event.
  virtual Result<Added> add(const model::Event& event) = 0;
  /// What add would say of it now; adds nothing. For records that give several events, which count whole or
  /// not at all.
  virtual Result<Added> check(const model::Event& event) = 0;
  /// The last event that was Added.
  virtual AddedEvent added() const = 0;
  /// The row of the event with this id (an own one, no derived) and the source of the last event that was
  /// Added, be it of this import or in the log. Nothing where there is none. Some milliseconds.
  virtual Result<std::optional<RowNumber>> row_of(const std::string& id) = 0;
  /// Why the last event was Conflict or Refused, for a person.
  virtual const std::string& refusal() const = 0;
  /// Keeps a row that could not be used and counts it.
  virtual Status reject(Reject reject) = 0;
  /// Makes the file's events, all of them, durable. Afterwards the writer may only be destroyed.
  virtual Result<ImportRecord> commit(Timestamp finished) = 0;
  /// The same for live events: all that the intake took up to `position` is in the log now.
  virtual Result<ImportRecord> commit_live(Timestamp finished, std::uint64_t position) = 0;
};

/// "<12 digits>:<record>.<part>": the digits are those of the file's and the map's digest together.
std::string derived_id(const ImportHeader& header, std::uint64_t record, std::uint32_t part);
/// Whether an id looks like one of those, be it one or not.
bool may_be_derived_id(std::string_view id);

struct SourceSummary {
  std::string source;
  std::uint64_t events = 0;
  Timestamp first_event, last_event;
};
struct TypeSummary {
  std::string type;
  std::uint64_t events = 0;
};
/// What there is, for `doctor` and for "did you mean". Cost: one scan of two columns.
struct LogSummary {
  std::uint64_t events = 0;
  std::vector<SourceSummary> sources;         // by name
  std::vector<TypeSummary> types;             // by name
  std::vector<std::string> identifier_types;  // by name
  std::vector<std::string> keys, attributes;  // names, sorted
};

class EventLog {
 public:
  EventLog(std::shared_ptr<DuckDatabase> database, RejectRecords rejects);
  ~EventLog();

  /// The import of this very file with this very map, under whatever name and source, unless it was removed.
  Result<std::optional<ImportRecord>> find_import(const ImportHeader& header);
  /// Error Conflict: find_import finds it. Error Forbidden: the directory is open for reading.
  Result<std::unique_ptr<ImportWriter>> begin_import(const ImportHeader& header);
  /// All, oldest first, also those removed.
  Result<std::vector<ImportRecord>> imports();
  /// Takes back out what that file alone brought; what others brought too stays, as theirs. Error NotFound:
  /// no such import, or removed already. Invalid: it came over the network.
  Result<RemovedImport> remove_import(std::uint32_t number, Timestamp now);
  /// What it would take out; its errors.
  Result<ImportRecord> removable_import(std::uint32_t number);

  /// Whole events, in the order asked. Error NotFound: no such row. A few milliseconds for a few hundred
  /// rows.
  Result<std::vector<model::Event>> fetch(std::span<const RowNumber> rows);
  /// The rows of all events that carry the identifier, ascending.
  Result<std::vector<RowNumber>> rows_of(const model::Identifier& identifier);
  /// How many events of each type name the agent, each day (UTC) from `from` on. Any thread, as fetch. Cost:
  /// reads three columns of all events.
  struct AgentDay {
    std::string type;
    Timestamp day;
    std::uint64_t events = 0;
  };
  Result<std::vector<AgentDay>> days_of_agent(const std::string& agent, Timestamp from);
  Result<LogSummary> summary();

  /// How far the intake has come, by the live imports; 0 before any.
  Result<std::uint64_t> live_position();
  /// The dictionary that begin_import fills. It grows while an import runs; any thread may read texts, codes
  /// are found on that thread alone. Where an import is given up, codes that it gave are given anew.
  Result<std::shared_ptr<const model::Texts>> texts();

  /// Of the dictionary, once texts() was called: an identifier's number and back.
  std::optional<identity::IdentifierNumber> identifier_number(const model::Identifier& identifier) const;
  model::Identifier identifier(identity::IdentifierNumber number) const;
  /// What corrections name, whether it is there or not: source and id.
  Result<std::vector<std::pair<std::string, std::string>>> corrected_ids();

  /// The number of the last import that was committed; 0 before any. REQUIRES: imports() was called.
  std::uint32_t last_import() const;

  /// For the loader (load.h).
  const std::shared_ptr<DuckDatabase>& database() const { return database_; }

 private:
  std::shared_ptr<DuckDatabase> database_;  // shared with Texts and Customers that outlive the log
  Status load_dictionaries();

  RejectRecords rejects_;
  std::uint32_t last_import_ = 0;
  std::shared_ptr<Dictionaries> dictionaries_;  // from the first import of this process on
};

}  // namespace handslag::store
