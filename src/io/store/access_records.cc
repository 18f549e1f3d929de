// SPDX-License-Identifier: Apache-2.0
#include "io/store/access_records.h"

#include "base/text.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

Result<std::int64_t> one_number(SqliteDatabase& database, const char* sql) {
  HANDSLAG_TRY(query, database.prepare(sql));
  HANDSLAG_TRY(row, query.step());
  return row ? query.integer(0) : std::int64_t{0};
}

Status put_roles(SqliteDatabase& database, const StoredPerson& person) {
  HANDSLAG_TRY(clear, database.prepare("DELETE FROM person_roles WHERE person = ?"));
  HANDSLAG_CHECK_STATUS(clear.bind(person.number).run());
  HANDSLAG_TRY(insert,
               database.prepare("INSERT OR IGNORE INTO person_roles (person, role, unit) VALUES (?, ?, ?)"));
  for (const StoredRole& role : person.roles) {
    HANDSLAG_CHECK_STATUS(insert.bind(person.number).bind(role.role).bind(role.unit).run());
  }
  return {};
}

// REQUIRES: inside a transaction.
Status delete_sessions(SqliteDatabase& database, const std::vector<std::string>& token_hashes) {
  HANDSLAG_TRY(drop, database.prepare("DELETE FROM sessions WHERE token_hash = ?"));
  for (const std::string& hash : token_hashes) HANDSLAG_CHECK_STATUS(drop.bind(hash).run());
  return {};
}

Result<bool> has_login(SqliteDatabase& database, const std::string& login) {
  HANDSLAG_TRY(query, database.prepare("SELECT 1 FROM people WHERE login = ?"));
  return query.bind(login).step();
}

// REQUIRES: inside a transaction.
Result<StoredPerson> insert_person(SqliteDatabase& database, StoredPerson person) {
  HANDSLAG_TRY(is_taken, has_login(database, person.login));
  if (is_taken) {
    return Error{ErrorCode::Conflict, "the login \"" + person.login + "\" is taken; choose another"};
  }
  HANDSLAG_TRY(insert, database.prepare("INSERT INTO people (login, name, password, opens_protected, "
                                        "created_at_us, created_by) VALUES (?, ?, ?, ?, ?, ?)"));
  insert.bind(person.login).bind(person.name).bind(person.password);
  insert.bind(std::int64_t{person.opens_protected}).bind(person.created).bind(person.created_by);
  HANDSLAG_CHECK_STATUS(insert.run());
  HANDSLAG_TRY(number, one_number(database, "SELECT last_insert_rowid()"));
  person.number = number;
  HANDSLAG_CHECK_STATUS(put_roles(database, person));
  return person;
}

StoredPerson read_person(const SqliteStatement& row) {
  StoredPerson person;
  person.number = row.integer(0);
  person.login = row.text(1);
  person.name = row.text(2);
  person.password = row.text(3);
  person.opens_protected = row.integer(4) != 0;
  person.created = row.time(5);
  person.created_by = row.text(6);
  person.disabled = row.optional_time(7);
  return person;
}

StoredKey read_key(const SqliteStatement& row) {
  StoredKey key;
  key.number = row.integer(0);
  key.name = row.text(1);
  key.source = row.text(2);
  const std::string scopes = row.text(3);
  for (const std::string_view scope : split(scopes, ' ')) {
    if (!scope.empty()) key.scopes.emplace_back(scope);
  }
  key.secret_hash = row.text(4);
  key.created = row.time(5);
  key.created_by = row.text(6);
  key.used = row.optional_time(7);
  key.revoked = row.optional_time(8);
  return key;
}

}  // namespace

AccountRecords::AccountRecords(std::unique_ptr<SqliteDatabase> database) : database_(std::move(database)) {}
AccountRecords::~AccountRecords() = default;

Result<std::vector<StoredPerson>> AccountRecords::people() {
  std::vector<StoredPerson> people;
  HANDSLAG_TRY(query, database_->prepare("SELECT person, login, name, password, opens_protected, "
                                         "created_at_us, created_by, disabled_at_us FROM people "
                                         "ORDER BY person"));
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) break;
    people.push_back(read_person(query));
  }
  HANDSLAG_TRY(roles, database_->prepare("SELECT person, role, unit FROM person_roles ORDER BY 1, 2, 3"));
  auto person = people.begin();
  while (true) {
    HANDSLAG_TRY(row, roles.step());
    if (!row) return people;
    while (person != people.end() && person->number < roles.integer(0)) ++person;
    if (person != people.end() && person->number == roles.integer(0)) {
      person->roles.push_back({roles.text(1), roles.text(2)});
    }
  }
}

Result<StoredPerson> AccountRecords::add(const StoredPerson& person) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_TRY(added, insert_person(*database_, person));
  HANDSLAG_CHECK_STATUS(transaction.commit());
  return added;
}

Result<StoredPerson> AccountRecords::claim(const StoredPerson& person, const std::string& token_hash,
                                           Timestamp when) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_TRY(mark,
               database_->prepare(
                   "UPDATE first_token SET used_at_us = ? WHERE token_hash = ? AND used_at_us IS NULL"));
  HANDSLAG_CHECK_STATUS(mark.bind(when).bind(token_hash).run());
  HANDSLAG_TRY(marked, one_number(*database_, "SELECT changes()"));
  if (marked != 1) return Error{ErrorCode::Conflict, "the token has been used"};
  HANDSLAG_TRY(added, insert_person(*database_, person));
  HANDSLAG_CHECK_STATUS(transaction.commit());
  return added;
}

