// SPDX-License-Identifier: Apache-2.0
#include "io/store/intake_rows.h"

#include <utility>

#include "io/store/event_codec.h"
#include "io/store/migrations/migrations.h"

namespace handslag::store {
namespace {

// Measured (bench/journal_bench): smaller pages cost a chain of them for each batch, larger ones a whole page
// for each commit of single events.
constexpr std::uint32_t kPageBytes = 16 * 1024;

constexpr const char* kRejectColumns =
    "SELECT number, position, received_us, kind, source, place, reason, raw, raw_cut, state, settled_at_us, "
    "settled_by, note FROM rejects ";

// Why secure_delete off: Debian's SQLite overwrites what is deleted, which here would write every batch
// twice.
constexpr const char* kSettings =
    "PRAGMA secure_delete = OFF; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16384;";

StoredIntakeReject read_reject(const SqliteStatement& row) {
  StoredIntakeReject stored;
  stored.number = static_cast<std::uint64_t>(row.integer(0));
  stored.position = static_cast<Position>(row.integer(1));
  stored.received = row.time(2);
  stored.reject = {row.text(3), row.text(4), row.text(5), row.text(6), std::string(row.bytes(7))};
  stored.reject.is_raw_cut = row.integer(8) != 0;
  stored.state = static_cast<RejectState>(row.integer(9));
  stored.settled_at = row.optional_time(10);
  stored.settled_by = row.text(11);
  stored.note = row.text(12);
  return stored;
}

// Cut between code points.
std::string_view shortened_body(std::string_view raw) {
  if (raw.size() <= kIntakeRawBytes) return raw;
  std::size_t end = kIntakeRawBytes;
  while (end > 0 && (static_cast<unsigned char>(raw[end]) & 0xC0U) == 0x80U) --end;
  return raw.substr(0, end);
}

// The file keeps its size when batches are dropped. Gives back what a day of trouble left behind, where that
// is most of the file, so that it costs little.
Status give_back_room(SqliteDatabase& database) {
  HANDSLAG_TRY(query, database.prepare("SELECT freelist_count, page_count, page_size FROM "
                                       "pragma_freelist_count, pragma_page_count, pragma_page_size"));
  HANDSLAG_TRY(row, query.step());
  if (!row) return {};
  const std::int64_t unused = query.integer(0), pages = query.integer(1), page_bytes = query.integer(2);
  query.reset();
  constexpr std::int64_t kWorthwhileBytes = 64 << 20;
  if (unused * page_bytes < kWorthwhileBytes || unused < pages / 4 * 3) return {};
  Status done = database.run("VACUUM");
  // A disk too full for the copy is no reason to refuse work.
  return !done.ok() && done.error().code == ErrorCode::Unavailable ? Status() : done;
}

// Why the inner query: it finds the numbers in an index, and only they are read.
std::string rejects_sql(const RejectFilter& filter) {
  std::string where = "WHERE number > ?";
  if (filter.state) where += " AND state = ?";
  if (filter.source) where += " AND source = ?";
  return std::string(kRejectColumns) + "WHERE number IN (SELECT number FROM rejects " + where +
         " ORDER BY number LIMIT ?) ORDER BY number";
}

// What is wrong with the bytes of a batch that should hold `count` events; empty where nothing is.
std::string damage_of(std::string_view bytes, std::int64_t count) {
  model::Event event;
  std::int64_t found = 0;
  for (std::size_t at = 0; at < bytes.size(); ++found) {
    const auto next = read_event(bytes, at, event);
    if (!next.ok()) return next.error().message;
    at = *next;
  }
  if (found == count) return {};
  return std::to_string(found) + " events where " + std::to_string(count) + " were taken in";
}

}  // namespace

Result<std::unique_ptr<IntakeRows>> IntakeRows::open(const std::string& path, SqliteMode mode) {
  HANDSLAG_TRY(database, SqliteDatabase::open(path, mode, kPageBytes));
  if (mode == SqliteMode::Write) {
    HANDSLAG_CHECK_STATUS(migrate_intake(*database));
    HANDSLAG_CHECK_STATUS(database->run(kSettings));
    HANDSLAG_CHECK_STATUS(give_back_room(*database));
  }
  HANDSLAG_TRY(insert_batch, database->prepare("INSERT INTO batches VALUES (?, ?, ?, ?)"));
  HANDSLAG_TRY(insert_reject,
               database->prepare(
                   "INSERT INTO rejects (position, received_us, kind, source, place, reason, "
                   "raw, raw_cut, file_row, state, settled_by, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, "
                   "'', '') ON CONFLICT DO NOTHING"));
  return std::unique_ptr<IntakeRows>(
      new IntakeRows(std::move(database), std::move(insert_batch), std::move(insert_reject)));
}

Result<IntakeRows::Positions> IntakeRows::positions() {
  HANDSLAG_TRY(query, database_->prepare("SELECT (SELECT min(position) FROM batches), max((SELECT "
                                         "coalesce(max(position), 0) FROM batches), through) FROM dropped"));
  HANDSLAG_TRY(row, query.step());
  if (!row) {
    return Error{ErrorCode::Corrupt, database_->path() +
                                         " does not say which positions were given; restore the data "
                                         "directory from a backup (handslag restore)"};
  }
  const auto last = static_cast<Position>(query.integer(1));
  const auto first = static_cast<Position>(query.integer(0));  // 0 where there is no row
  return Positions{first == 0 ? last + 1 : first, last};
}

Result<std::uint64_t> IntakeRows::insert(Position position, const IntakeBatch& batch) {
  insert_batch_.bind(static_cast<std::int64_t>(position)).bind(batch.received);
  insert_batch_.bind(std::int64_t{batch.count}).bind_kept(batch.events);
  HANDSLAG_CHECK_STATUS(insert_batch_.run());
  std::uint64_t kept = 0;
  for (const IntakeReject& reject : batch.rejects) {
    const std::string_view raw = shortened_body(reject.raw);
    insert_reject_.bind(static_cast<std::int64_t>(position)).bind(batch.received);
    insert_reject_.bind(reject.kind).bind(reject.source).bind(reject.place).bind(reject.reason);
    const bool is_cut = reject.is_raw_cut || raw.size() < reject.raw.size();
    insert_reject_.bind_kept(raw).bind(std::int64_t{is_cut}).bind(reject.row);
    HANDSLAG_CHECK_STATUS(insert_reject_.run());
    kept += static_cast<std::uint64_t>(database_->changes());
  }
  return kept;
}

Status IntakeRows::drop(Position slice, Position through) {
  HANDSLAG_TRY(remove, database_->prepare("DELETE FROM batches WHERE position <= ?"));
  HANDSLAG_CHECK_STATUS(remove.bind(static_cast<std::int64_t>(slice)).run());
  HANDSLAG_TRY(note, database_->prepare("UPDATE dropped SET through = max(through, ?)"));
  return note.bind(static_cast<std::int64_t>(through)).run();
}

Status IntakeRows::each_from(
    Position first, const std::function<Status(Position, Timestamp, std::string_view events)>& take) {
  HANDSLAG_TRY(query,
               database_->prepare("SELECT position, received_us, bytes FROM batches WHERE position >= ? "
                                  "ORDER BY position"));
  query.bind(static_cast<std::int64_t>(first));
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return {};
    HANDSLAG_CHECK_STATUS(take(static_cast<Position>(query.integer(0)), query.time(1), query.bytes(2)));
  }
}

