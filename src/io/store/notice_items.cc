// SPDX-License-Identifier: Apache-2.0
// A unit's recipients, and what each is to be told in a digest.
#include "io/store/notice_records.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

using State = DigestItem::State;

constexpr std::int64_t number_of(State state) {
  return static_cast<std::int64_t>(state);
}

std::optional<Timestamp> known(Timestamp time) {
  return time == kNoTime ? std::nullopt : std::optional(time);
}

DigestItem read_item(const SqliteStatement& row) {
  DigestItem it;
  it.number = row.integer(0);
  it.unit = row.text(1), it.recipient = row.text(2), it.kind = row.text(3);
  it.key = row.integer(4);
  it.at = row.time(5);
  it.due = row.optional_time(6).value_or(kNoTime);
  it.state = static_cast<State>(row.integer(7));
  it.data = row.text(8);
  return it;
}

StoredRecipients read_recipients(const SqliteStatement& row) {
  return {row.text(0), static_cast<std::uint32_t>(row.integer(1)), row.text(2), row.time(3), row.text(4)};
}

}  // namespace

Result<StoredRecipients> NoticeRecords::recipients(const std::string& unit) {
  HANDSLAG_TRY(query,
               database_->prepare("SELECT unit, version, recipients, set_at_us, set_by FROM unit_recipients "
                                  "WHERE unit = ?"));
  HANDSLAG_TRY(row, query.bind(unit).step());
  if (!row) return StoredRecipients{unit, 0, "[]", {}, {}};
  return read_recipients(query);
}

Result<std::vector<StoredRecipients>> NoticeRecords::all_recipients() {
  HANDSLAG_TRY(rows,
               database_->prepare("SELECT unit, version, recipients, set_at_us, set_by FROM unit_recipients "
                                  "ORDER BY unit"));
  std::vector<StoredRecipients> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back(read_recipients(rows));
  }
}

Status NoticeRecords::put_recipients(const StoredRecipients& it) {
  HANDSLAG_TRY(put, database_->prepare("INSERT OR REPLACE INTO unit_recipients VALUES (?, ?, ?, ?, ?)"));
  return put.bind(it.unit)
      .bind(std::int64_t{it.version})
      .bind(it.recipients)
      .bind(it.set_at)
      .bind(it.set_by)
      .run();
}

Status NoticeRecords::add_item(const DigestItem& it) {
  HANDSLAG_TRY(insert,
               database_->prepare("INSERT OR IGNORE INTO digest_items (unit, recipient, kind, key, at_us, "
                                  "due_us, state, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(it.unit).bind(it.recipient).bind(it.kind).bind(it.key).bind(it.at).bind(known(it.due));
  return insert.bind(number_of(it.state)).bind(it.data).run();
}

Status NoticeRecords::break_items(std::int64_t key) {
  HANDSLAG_TRY(update,
               database_->prepare("UPDATE digest_items SET state = ?1 WHERE key = ?2 AND kind = 'warning' "
                                  "AND state IN (?3, ?4)"));
  update.bind(number_of(State::Broken)).bind(key).bind(number_of(State::Waiting));
  return update.bind(number_of(State::Told)).run();
}

Status NoticeRecords::settle_items(std::int64_t key) {
  HANDSLAG_TRY(
      drop, database_->prepare("DELETE FROM digest_items WHERE key = ? AND kind = 'warning' AND state = ?"));
  HANDSLAG_CHECK_STATUS(drop.bind(key).bind(number_of(State::Waiting)).run());
  HANDSLAG_TRY(mend,
               database_->prepare("UPDATE digest_items SET state = ? WHERE key = ? AND kind = 'warning' "
                                  "AND state = ?"));
  return mend.bind(number_of(State::BrokenTold)).bind(key).bind(number_of(State::Broken)).run();
}

Result<std::vector<DigestItem>> NoticeRecords::untold_items(const std::string& unit,
                                                            const std::string& recipient,
                                                            std::int64_t limit) {
  HANDSLAG_TRY(rows,
               database_->prepare("SELECT number, unit, recipient, kind, key, at_us, due_us, state, data "
                                  "FROM digest_items WHERE unit = ? AND recipient = ? AND state IN (0, 2) "
                                  "ORDER BY due_us IS NULL, due_us, number LIMIT ?"));
  rows.bind(unit).bind(recipient).bind(limit);
  std::vector<DigestItem> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back(read_item(rows));
  }
}

Result<std::vector<std::int64_t>> NoticeRecords::item_keys() {
  HANDSLAG_TRY(rows, database_->prepare("SELECT DISTINCT key FROM digest_items WHERE kind = 'warning'"));
  std::vector<std::int64_t> keys;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return keys;
    keys.push_back(rows.integer(0));
  }
}

