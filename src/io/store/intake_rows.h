// SPDX-License-Identifier: Apache-2.0
// What the intake journal stores, as values and as rows of DIR/intake.sqlite. The values are for everybody;
// the class IntakeRows is not: use IntakeJournal (intake_journal.h), which writes many requests in one
// commit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {

/// The number of a stored batch: from 1, ascending, never given twice.
using Position = std::uint64_t;

/// What came in and could not be used.
struct IntakeReject {
  std::string kind;    // how it came, which says how it is replayed: "segment", "events", "hook:zendesk"
  std::string source;  // empty where none could be told
  std::string place;   // JSON pointer to what is at fault; empty: all of it
  std::string reason;  // for people; names the remedy
  std::string raw;     // as it came; kept whole up to kIntakeRawBytes
  /// Of a row of a file, which row of which file it is; empty where it came as an event. A row of a file that
  /// is sent again, with the same fault at the same place, is kept once, whatever became of it.
  std::string row = {};
  bool is_raw_cut = false;  // there was more of `raw`, so it cannot be replayed as it is
};
inline constexpr std::size_t kIntakeRawBytes = 256 * 1024;

/// What one request brought.
struct IntakeBatch {
  Timestamp received;
  std::string events;       // event_codec.h
  std::uint32_t count = 0;  // how many they are
  std::vector<IntakeReject> rejects;
};

/// Written to disk; never renumber.
enum class RejectState : std::uint8_t { Waiting = 0, Replayed = 1, Dismissed = 2 };

struct StoredIntakeReject {
  std::uint64_t number = 0;  // from 1, in the order in which they came
  Position position = 0;     // of the batch that it came with
  Timestamp received;
  IntakeReject reject;
  RejectState state = RejectState::Waiting;
  std::optional<Timestamp> settled_at;  // by whom, when and why it was replayed or dismissed
  std::string settled_by, note;
};

/// So many bytes of `raw` are read at once, and what is left of the last.
inline constexpr std::size_t kRejectsReadBytes = 4 << 20;

struct RejectFilter {
  std::optional<RejectState> state;
  std::optional<std::string> source;
};

struct RejectCounts {
  std::string source;
  std::uint64_t waiting = 0, replayed = 0, dismissed = 0;
};

struct RejectSettlement {
  RejectState how = RejectState::Dismissed;  // Replayed or Dismissed
  std::string by;
  Timestamp at;
  std::string note;
};

/// Statements over one connection. One thread at a time. Transactions are the caller's.
class IntakeRows {
 public:
  /// For writing: made, and brought up to date, where need be. For reading: must exist in this layout.
  static Result<std::unique_ptr<IntakeRows>> open(const std::string& path, SqliteMode mode);

  struct Positions {
    Position first = 1;  // none of the rows lies before
    Position last = 0;   // the last that was ever given out
  };
  Result<Positions> positions();
  /// How many of its rejects were not there yet.
  Result<std::uint64_t> insert(Position position, const IntakeBatch& batch);
  /// Deletes batches up to `slice`, and notes that positions up to `through` were given out.
  Status drop(Position slice, Position through);
  Status each_from(Position first,
                   const std::function<Status(Position, Timestamp, std::string_view events)>& take);

  Result<std::vector<StoredIntakeReject>> rejects(const RejectFilter& filter, std::uint64_t after,
                                                  std::uint32_t limit);
  Result<StoredIntakeReject> reject(std::uint64_t number);
  Status settle(std::uint64_t number, const RejectSettlement& settlement);
  Result<std::vector<RejectCounts>> reject_counts();
  Result<std::uint64_t> waiting_rejects();

  SqliteDatabase& database() { return *database_; }

 private:
  IntakeRows(std::unique_ptr<SqliteDatabase> database, SqliteStatement insert_batch,
             SqliteStatement insert_reject)
      : database_(std::move(database)),
        insert_batch_(std::move(insert_batch)),
        insert_reject_(std::move(insert_reject)) {}

  std::unique_ptr<SqliteDatabase> database_;
  SqliteStatement insert_batch_, insert_reject_;
};

/// Reads everything in the file once and adds what is damaged to `damage`, a line each. `mode` as it may be
/// read.
Status inspect_intake(const std::string& path, SqliteMode mode, std::vector<std::string>& damage);

}  // namespace handslag::store
