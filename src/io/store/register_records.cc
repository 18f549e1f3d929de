// SPDX-License-Identifier: Apache-2.0
#include "io/store/register_records.h"

#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

// In the order of read_record(); the number of columns is that of kInsert's parameters.
constexpr const char* kColumns =
    "number, id, register, version, state, title, owner, unit, creator, created_at_us, changed_at_us, "
    "state_since_us, heard_at_us, due_us, look_at_us, told, \"values\", search, unique_key";

RegisterRecord read_record(const SqliteStatement& row) {
  RegisterRecord record;
  record.number = static_cast<std::uint64_t>(row.integer(0));
  record.id = row.text(1);
  record.register_id = row.text(2);
  record.version = static_cast<std::uint32_t>(row.integer(3));
  record.state = row.text(4);
  record.title = row.text(5);
  record.owner = row.text(6);
  record.unit = row.text(7);
  record.creator = row.text(8);
  record.created_at = row.time(9);
  record.changed_at = row.time(10);
  record.state_since = row.time(11);
  record.heard_at = row.time(12);
  record.due = row.optional_time(13);
  record.look_at = row.optional_time(14);
  record.told = static_cast<std::uint32_t>(row.integer(15));
  record.values = row.text(16);
  record.search = row.text(17);
  record.unique_key = row.text(18);
  return record;
}

RegisterChange read_change(const SqliteStatement& row) {
  return {row.text(0), static_cast<std::uint32_t>(row.integer(1)),
          row.time(2), row.text(3),
          row.text(4), row.text(5),
          row.text(6), row.text(7),
          row.text(8), row.text(9)};
}

template <typename Row, typename Read>
Result<std::vector<Row>> read_all(SqliteStatement& rows, Read read) {
  std::vector<Row> found;
  while (true) {
    HANDSLAG_TRY(there, rows.step());
    if (!there) return found;
    found.push_back(read(rows));
  }
}

// A transaction holds the write lock, so what is read here stands until the commit.
Status check_version(SqliteDatabase& database, const RegisterRecord& record) {
  HANDSLAG_TRY(query, database.prepare("SELECT version FROM register_records WHERE number = ?"));
  query.bind(static_cast<std::int64_t>(record.number));
  HANDSLAG_TRY(found, query.step());
  const std::uint32_t stored = found ? static_cast<std::uint32_t>(query.integer(0)) : 0;
  if (record.version > kMaxRegisterVersions) {
    return over_limit(record.id + " has been changed " + std::to_string(stored) +
                      " times, which is the most; make a new one and link it");
  }
  if (stored + 1 == record.version) return {};
  return Error{ErrorCode::Conflict, record.id +
                                        " has been changed by somebody else meanwhile (it is version " +
                                        std::to_string(stored) + "); read it again, then change it"};
}

Status put_record(SqliteDatabase& database, const RegisterRecord& it) {
  HANDSLAG_TRY(insert, database.prepare(
                           (std::string("INSERT INTO register_records (") + kColumns +
                            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT "
                            "(number) DO UPDATE SET version = excluded.version, state = excluded.state, "
                            "title = excluded.title, owner = excluded.owner, unit = excluded.unit, "
                            "changed_at_us = excluded.changed_at_us, state_since_us = "
                            "excluded.state_since_us, heard_at_us = excluded.heard_at_us, due_us = "
                            "excluded.due_us, look_at_us = excluded.look_at_us, told = excluded.told, "
                            "\"values\" = excluded.\"values\", search = excluded.search, unique_key = "
                            "excluded.unique_key")
                               .c_str()));
  insert.bind(static_cast<std::int64_t>(it.number)).bind(it.id).bind(it.register_id);
  insert.bind(std::int64_t{it.version}).bind(it.state).bind(it.title).bind(it.owner).bind(it.unit);
  insert.bind(it.creator).bind(it.created_at).bind(it.changed_at).bind(it.state_since).bind(it.heard_at);
  insert.bind(it.due).bind(it.look_at).bind(std::int64_t{it.told}).bind(it.values).bind(it.search);
  insert.bind(it.unique_key);
  return insert.run();
}

Status put_customer(SqliteDatabase& database, std::int64_t number,
                    const std::vector<model::Identifier>& customer) {
  HANDSLAG_TRY(remove, database.prepare("DELETE FROM register_customers WHERE record = ?"));
  HANDSLAG_CHECK_STATUS(remove.bind(number).run());
  HANDSLAG_TRY(insert, database.prepare("INSERT OR IGNORE INTO register_customers VALUES (?, ?, ?)"));
  for (const model::Identifier& it : customer) {
    HANDSLAG_CHECK_STATUS(insert.bind(it.type).bind(it.value).bind(number).run());
  }
  return {};
}

