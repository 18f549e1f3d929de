// SPDX-License-Identifier: Apache-2.0
// Records of registers (cases, commitments, decisions, …), in DIR/records.sqlite. What a register's fields
// and states mean is not known here: values are a JSON text, and the columns are those that lists ask for.
//
// 1. A record and its history are written together, in one durable transaction with the events that came of
//    the change. A record's version counts its changes from 1.
// 2. The history only grows: the database itself refuses to change or delete a line of it, or to delete a
//    record.
// 3. Numbers are given from 1, across all registers, and never twice. A record's id is "REGISTER-NUMBER".
// 4. An event stays in the outbox until it is said to be sent, so a crash in between sends it twice, with the
//    same id, and never loses it.
//
// One thread; all of one DataDirectory share one connection.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "pure/model/event.h"

namespace handslag::store {

class SqliteDatabase;

struct RegisterRecord {
  std::uint64_t number = 0;
  std::string id, register_id;
  std::uint32_t version = 0;
  std::string state, title;
  std::string owner, unit, creator;  // empty: none
  Timestamp created_at, changed_at;
  Timestamp state_since;  // when it came into its state
  Timestamp heard_at;     // the last change by a person
  std::optional<Timestamp> due;
  std::optional<Timestamp> look_at;  // when the clock is to look at it next
  std::uint32_t told = 0;            // what the clock has told since heard_at, a bit each
  std::string values;                // a JSON object
  std::string search;                // the text that it is found by, folded by the caller
  std::string unique_key;            // no two of a register have the same; empty: none
};

/// One line of a record's history.
struct RegisterChange {
  std::string record;
  std::uint32_t version = 0;
  Timestamp at;
  std::string by, by_name;  // who; the name as it was then
  std::string action;       // "created", "changed", "moved", "commented", "escalated", "overdue", "undone"
  std::string from_state, to_state;  // alike where it stayed
  std::string comment;
  std::string details;  // a JSON array: what was, and what is
};

struct RegisterLink {
  std::string from, field, to;  // ids of records; the field is of `from`
  friend auto operator<=>(const RegisterLink&, const RegisterLink&) = default;
};

/// A new record, or the next version of one.
struct RegisterWrite {
  RegisterRecord record;
  std::vector<model::Identifier> customer;  // all of them
  std::vector<RegisterLink> links;          // all that begin here
  RegisterChange change;
  std::vector<std::string> events;   // as JSON texts, for the outbox
  std::vector<std::string> notices;  // occasions that the record's unit is to hear of (notice_records.h)
};

enum class RegisterOrder : std::uint8_t { Newest, Due };

/// What is empty asks for nothing.
struct RegisterFilter {
  std::string register_id;
  std::vector<std::string> states;
  std::string owner, unit, creator;
  std::optional<Timestamp> due_before;
  std::vector<model::Identifier> customer;  // any of them
  std::string text;                         // part of `search`, folded likewise
  std::string leads_to;                     // records with a link to this one
  std::string field, field_value;           // whose text in this field (a-z, 0-9, _) is this; neither or both
  RegisterOrder order = RegisterOrder::Newest;
  std::string cursor;  // of an earlier page of the same order
};

struct RegisterPage {
  std::vector<RegisterRecord> records;
  std::string cursor;  // for the next page; empty: this was the last
};

/// How many of a register are alike in these.
struct RegisterCount {
  std::string state, unit;
  bool is_creator = false, is_owner = false;  // of the person asked about
  std::uint64_t records = 0, past_due = 0;
};

struct RegisterEvent {
  std::uint64_t number = 0;
  std::string json;
};

inline constexpr std::uint32_t kMaxRegisterVersions = 10'000;  // changes of one record

class RegisterRecords {
 public:
  explicit RegisterRecords(SqliteDatabase& database) : database_(database) {}  // keeps it
  /// With a connection of its own, for another thread than the directory's.
  explicit RegisterRecords(std::shared_ptr<SqliteDatabase> own) : own_(std::move(own)), database_(*own_) {}

  /// The number that the next new record takes.
  Result<std::uint64_t> next_number();
  /// Writes a new record (version 1) or the next version of one. Conflict: the stored version is not the one
  /// before, or another record has the same unique key. Limit: kMaxRegisterVersions.
  Status write(const RegisterWrite& change) { return write(std::span(&change, 1)); }
  /// All of them, in their order, or none. Errors as above.
  Status write(std::span<const RegisterWrite> changes);

  /// NotFound names the id.
  Result<RegisterRecord> find(const std::string& id);
  /// The id of the record with this key; empty where there is none.
  Result<std::string> find_unique(const std::string& register_id, const std::string& unique_key);
  /// Newest first; or by due time, those without one last. Invalid: the cursor is not one of ours.
  Result<RegisterPage> list(const RegisterFilter& filter, std::uint64_t limit);
  /// `person`: about whom is_creator and is_owner are; past_due: due before `now`.
  Result<std::vector<RegisterCount>> counts(const std::string& register_id, const std::string& person,
                                            Timestamp now);
  /// Newest first, versions below `before` (0: all).
  Result<std::vector<RegisterChange>> history(const std::string& id, std::uint32_t before,
                                              std::uint64_t limit);
  /// In the order of (field, record).
  Result<std::vector<RegisterLink>> links_from(const std::string& id, std::uint64_t limit);
  Result<std::vector<RegisterLink>> links_to(const std::string& id, std::uint64_t limit);
  Result<std::vector<model::Identifier>> customer(const std::string& id);

  /// Records whose look_at has passed, earliest first.
  Result<std::vector<RegisterRecord>> to_look_at(Timestamp now, std::uint64_t limit);
  /// When the clock is to look next; nothing where no record waits.
  Result<std::optional<Timestamp>> next_look();

  /// Changes that time alone; no line of history.
  Status set_look(std::uint64_t number, std::optional<Timestamp> look_at);

  /// Events not yet said to be sent, numbered above `after`, in the order of their making.
  Result<std::vector<RegisterEvent>> unsent(std::uint64_t after, std::uint64_t limit);
  /// Takes them out of the outbox.
  Status sent(std::span<const std::uint64_t> numbers);

 private:
  Status write_one(const RegisterWrite& change);

  std::shared_ptr<SqliteDatabase> own_;
  SqliteDatabase& database_;
};

}  // namespace handslag::store
