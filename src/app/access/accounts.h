// SPDX-License-Identifier: Apache-2.0
// People who may sign in, their roles and their sessions.
//
// (1) All of it is kept in memory and written through: the directory's lock makes this the one writer. Asking
//     who calls (caller_of_session, csrf_holds) never waits for the disk.
// (2) sign_in, claim_first, add, set_password and change_password hash a password: most of a second each, one
//     at a time (password.h). Never on a thread that serves others.
// (3) Everything done is noted in the audit trail, before it is done; where that fails (Unavailable) it is
// not
//     done. A change that is noted and then fails is noted again with {"failed":true}.
// (4) Errors of signing in do not tell what was wrong: login, password, a person disabled.
// (5) Roles count from the next call on, also in sessions that are open. Disabling a person and changing a
//     password end the person's sessions.
// (6) There is always an enabled administrator, once there was one.
//
// Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/access/password.h"
#include "app/access/permissions.h"
#include "app/access/throttle.h"
#include "base/result.h"
#include "io/runtime/clock.h"
#include "io/store/access_records.h"
#include "io/store/audit_trail.h"

namespace handslag::app {

struct Person {
  std::int64_t number = 0;
  std::string login, name;
  std::vector<Grant> grants;
  bool opens_protected = false;
  Timestamp created;
  std::string created_by;
  std::optional<Timestamp> disabled;
};

struct NewPerson {
  std::string login;  // 2 to 64 of a–z 0–9 . _ - @, a letter or digit first; capitals are made small
  std::string name;   // 1 to 200 bytes, no control characters
  std::string password;
  std::vector<Grant> grants = {};
  bool opens_protected = false;
};

struct SignedIn {
  std::string token;  // into the cookie (cookies.h); stored nowhere here
  std::string csrf;   // into the answer's body; goes back in a header of every request that changes anything
  Caller caller;
};
struct SignInOutcome {
  Result<SignedIn> result;         // Errors: Unauthenticated, Limit (wait), Unavailable
  std::int64_t retry_after_s = 0;  // with Limit
};

struct AccountLimits {
  std::int64_t idle_s = 30 * 60;       // a session unused for so long is over
  std::int64_t session_s = 12 * 3600;  // and after so long in any case
  std::int64_t first_token_s = 24 * 3600;
  std::size_t most_sessions = 20;  // of one person; the oldest gives way
  ThrottleLimits by_login = {};
  ThrottleLimits by_address = {.free = 30};  // many people behind one address
  PasswordCost password = usual_password_cost();
};

class Accounts {
 public:
  /// Keeps `trail` and `clock`. Errors: of reading the records.
  static Result<std::unique_ptr<Accounts>> open(std::unique_ptr<store::AccountRecords> records,
                                                store::AuditTrail& trail, const runtime::Clock& clock,
                                                const AccountLimits& limits = {});
  ~Accounts();

  /// To be called at start: where there is no administrator, a new one-time token to print, and the earlier
  /// one no longer holds. Nothing where there is one.
  Result<std::optional<std::string>> first_token();
  /// Makes the first administrator (of all units). Errors: Unauthenticated (wrong, used or old token),
  /// Invalid, Conflict (the login is taken; there is an administrator).
  Result<Person> claim_first(std::string_view token, const NewPerson& person);

  /// `address` is the peer's, for throttling (http::counted_part of it) and the audit trail.
  SignInOutcome sign_in(std::string_view login, std::string_view password, const std::string& address);
  /// Ends the session; nothing where it is over already.
  Status sign_out(std::string_view token);
  /// Whether asking keeps the session from being over for not having been used.
  enum class Counting : std::uint8_t { Use, None };
  /// Error Unauthenticated. About two microseconds.
  Result<Caller> caller_of_session(std::string_view token, Counting counting = Counting::Use);
  /// The session's CSRF token, derived from its own: a page that was loaded anew asks for it again.
  static std::string csrf_token(std::string_view token);
  static bool csrf_holds(std::string_view token, std::string_view csrf);

  // Administration. `by` needs AdministerPeople (Forbidden). Errors: NotFound (the login), Invalid, Conflict.
  Result<Person> add(const Caller& by, const NewPerson& person);
  /// All, the disabled too, in the order in which they came.
  Result<std::vector<Person>> people(const Caller& by) const;
  Result<Person> set_roles(const Caller& by, std::string_view login, const std::vector<Grant>& grants);
  Result<Person> set_protected(const Caller& by, std::string_view login, bool opens_protected);
  Result<Person> set_enabled(const Caller& by, std::string_view login, bool is_enabled);
  Status set_password(const Caller& by, std::string_view login, std::string_view password);

  /// One's own, which must be given; the session asked from lasts, all others end. Throttled like sign_in;
  /// Errors: Unauthenticated (session or old password), Limit, Invalid.
  Status change_password(std::string_view token, std::string_view password, std::string_view new_password);

  /// Writes when sessions were last used and drops those that are over. To be called each minute, off the
  /// threads that serve; closing does it too.
  Status keep_up();

 private:
  struct Session {
    store::StoredSession stored;
    bool is_use_unwritten = false;
  };
  struct Account {
    store::StoredPerson stored;
    Caller caller;
  };
  using Change = std::function<void(store::StoredPerson&)>;
  struct Reason {  // what the audit trail is told of a change
    store::AuditVerb verb;
    std::string details = {};
  };

  Accounts(std::unique_ptr<store::AccountRecords> records, store::AuditTrail& trail,
           const runtime::Clock& clock, const AccountLimits& limits);
  Status load();
  void keep(const store::StoredPerson& person);
  std::optional<store::StoredPerson> find(std::string_view login) const;
  std::optional<store::StoredPerson> find(std::int64_t number) const;
  std::size_t count_administrators() const;
  bool is_over(const Session& session, Timestamp now) const;
  Result<store::StoredPerson> made_person(const NewPerson& person, const Caller& by);
  Result<Person> change(const Caller& by, std::string_view login, const Reason& reason, const Change& apply);
  Status check_left(const store::StoredPerson& before, const store::StoredPerson& after) const;
  Status noted(const store::AuditEntry& entry, const std::function<Status()>& act);
  std::vector<std::string> sessions_of(std::int64_t person, std::string_view but_token_hash = {}) const;
  Status update(const store::StoredPerson& after, const Reason& reason, const Caller& by,
                const std::vector<std::string>& ended_sessions);
  Status put_password(const store::StoredPerson& before, const std::string& hash, const Caller& by,
                      std::string_view but_token_hash);
  std::int64_t begin_trial(const std::string& login, const std::string& address);
  void end_trial(const std::string& login, const std::string& address, bool is_right);
  void cancel_trial(const std::string& login, const std::string& address);
  SignInOutcome refuse_sign_in(const std::optional<store::StoredPerson>& person, const std::string& address);
  Result<SignedIn> open_session(const store::StoredPerson& person, const std::string& address);
  std::vector<std::string> sessions_beyond_limit(std::int64_t person) const;

  const std::unique_ptr<store::AccountRecords> records_;  // guarded by writing_
  store::AuditTrail& trail_;
  const runtime::Clock& clock_;
  const AccountLimits limits_;
  PasswordHasher hasher_;

  std::mutex writing_;        // one change at a time; taken before mutex_
  mutable std::mutex mutex_;  // guards what follows; never held while the disk is written
  std::map<std::int64_t, Account> accounts_;
  std::unordered_map<std::string, Session> sessions_;  // by the hash of their token
  Throttle by_login_, by_address_;
};

}  // namespace handslag::app