Status AccountRecords::update(const StoredPerson& person, const std::vector<std::string>& ended_sessions) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_TRY(update, database_->prepare("UPDATE people SET name = ?, password = ?, opens_protected = ?, "
                                          "disabled_at_us = ? WHERE person = ?"));
  update.bind(person.name).bind(person.password).bind(std::int64_t{person.opens_protected});
  update.bind(person.disabled).bind(person.number);
  HANDSLAG_CHECK_STATUS(update.run());
  HANDSLAG_TRY(changed, one_number(*database_, "SELECT changes()"));
  if (changed != 1) return not_found("there is no person number " + std::to_string(person.number));
  HANDSLAG_CHECK_STATUS(put_roles(*database_, person));
  HANDSLAG_CHECK_STATUS(delete_sessions(*database_, ended_sessions));
  return transaction.commit();
}

Result<std::vector<StoredSession>> AccountRecords::sessions() {
  std::vector<StoredSession> sessions;
  HANDSLAG_TRY(query,
               database_->prepare("SELECT token_hash, person, created_at_us, used_at_us, expires_at_us "
                                  "FROM sessions"));
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return sessions;
    sessions.push_back({query.text(0), query.integer(1), query.time(2), query.time(3), query.time(4)});
  }
}

Status AccountRecords::add_session(const StoredSession& session) {
  HANDSLAG_TRY(insert,
               database_->prepare("INSERT INTO sessions (token_hash, person, created_at_us, used_at_us, "
                                  "expires_at_us) VALUES (?, ?, ?, ?, ?)"));
  insert.bind(session.token_hash).bind(session.person).bind(session.created).bind(session.used);
  return insert.bind(session.expires).run();
}

Status AccountRecords::drop_sessions(const std::vector<std::string>& token_hashes) {
  if (token_hashes.empty()) return {};
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_CHECK_STATUS(delete_sessions(*database_, token_hashes));
  return transaction.commit();
}

Status AccountRecords::note_use(const std::vector<std::pair<std::string, Timestamp>>& uses) {
  if (uses.empty()) return {};
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_TRY(update, database_->prepare("UPDATE sessions SET used_at_us = ? WHERE token_hash = ?"));
  for (const auto& [hash, when] : uses) HANDSLAG_CHECK_STATUS(update.bind(when).bind(hash).run());
  return transaction.commit();
}

Result<std::optional<FirstToken>> AccountRecords::first_token() {
  HANDSLAG_TRY(query, database_->prepare("SELECT token_hash, expires_at_us, used_at_us FROM first_token"));
  HANDSLAG_TRY(row, query.step());
  if (!row) return std::optional<FirstToken>();
  return std::optional(FirstToken{query.text(0), query.time(1), query.optional_time(2)});
}

Status AccountRecords::put_first_token(const FirstToken& token) {
  HANDSLAG_TRY(put, database_->prepare("INSERT OR REPLACE INTO first_token (one, token_hash, expires_at_us, "
                                       "used_at_us) VALUES (1, ?, ?, ?)"));
  return put.bind(token.hash).bind(token.expires).bind(token.used).run();
}

KeyRecords::KeyRecords(std::unique_ptr<SqliteDatabase> database) : database_(std::move(database)) {}
KeyRecords::~KeyRecords() = default;

Result<std::vector<StoredKey>> KeyRecords::keys() {
  std::vector<StoredKey> keys;
  HANDSLAG_TRY(query, database_->prepare("SELECT key, name, source, scopes, secret_hash, created_at_us, "
                                         "created_by, used_at_us, revoked_at_us FROM api_keys ORDER BY key"));
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return keys;
    keys.push_back(read_key(query));
  }
}

Result<StoredKey> KeyRecords::add(const StoredKey& key) {
  std::string scopes;
  for (const std::string& scope : key.scopes) scopes += (scopes.empty() ? "" : " ") + scope;
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_TRY(insert, database_->prepare("INSERT INTO api_keys (name, source, scopes, secret_hash, "
                                          "created_at_us, created_by) VALUES (?, ?, ?, ?, ?, ?)"));
  insert.bind(key.name).bind(key.source).bind(scopes).bind(key.secret_hash).bind(key.created);
  HANDSLAG_CHECK_STATUS(insert.bind(key.created_by).run());
  HANDSLAG_TRY(number, one_number(*database_, "SELECT last_insert_rowid()"));
  HANDSLAG_CHECK_STATUS(transaction.commit());
  StoredKey added = key;
  added.number = number;
  return added;
}

Status KeyRecords::revoke(std::int64_t number, Timestamp when) {
  HANDSLAG_TRY(update, database_->prepare(
                           "UPDATE api_keys SET revoked_at_us = ? WHERE key = ? AND revoked_at_us IS NULL"));
  return update.bind(when).bind(number).run();
}

Status KeyRecords::note_use(const std::vector<std::pair<std::int64_t, Timestamp>>& uses) {
  if (uses.empty()) return {};
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(*database_));
  HANDSLAG_TRY(update, database_->prepare("UPDATE api_keys SET used_at_us = ? WHERE key = ?"));
  for (const auto& [number, when] : uses) HANDSLAG_CHECK_STATUS(update.bind(when).bind(number).run());
  return transaction.commit();
}

}  // namespace handslag::store
