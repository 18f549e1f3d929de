// SPDX-License-Identifier: Apache-2.0
// What is to be told outside the house, as it lies in DIR/records.sqlite: webhooks, a unit's recipients, the
// outbox, and how far each has been told. What a change or a filter means is not known here
// (src/app/notices).
//
// 1. A line of the outbox has a number, from 1, never given twice. Whoever is told of lines goes by numbers.
// 2. Marks say up to which position of the event log, and up to which instant of the clock, everything that
//    happened stands in the outbox: two of them, because the log may fail to commit after the later one.
//
// Every function is one durable transaction, unless it runs within together(). One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

class SqliteDatabase;

struct StoredWebhook {
  std::int64_t number = 0;  // given at adding, never twice
  std::uint32_t version = 1;
  std::string name, url;
  std::string filter;           // JSON
  std::string secret;           // whsec_…
  std::string previous_secret;  // signs too until `previous_until`; empty: none
  std::optional<Timestamp> previous_until;
  Timestamp created;
  std::string created_by;
  std::optional<Timestamp> off;  // since when nothing is sent
  std::string why_off;
  std::int64_t acknowledged = 0;  // lines of the outbox up to here are told, or not for it
  std::uint32_t attempt = 0;      // failures in a row
  std::optional<Timestamp> next_at, failing_since, last_success;
  std::string last_error;
};

/// One attempt to send one message.
struct StoredDelivery {
  std::int64_t number = 0;
  std::int64_t webhook = 0;
  std::string message, type;  // webhook-id; "verdict.changed"
  std::uint32_t attempt = 0;  // from 1
  Timestamp at;
  std::uint32_t status = 0;  // HTTP; 0: no answer
  std::string error;         // empty: it went well
  std::int64_t took_ms = 0;
};
inline constexpr std::int64_t kKeptDeliveries = 500;  // of a webhook

struct OutboxLine {
  std::int64_t number = 0;
  Timestamp at;
  std::string kind, type;  // "verdict"; "verdict.changed"
  std::string unit, promise, verdict;
  std::int64_t key = 0;     // alike for the same change told twice; 0: never compared
  std::int64_t target = 0;  // the one webhook that it is for; 0: whoever's filter it passes
  std::string data;         // JSON
};

struct ToldMark {
  std::uint32_t import = 0;  // the event log's last
  std::int64_t through = 0;  // line of the outbox
  Timestamp clock;
  std::string premises;  // what verdicts rested on besides events (app/watch/premises.h)
};

/// What one recipient is to be told in her next digest, or has been told.
struct DigestItem {
  /// Stored; never renumber.
  enum class State : std::uint8_t { Waiting = 0, Told = 1, Broken = 2, BrokenTold = 3 };
  std::int64_t number = 0;
  std::string unit, recipient, kind;  // kind: "warning", "notice"
  std::int64_t key = 0;               // of the instance, or of the record and what happened to it
  Timestamp at, due = kNoTime;
  State state = State::Waiting;
  std::string data;  // JSON
};

/// How many wait.
struct UntoldItems {
  std::uint64_t broken = 0, near = 0, notices = 0;
  std::uint64_t all() const { return broken + near + notices; }
};

struct StoredRecipients {
  std::string unit;
  std::uint32_t version = 0;
  std::string recipients;  // JSON
  Timestamp set_at;
  std::string set_by;
};

/// How the digests of one recipient go.
struct DigestProgress {
  std::string unit, recipient;
  std::optional<Timestamp> last_sent, next_at;  // next_at: after a failure
  std::uint32_t attempt = 0;
  std::string error;
  std::string mail;  // made and not sent yet, a whole message; empty: none
};

/// A register's record did something that somebody is to hear of.
struct RegisterNotice {
  std::int64_t number = 0;
  std::string record, register_id, unit, occasion;
  Timestamp at;
};

class NoticeRecords {
 public:
  explicit NoticeRecords(std::shared_ptr<SqliteDatabase> database) : database_(std::move(database)) {}

  /// All that `work` writes, or nothing. Not within another.
  Status together(const std::function<Status()>& work);

  Result<std::vector<StoredWebhook>> webhooks();
  /// With the number it was given.
  Result<StoredWebhook> add_webhook(const StoredWebhook& webhook);
  Status put_webhook(const StoredWebhook& webhook);
  /// With its deliveries, and the lines that are for it alone.
  Status drop_webhook(std::int64_t number);
  Status add_delivery(const StoredDelivery& delivery);
  /// Newest first, older than `before` (0: all).
  Result<std::vector<StoredDelivery>> deliveries(std::int64_t webhook, std::int64_t before,
                                                 std::int64_t limit);

  Status add_lines(const std::vector<OutboxLine>& lines);
  /// With the number it was given.
  Result<std::int64_t> add_line(const OutboxLine& line);
  /// After `number`, oldest first.
  Result<std::vector<OutboxLine>> lines_after(std::int64_t number, std::int64_t limit);
  Result<bool> has_line(std::int64_t key);
  /// Keys of lines after `number`.
  Result<std::vector<std::int64_t>> keys_after(std::int64_t number);
  /// The last number ever given; 0 before any.
  Result<std::int64_t> last_line();
  /// The last number that has been dropped; 0: none.
  Result<std::int64_t> dropped_through();
  /// Drops lines older than `before`, and the oldest beyond the `most` newest.
  Status drop_lines(Timestamp before, std::int64_t most);

  /// Keeps this one and the one of the import before.
  Status put_mark(const ToldMark& mark);
  /// Of imports that the log has not committed.
  Status drop_marks_after(std::uint32_t import);
  Result<std::optional<ToldMark>> last_mark();
  /// Eight letters and digits that tell this installation from others.
  Result<std::string> token(const std::string& fresh);

  /// Empty recipients and version 0 where none were ever set.
  Result<StoredRecipients> recipients(const std::string& unit);
  Result<std::vector<StoredRecipients>> all_recipients();
  Status put_recipients(const StoredRecipients& recipients);

  /// Nothing where she has one of this kind and key already.
  Status add_item(const DigestItem& item);
  /// Of all recipients: a waiting or told one of this key is broken now.
  Status break_items(std::int64_t key);
  /// Of all recipients: nothing is owed any more; what was not told is dropped.
  Status settle_items(std::int64_t key);
  /// Waiting or broken: what was or is due first stands first, what has no due time last.
  Result<std::vector<DigestItem>> untold_items(const std::string& unit, const std::string& recipient,
                                               std::int64_t limit);
  /// Keys of all items of instances.
  Result<std::vector<std::int64_t>> item_keys();
  /// All that waits for her.
  Status mark_told(const std::string& unit, const std::string& recipient);
  /// Those that were due, or happened, before, told or not.
  Status drop_items(Timestamp before);
  /// Of a recipient who is no more.
  Status drop_recipient(const std::string& unit, const std::string& recipient);
  /// Of one recipient; of all where both are empty.
  Result<UntoldItems> count_untold(const std::string& unit, const std::string& recipient);
  /// When the first of those that wait was found; nothing where none waits.
  Result<std::optional<Timestamp>> first_untold(const std::string& unit, const std::string& recipient);

  Result<std::vector<DigestProgress>> progress();
  Status put_progress(const DigestProgress& progress);

  /// Written with the change itself (register_records.h); oldest first.
  Result<std::vector<RegisterNotice>> register_notices(std::int64_t limit);
  Status drop_register_notices(std::int64_t through);

 private:
  std::shared_ptr<SqliteDatabase> database_;
};

}  // namespace handslag::store