Status put_links(SqliteDatabase& database, const std::string& id, const std::vector<RegisterLink>& links) {
  HANDSLAG_TRY(remove, database.prepare("DELETE FROM register_links WHERE from_id = ?"));
  HANDSLAG_CHECK_STATUS(remove.bind(std::string_view(id)).run());
  HANDSLAG_TRY(insert, database.prepare("INSERT OR IGNORE INTO register_links VALUES (?, ?, ?)"));
  for (const RegisterLink& it : links) {
    HANDSLAG_CHECK_STATUS(insert.bind(it.from).bind(it.field).bind(it.to).run());
  }
  return {};
}

Status add_change(SqliteDatabase& database, const RegisterChange& it) {
  HANDSLAG_TRY(insert,
               database.prepare("INSERT INTO register_changes (record, version, at_us, by_id, by_name, "
                                "action, from_state, to_state, comment, details) VALUES (?, ?, ?, ?, ?, "
                                "?, ?, ?, ?, ?)"));
  insert.bind(it.record).bind(std::int64_t{it.version}).bind(it.at).bind(it.by).bind(it.by_name);
  insert.bind(it.action).bind(it.from_state).bind(it.to_state).bind(it.comment).bind(it.details);
  return insert.run();
}

Status add_notices(SqliteDatabase& database, const RegisterWrite& change) {
  if (change.notices.empty()) return {};
  HANDSLAG_TRY(insert,
               database.prepare("INSERT INTO register_notices (record, register, unit, occasion, at_us) "
                                "VALUES (?, ?, ?, ?, ?)"));
  for (const std::string& occasion : change.notices) {
    insert.bind(change.record.id).bind(change.record.register_id).bind(change.record.unit);
    HANDSLAG_CHECK_STATUS(insert.bind(occasion).bind(change.change.at).run());
  }
  return {};
}

Status add_events(SqliteDatabase& database, const std::vector<std::string>& events) {
  HANDSLAG_TRY(insert, database.prepare("INSERT INTO register_outbox (event) VALUES (?)"));
  for (const std::string& event : events) {
    HANDSLAG_CHECK_STATUS(insert.bind(std::string_view(event)).run());
  }
  return {};
}

Result<std::vector<RegisterLink>> read_links(SqliteDatabase& database, const char* sql, const std::string& id,
                                             std::uint64_t limit) {
  HANDSLAG_TRY(rows, database.prepare(sql));
  rows.bind(std::string_view(id)).bind(static_cast<std::int64_t>(limit));
  return read_all<RegisterLink>(rows, [](const SqliteStatement& row) {
    return RegisterLink{row.text(0), row.text(1), row.text(2)};
  });
}

}  // namespace

Result<std::uint64_t> RegisterRecords::next_number() {
  // Records are never deleted, so a number is never given twice.
  HANDSLAG_TRY(query, database_.prepare("SELECT coalesce(max(number), 0) + 1 FROM register_records"));
  HANDSLAG_TRY(row, query.step());
  HANDSLAG_CHECK(row, "an aggregate always gives a row");
  return static_cast<std::uint64_t>(query.integer(0));
}

Status RegisterRecords::write_one(const RegisterWrite& change) {
  const RegisterRecord& record = change.record;
  HANDSLAG_CHECK_STATUS(check_version(database_, record));
  if (!record.unique_key.empty()) {
    HANDSLAG_TRY(other, find_unique(record.register_id, record.unique_key));
    if (!other.empty() && other != record.id) {
      return Error{ErrorCode::Conflict, other + " says the same already; change that one"};
    }
  }
  HANDSLAG_CHECK_STATUS(put_record(database_, record));
  HANDSLAG_CHECK_STATUS(put_customer(database_, static_cast<std::int64_t>(record.number), change.customer));
  HANDSLAG_CHECK_STATUS(put_links(database_, record.id, change.links));
  HANDSLAG_CHECK_STATUS(add_change(database_, change.change));
  HANDSLAG_CHECK_STATUS(add_events(database_, change.events));
  return add_notices(database_, change);
}

Status RegisterRecords::write(std::span<const RegisterWrite> changes) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(database_));
  for (const RegisterWrite& it : changes) HANDSLAG_CHECK_STATUS(write_one(it));
  return transaction.commit();
}

Result<RegisterRecord> RegisterRecords::find(const std::string& id) {
  HANDSLAG_TRY(
      query,
      database_.prepare((std::string("SELECT ") + kColumns + " FROM register_records WHERE id = ?").c_str()));
  query.bind(std::string_view(id));
  HANDSLAG_TRY(row, query.step());
  if (!row) return not_found("there is no record \"" + id.substr(0, 80) + "\"");
  return read_record(query);
}

Result<std::string> RegisterRecords::find_unique(const std::string& register_id,
                                                 const std::string& unique_key) {
  HANDSLAG_TRY(query,
               database_.prepare("SELECT id FROM register_records WHERE register = ? AND unique_key = ? "
                                 "AND unique_key <> ''"));
  query.bind(std::string_view(register_id)).bind(std::string_view(unique_key));
  HANDSLAG_TRY(row, query.step());
  return row ? query.text(0) : std::string();
}

