// SPDX-License-Identifier: Apache-2.0
// Webhooks, the outbox and its marks. Recipients and their digests: notice_items.cc.
#include "io/store/notice_records.h"

#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

constexpr const char* kWebhookColumns =
    "number, version, name, url, filter, secret, previous_secret, previous_until_us, created_at_us, "
    "created_by, "
    "off_at_us, why_off, acknowledged, attempt, next_at_us, failing_since_us, last_success_us, last_error";

StoredWebhook read_webhook(const SqliteStatement& row) {
  StoredWebhook it;
  it.number = row.integer(0);
  it.version = static_cast<std::uint32_t>(row.integer(1));
  it.name = row.text(2), it.url = row.text(3), it.filter = row.text(4);
  it.secret = row.text(5), it.previous_secret = row.text(6);
  it.previous_until = row.optional_time(7);
  it.created = row.time(8);
  it.created_by = row.text(9);
  it.off = row.optional_time(10);
  it.why_off = row.text(11);
  it.acknowledged = row.integer(12);
  it.attempt = static_cast<std::uint32_t>(row.integer(13));
  it.next_at = row.optional_time(14);
  it.failing_since = row.optional_time(15);
  it.last_success = row.optional_time(16);
  it.last_error = row.text(17);
  return it;
}

void bind_webhook(SqliteStatement& statement, const StoredWebhook& it) {
  statement.bind(std::int64_t{it.version}).bind(it.name).bind(it.url).bind(it.filter).bind(it.secret);
  statement.bind(it.previous_secret).bind(it.previous_until).bind(it.created).bind(it.created_by);
  statement.bind(it.off).bind(it.why_off).bind(it.acknowledged).bind(std::int64_t{it.attempt});
  statement.bind(it.next_at).bind(it.failing_since).bind(it.last_success).bind(it.last_error);
}

Result<std::int64_t> number_of_notices(SqliteDatabase& database, const char* sql) {
  HANDSLAG_TRY(query, database.prepare(sql));
  HANDSLAG_TRY(row, query.step());
  return row ? query.integer(0) : std::int64_t{0};
}

Status run_with(SqliteDatabase& database, const char* sql, std::int64_t number) {
  HANDSLAG_TRY(statement, database.prepare(sql));
  return statement.bind(number).run();
}

OutboxLine read_notice_line(const SqliteStatement& row) {
  return {row.integer(0), row.time(1), row.text(2),    row.text(3),    row.text(4),
          row.text(5),    row.text(6), row.integer(7), row.integer(8), row.text(9)};
}

}  // namespace

Status NoticeRecords::together(const std::function<Status()>& work) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_CHECK_STATUS(work());
  return transaction.commit();
}

Result<std::vector<StoredWebhook>> NoticeRecords::webhooks() {
  HANDSLAG_TRY(rows,
               database_->prepare(
                   (std::string("SELECT ") + kWebhookColumns + " FROM webhooks ORDER BY number").c_str()));
  std::vector<StoredWebhook> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back(read_webhook(rows));
  }
}