Status NoticeRecords::mark_told(const std::string& unit, const std::string& recipient) {
  HANDSLAG_TRY(
      update, database_->prepare("UPDATE digest_items SET state = state + 1 WHERE unit = ? AND recipient = ? "
                                 "AND state IN (0, 2)"));
  return update.bind(unit).bind(recipient).run();
}

Status NoticeRecords::drop_items(Timestamp before) {
  HANDSLAG_TRY(
      drop, database_->prepare("DELETE FROM digest_items WHERE at_us < ?1 AND coalesce(due_us, at_us) < ?1"));
  return drop.bind(before).run();
}

Status NoticeRecords::drop_recipient(const std::string& unit, const std::string& recipient) {
  HANDSLAG_TRY(items, database_->prepare("DELETE FROM digest_items WHERE unit = ? AND recipient = ?"));
  HANDSLAG_CHECK_STATUS(items.bind(unit).bind(recipient).run());
  HANDSLAG_TRY(progress, database_->prepare("DELETE FROM digest_progress WHERE unit = ? AND recipient = ?"));
  return progress.bind(unit).bind(recipient).run();
}

Result<UntoldItems> NoticeRecords::count_untold(const std::string& unit, const std::string& recipient) {
  HANDSLAG_TRY(query,
               database_->prepare("SELECT coalesce(sum(kind = 'warning' AND state = 2), 0), "
                                  "coalesce(sum(kind = 'warning' AND state = 0), 0), "
                                  "coalesce(sum(kind = 'notice'), 0) FROM digest_items WHERE state IN (0, 2) "
                                  "AND (?1 = '' OR unit = ?1) AND (?2 = '' OR recipient = ?2)"));
  HANDSLAG_TRY(row, query.bind(unit).bind(recipient).step());
  if (!row) return UntoldItems{};
  const auto count = [&](int column) { return static_cast<std::uint64_t>(query.integer(column)); };
  return UntoldItems{count(0), count(1), count(2)};
}

Result<std::optional<Timestamp>> NoticeRecords::first_untold(const std::string& unit,
                                                             const std::string& recipient) {
  HANDSLAG_TRY(query,
               database_->prepare("SELECT min(at_us) FROM digest_items WHERE unit = ? AND recipient = ? AND "
                                  "state IN (0, 2)"));
  HANDSLAG_TRY(row, query.bind(unit).bind(recipient).step());
  return row ? query.optional_time(0) : std::optional<Timestamp>();
}

Result<std::vector<DigestProgress>> NoticeRecords::progress() {
  HANDSLAG_TRY(rows,
               database_->prepare("SELECT unit, recipient, last_sent_us, next_at_us, attempt, error, mail "
                                  "FROM digest_progress ORDER BY unit, recipient"));
  std::vector<DigestProgress> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back({rows.text(0), rows.text(1), rows.optional_time(2), rows.optional_time(3),
                     static_cast<std::uint32_t>(rows.integer(4)), rows.text(5), rows.text(6)});
  }
}

Status NoticeRecords::put_progress(const DigestProgress& it) {
  HANDSLAG_TRY(put,
               database_->prepare("INSERT OR REPLACE INTO digest_progress VALUES (?, ?, ?, ?, ?, ?, ?)"));
  put.bind(it.unit).bind(it.recipient).bind(it.last_sent).bind(it.next_at).bind(std::int64_t{it.attempt});
  return put.bind(it.error).bind(it.mail).run();
}

Result<std::vector<RegisterNotice>> NoticeRecords::register_notices(std::int64_t limit) {
  HANDSLAG_TRY(
      rows, database_->prepare("SELECT number, record, register, unit, occasion, at_us FROM register_notices "
                               "ORDER BY number LIMIT ?"));
  rows.bind(limit);
  std::vector<RegisterNotice> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.time(5)});
  }
}

Status NoticeRecords::drop_register_notices(std::int64_t through) {
  HANDSLAG_TRY(drop, database_->prepare("DELETE FROM register_notices WHERE number <= ?"));
  return drop.bind(through).run();
}

}  // namespace handslag::store