Result<std::vector<StoredIntakeReject>> IntakeRows::rejects(const RejectFilter& filter, std::uint64_t after,
                                                            std::uint32_t limit) {
  HANDSLAG_TRY(query, database_->prepare(rejects_sql(filter).c_str()));
  query.bind(static_cast<std::int64_t>(after));
  if (filter.state) query.bind(static_cast<std::int64_t>(*filter.state));
  if (filter.source) query.bind(*filter.source);
  query.bind(std::int64_t{limit});
  std::vector<StoredIntakeReject> found;
  for (std::size_t bytes = 0; bytes < kRejectsReadBytes; bytes += found.back().reject.raw.size()) {
    HANDSLAG_TRY(row, query.step());
    if (!row) break;
    found.push_back(read_reject(query));
  }
  return found;
}

Result<StoredIntakeReject> IntakeRows::reject(std::uint64_t number) {
  HANDSLAG_TRY(query, database_->prepare((std::string(kRejectColumns) + "WHERE number = ?").c_str()));
  query.bind(static_cast<std::int64_t>(number));
  HANDSLAG_TRY(row, query.step());
  if (!row) return not_found("there is no rejected event with the number " + std::to_string(number));
  return read_reject(query);
}

Status IntakeRows::settle(std::uint64_t number, const RejectSettlement& settlement) {
  HANDSLAG_CHECK(settlement.how != RejectState::Waiting, "settled means replayed or dismissed");
  HANDSLAG_TRY(stored, reject(number));
  if (stored.state != RejectState::Waiting) {
    return Error{ErrorCode::Conflict, "the rejected event " + std::to_string(number) + " was " +
                                          (stored.state == RejectState::Replayed ? "replayed" : "dismissed") +
                                          " already, on " + format_rfc3339(*stored.settled_at)};
  }
  HANDSLAG_TRY(update, database_->prepare("UPDATE rejects SET state = ?, settled_at_us = ?, settled_by = ?, "
                                          "note = ? WHERE number = ?"));
  update.bind(static_cast<std::int64_t>(settlement.how)).bind(settlement.at).bind(settlement.by);
  return update.bind(settlement.note).bind(static_cast<std::int64_t>(number)).run();
}

Result<std::vector<RejectCounts>> IntakeRows::reject_counts() {
  HANDSLAG_TRY(query, database_->prepare("SELECT source, sum(state = 0), sum(state = 1), sum(state = 2) FROM "
                                         "rejects GROUP BY source ORDER BY source"));
  std::vector<RejectCounts> counts;
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return counts;
    counts.push_back({query.text(0), static_cast<std::uint64_t>(query.integer(1)),
                      static_cast<std::uint64_t>(query.integer(2)),
                      static_cast<std::uint64_t>(query.integer(3))});
  }
}

Result<std::uint64_t> IntakeRows::waiting_rejects() {
  HANDSLAG_TRY(query, database_->prepare("SELECT count(*) FROM rejects WHERE state = 0"));
  HANDSLAG_CHECK_STATUS(query.step());
  return static_cast<std::uint64_t>(query.integer(0));
}

Status inspect_intake(const std::string& path, SqliteMode mode, std::vector<std::string>& damage) {
  HANDSLAG_TRY(database, SqliteDatabase::open(path, mode));
  HANDSLAG_TRY(check, database->prepare("PRAGMA integrity_check"));
  while (true) {
    HANDSLAG_TRY(row, check.step());
    if (!row) break;
    if (check.text(0) != "ok") damage.push_back("intake: " + check.text(0));
  }
  HANDSLAG_TRY(batches, database->prepare("SELECT position, events, bytes FROM batches ORDER BY position"));
  while (true) {
    HANDSLAG_TRY(row, batches.step());
    if (!row) return {};
    const std::string found = damage_of(batches.bytes(2), batches.integer(1));
    if (!found.empty()) damage.push_back("intake: batch " + batches.text(0) + ": " + found);
  }
}

}  // namespace handslag::store
