// SPDX-License-Identifier: Apache-2.0
// Who may sign in and which keys are in use, as it lies in DIR/records.sqlite. What a role or scope means,
// passwords, limits and hashing are not here: src/app/access. Every change is one durable transaction (some
// milliseconds). Each object has a connection of its own; one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

class SqliteDatabase;

struct StoredRole {
  std::string role;  // its name in app/access/permissions.h
  std::string unit;  // "*": all
  friend auto operator<=>(const StoredRole&, const StoredRole&) = default;
};

/// People are disabled, never deleted: the audit trail names them by number for ever.
struct StoredPerson {
  std::int64_t number = 0;  // given at adding, never twice
  std::string login;        // unique, also among the disabled
  std::string name;
  std::string password;  // as crypto_pwhash_str makes it
  std::vector<StoredRole> roles;
  bool opens_protected = false;
  Timestamp created;
  std::string created_by;
  std::optional<Timestamp> disabled;
};

struct StoredSession {
  std::string token_hash;
  std::int64_t person = 0;
  Timestamp created, used, expires;
};

/// The one-time token by which the first administrator is made.
struct FirstToken {
  std::string hash;
  Timestamp expires;
  std::optional<Timestamp> used;
};

class AccountRecords {
 public:
  explicit AccountRecords(std::unique_ptr<SqliteDatabase> database);
  ~AccountRecords();

  Result<std::vector<StoredPerson>> people();
  /// With the number it was given. Error Conflict: the login is there already.
  Result<StoredPerson> add(const StoredPerson& person);
  /// As `add`, and marks the first token used in the same transaction. Error Conflict: used meanwhile.
  Result<StoredPerson> claim(const StoredPerson& person, const std::string& token_hash, Timestamp when);
  /// All but number, login, created; ends the sessions named in the same transaction. Error NotFound.
  Status update(const StoredPerson& person, const std::vector<std::string>& ended_sessions = {});

  Result<std::vector<StoredSession>> sessions();
  Status add_session(const StoredSession& session);
  Status drop_sessions(const std::vector<std::string>& token_hashes);
  Status note_use(const std::vector<std::pair<std::string, Timestamp>>& uses);

  Result<std::optional<FirstToken>> first_token();
  /// Takes the place of an earlier one.
  Status put_first_token(const FirstToken& token);

 private:
  std::unique_ptr<SqliteDatabase> database_;
};

struct StoredKey {
  std::int64_t number = 0;
  std::string name;                 // what people call it
  std::string source;               // the source it may send as; empty: none
  std::vector<std::string> scopes;  // names of permissions, without spaces
  std::string secret_hash;
  Timestamp created;
  std::string created_by;
  std::optional<Timestamp> used;  // to the hour
  std::optional<Timestamp> revoked;
};

class KeyRecords {
 public:
  explicit KeyRecords(std::unique_ptr<SqliteDatabase> database);
  ~KeyRecords();

  /// All, the revoked ones too, by number.
  Result<std::vector<StoredKey>> keys();
  Result<StoredKey> add(const StoredKey& key);
  Status revoke(std::int64_t number, Timestamp when);
  Status note_use(const std::vector<std::pair<std::int64_t, Timestamp>>& uses);

 private:
  std::unique_ptr<SqliteDatabase> database_;
};

}  // namespace handslag::store