Result<StoredWebhook> NoticeRecords::add_webhook(const StoredWebhook& webhook) {
  HANDSLAG_TRY(insert,
               database_->prepare(
                   "INSERT INTO webhooks (version, name, url, filter, secret, previous_secret, "
                   "previous_until_us, created_at_us, created_by, off_at_us, why_off, acknowledged, attempt, "
                   "next_at_us, failing_since_us, last_success_us, last_error) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  bind_webhook(insert, webhook);
  HANDSLAG_CHECK_STATUS(insert.run());
  HANDSLAG_TRY(number, number_of_notices(*database_, "SELECT last_insert_rowid()"));
  StoredWebhook added = webhook;
  added.number = number;
  return added;
}

Status NoticeRecords::put_webhook(const StoredWebhook& webhook) {
  HANDSLAG_TRY(
      update,
      database_->prepare(
          "UPDATE webhooks SET version = ?, name = ?, url = ?, filter = ?, secret = ?, previous_secret = ?, "
          "previous_until_us = ?, created_at_us = ?, created_by = ?, off_at_us = ?, why_off = ?, "
          "acknowledged = ?, attempt = ?, next_at_us = ?, failing_since_us = ?, last_success_us = ?, "
          "last_error = ? WHERE number = ?"));
  bind_webhook(update, webhook);
  return update.bind(webhook.number).run();
}

Status NoticeRecords::drop_webhook(std::int64_t number) {
  return together([&]() -> Status {
    HANDSLAG_CHECK_STATUS(run_with(*database_, "DELETE FROM webhooks WHERE number = ?", number));
    HANDSLAG_CHECK_STATUS(run_with(*database_, "DELETE FROM notice_outbox WHERE target = ?", number));
    return run_with(*database_, "DELETE FROM webhook_deliveries WHERE webhook = ?", number);
  });
}

Status NoticeRecords::add_delivery(const StoredDelivery& it) {
  HANDSLAG_TRY(insert, database_->prepare(
                           "INSERT INTO webhook_deliveries (webhook, message, type, attempt, at_us, status, "
                           "error, took_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(it.webhook).bind(it.message).bind(it.type).bind(std::int64_t{it.attempt}).bind(it.at);
  HANDSLAG_CHECK_STATUS(insert.bind(std::int64_t{it.status}).bind(it.error).bind(it.took_ms).run());
  HANDSLAG_TRY(drop, database_->prepare("DELETE FROM webhook_deliveries WHERE webhook = ?1 AND number <= "
                                        "(SELECT number FROM webhook_deliveries WHERE webhook = ?1 "
                                        "ORDER BY number DESC LIMIT 1 OFFSET ?2)"));
  return drop.bind(it.webhook).bind(kKeptDeliveries).run();
}

Result<std::vector<StoredDelivery>> NoticeRecords::deliveries(std::int64_t webhook, std::int64_t before,
                                                              std::int64_t limit) {
  HANDSLAG_TRY(rows, database_->prepare(
                         "SELECT number, webhook, message, type, attempt, at_us, status, error, took_ms "
                         "FROM webhook_deliveries WHERE webhook = ?1 AND (?2 = 0 OR number < ?2) "
                         "ORDER BY number DESC LIMIT ?3"));
  rows.bind(webhook).bind(before).bind(limit);
  std::vector<StoredDelivery> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back({rows.integer(0), rows.integer(1), rows.text(2), rows.text(3),
                     static_cast<std::uint32_t>(rows.integer(4)), rows.time(5),
                     static_cast<std::uint32_t>(rows.integer(6)), rows.text(7), rows.integer(8)});
  }
}

Status NoticeRecords::add_lines(const std::vector<OutboxLine>& lines) {
  if (lines.empty()) return {};
  HANDSLAG_TRY(
      insert,
      database_->prepare("INSERT INTO notice_outbox (at_us, kind, type, unit, promise, verdict, key, target, "
                         "data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const OutboxLine& it : lines) {
    insert.bind(it.at).bind(it.kind).bind(it.type).bind(it.unit).bind(it.promise).bind(it.verdict);
    HANDSLAG_CHECK_STATUS(insert.bind(it.key).bind(it.target).bind(it.data).run());
  }
  return {};
}

Result<std::int64_t> NoticeRecords::add_line(const OutboxLine& line) {
  HANDSLAG_CHECK_STATUS(add_lines({line}));
  return number_of_notices(*database_, "SELECT last_insert_rowid()");
}

Result<std::vector<OutboxLine>> NoticeRecords::lines_after(std::int64_t number, std::int64_t limit) {
  HANDSLAG_TRY(
      rows, database_->prepare("SELECT number, at_us, kind, type, unit, promise, verdict, key, target, data "
                               "FROM notice_outbox WHERE number > ? ORDER BY number LIMIT ?"));
  rows.bind(number).bind(limit);
  std::vector<OutboxLine> found;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return found;
    found.push_back(read_notice_line(rows));
  }
}

Result<bool> NoticeRecords::has_line(std::int64_t key) {
  HANDSLAG_TRY(query, database_->prepare("SELECT 1 FROM notice_outbox WHERE key = ? AND key <> 0 LIMIT 1"));
  return query.bind(key).step();
}

Result<std::vector<std::int64_t>> NoticeRecords::keys_after(std::int64_t number) {
  HANDSLAG_TRY(rows, database_->prepare("SELECT key FROM notice_outbox WHERE number > ? AND key <> 0"));
  rows.bind(number);
  std::vector<std::int64_t> keys;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return keys;
    keys.push_back(rows.integer(0));
  }
}

Result<std::int64_t> NoticeRecords::last_line() {
  return number_of_notices(*database_, "SELECT seq FROM sqlite_sequence WHERE name = 'notice_outbox'");
}

Result<std::int64_t> NoticeRecords::dropped_through() {
  HANDSLAG_TRY(first, number_of_notices(*database_, "SELECT min(number) FROM notice_outbox"));
  if (first > 0) return first - 1;
  return last_line();
}

Status NoticeRecords::drop_lines(Timestamp before, std::int64_t most) {
  HANDSLAG_TRY(last, last_line());
  HANDSLAG_TRY(drop, database_->prepare("DELETE FROM notice_outbox WHERE number <= ? OR at_us < ?"));
  return drop.bind(last - most).bind(before).run();
}

Status NoticeRecords::put_mark(const ToldMark& mark) {
  HANDSLAG_TRY(put, database_->prepare("INSERT OR REPLACE INTO notice_marks VALUES (?, ?, ?, ?)"));
  const std::int64_t import{mark.import};
  HANDSLAG_CHECK_STATUS(put.bind(import).bind(mark.through).bind(mark.clock).bind(mark.premises).run());
  HANDSLAG_TRY(drop, database_->prepare("DELETE FROM notice_marks WHERE import > ?1 OR import < (SELECT "
                                        "coalesce(max(import), 0) FROM notice_marks WHERE import < ?1)"));
  return drop.bind(import).run();
}

Status NoticeRecords::drop_marks_after(std::uint32_t import) {
  return run_with(*database_, "DELETE FROM notice_marks WHERE import > ?", std::int64_t{import});
}

Result<std::optional<ToldMark>> NoticeRecords::last_mark() {
  HANDSLAG_TRY(query,
               database_->prepare("SELECT import, through, clock_us, premises FROM notice_marks ORDER BY "
                                  "import DESC LIMIT 1"));
  HANDSLAG_TRY(row, query.step());
  if (!row) return std::optional<ToldMark>();
  return std::optional(
      ToldMark{static_cast<std::uint32_t>(query.integer(0)), query.integer(1), query.time(2), query.text(3)});
}

Result<std::string> NoticeRecords::token(const std::string& fresh) {
  HANDSLAG_TRY(put, database_->prepare("UPDATE notice_state SET token = ? WHERE token = ''"));
  HANDSLAG_CHECK_STATUS(put.bind(fresh).run());
  HANDSLAG_TRY(query, database_->prepare("SELECT token FROM notice_state"));
  HANDSLAG_TRY(row, query.step());
  return row ? query.text(0) : fresh;
}

}  // namespace handslag::store