Result<std::vector<RegisterCount>> RegisterRecords::counts(const std::string& register_id,
                                                           const std::string& person, Timestamp now) {
  HANDSLAG_TRY(rows,
               database_.prepare(
                   "SELECT state, unit, creator = ?2 AND creator <> '' AS made, owner = ?2 AND owner <> '' "
                   "AS owned, count(*), sum(due_us IS NOT NULL AND due_us < ?3) FROM register_records "
                   "WHERE register = ?1 GROUP BY state, unit, made, owned ORDER BY state, unit, made, "
                   "owned"));
  rows.bind(std::string_view(register_id)).bind(std::string_view(person)).bind(now);
  return read_all<RegisterCount>(rows, [](const SqliteStatement& row) {
    return RegisterCount{row.text(0),
                         row.text(1),
                         row.integer(2) != 0,
                         row.integer(3) != 0,
                         static_cast<std::uint64_t>(row.integer(4)),
                         static_cast<std::uint64_t>(row.integer(5))};
  });
}

Result<std::vector<RegisterChange>> RegisterRecords::history(const std::string& id, std::uint32_t before,
                                                             std::uint64_t limit) {
  HANDSLAG_TRY(rows,
               database_.prepare("SELECT record, version, at_us, by_id, by_name, action, from_state, "
                                 "to_state, comment, details FROM register_changes WHERE record = ?1 AND "
                                 "(?2 = 0 OR version < ?2) ORDER BY version DESC LIMIT ?3"));
  rows.bind(std::string_view(id)).bind(std::int64_t{before}).bind(static_cast<std::int64_t>(limit));
  return read_all<RegisterChange>(rows, read_change);
}

Result<std::vector<RegisterLink>> RegisterRecords::links_from(const std::string& id, std::uint64_t limit) {
  return read_links(
      database_,
      "SELECT from_id, field, to_id FROM register_links WHERE from_id = ? ORDER BY field, to_id "
      "LIMIT ?",
      id, limit);
}

Result<std::vector<RegisterLink>> RegisterRecords::links_to(const std::string& id, std::uint64_t limit) {
  return read_links(
      database_,
      "SELECT from_id, field, to_id FROM register_links WHERE to_id = ? ORDER BY field, from_id "
      "LIMIT ?",
      id, limit);
}

Result<std::vector<model::Identifier>> RegisterRecords::customer(const std::string& id) {
  HANDSLAG_TRY(rows,
               database_.prepare("SELECT c.type, c.value FROM register_customers c JOIN register_records r "
                                 "ON r.number = c.record WHERE r.id = ? ORDER BY c.type, c.value"));
  rows.bind(std::string_view(id));
  return read_all<model::Identifier>(rows, [](const SqliteStatement& row) {
    return model::Identifier{row.text(0), row.text(1)};
  });
}

Result<std::vector<RegisterRecord>> RegisterRecords::to_look_at(Timestamp now, std::uint64_t limit) {
  HANDSLAG_TRY(rows,
               database_.prepare((std::string("SELECT ") + kColumns +
                                  " FROM register_records WHERE look_at_us <= ? ORDER BY look_at_us, number "
                                  "LIMIT ?")
                                     .c_str()));
  rows.bind(now).bind(static_cast<std::int64_t>(limit));
  return read_all<RegisterRecord>(rows, read_record);
}

Result<std::optional<Timestamp>> RegisterRecords::next_look() {
  HANDSLAG_TRY(query, database_.prepare("SELECT min(look_at_us) FROM register_records"));
  HANDSLAG_TRY(row, query.step());
  HANDSLAG_CHECK(row, "an aggregate always gives a row");
  return query.optional_time(0);
}

Status RegisterRecords::set_look(std::uint64_t number, std::optional<Timestamp> look_at) {
  HANDSLAG_TRY(update, database_.prepare("UPDATE register_records SET look_at_us = ? WHERE number = ?"));
  return update.bind(look_at).bind(static_cast<std::int64_t>(number)).run();
}

Result<std::vector<RegisterEvent>> RegisterRecords::unsent(std::uint64_t after, std::uint64_t limit) {
  HANDSLAG_TRY(rows,
               database_.prepare(
                   "SELECT number, event FROM register_outbox WHERE number > ? ORDER BY number LIMIT ?"));
  rows.bind(static_cast<std::int64_t>(after)).bind(static_cast<std::int64_t>(limit));
  return read_all<RegisterEvent>(rows, [](const SqliteStatement& row) {
    return RegisterEvent{static_cast<std::uint64_t>(row.integer(0)), row.text(1)};
  });
}

Status RegisterRecords::sent(std::span<const std::uint64_t> numbers) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(database_));
  HANDSLAG_TRY(remove, database_.prepare("DELETE FROM register_outbox WHERE number = ?"));
  for (const std::uint64_t number : numbers)
    HANDSLAG_CHECK_STATUS(remove.bind(static_cast<std::int64_t>(number)).run());
  return transaction.commit();
}

}  // namespace handslag::store
