// SPDX-License-Identifier: Apache-2.0
// How one comes in: the first administrator, signing in and out, one's own password.
#include <algorithm>
#include <utility>

#include "app/access/accounts.h"
#include "app/access/audit_entry.h"
#include "app/access/people.h"
#include "app/language/json.h"
#include "io/http/address.h"
#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kBusyRetryS = 2;

Error wrong_token() {
  return {ErrorCode::Unauthenticated,
          "the token is not valid (used, or older than a day); start the server again for a new one"};
}

Error wrong_password() {
  return {ErrorCode::Unauthenticated, "login or password is wrong"};
}

Error too_soon(std::int64_t wait_s) {
  return over_limit("too many failed attempts; try again in " + std::to_string(wait_s) + " s");
}

Caller system_caller() {
  return {};
}

// What a login is called in the throttle: bounded, and the same however it is written.
std::string throttle_name(std::string_view login) {
  const auto checked = checked_login(login);
  return checked.ok() ? *checked : std::string();
}

}  // namespace

Result<std::optional<std::string>> Accounts::first_token() {
  const std::lock_guard writing(writing_);
  if (count_administrators() > 0) return std::optional<std::string>();
  const std::string token = runtime::random_secret();
  const Timestamp expires{clock_.now().us + limits_.first_token_s * kMicrosPerSecond};
  store::AuditEntry entry{store::AuditWho::System, "", store::AuditVerb::FirstTokenMade, "", "", ""};
  HANDSLAG_CHECK_STATUS(noted(entry, [&] {
    return records_->put_first_token({runtime::sha256(token), expires, std::nullopt});
  }));
  return std::optional(token);
}

Result<Person> Accounts::claim_first(std::string_view token, const NewPerson& person) {
  const std::string hash = runtime::sha256(token);
  {
    const std::lock_guard writing(writing_);
    HANDSLAG_TRY(wanted, records_->first_token());
    const bool holds = wanted && !wanted->used && clock_.now() < wanted->expires &&
                       runtime::is_same_secret(wanted->hash, hash);
    if (!holds || count_administrators() > 0) return wrong_token();
  }
  NewPerson administrator = person;
  administrator.grants = {{Role::Administrator, std::string(kAllUnits)}};
  administrator.opens_protected = false;
  Caller by = system_caller();
  by.name = "first token";
  HANDSLAG_TRY(made, made_person(administrator, by));
  const std::lock_guard writing(writing_);
  if (count_administrators() > 0) return wrong_token();
  const std::string details = Json({{"first", true}}).dump();
  HANDSLAG_CHECK_STATUS(
      noted(entry_by(by, store::AuditVerb::PersonAdded, made.login, details), [&]() -> Status {
        HANDSLAG_TRY(added, records_->claim(made, hash, clock_.now()));
        made = std::move(added);
        return {};
      }));
  const std::lock_guard lock(mutex_);
  keep(made);
  return person_of(made);
}

// Seconds to wait; 0: the trial counts as a failure until it is known to be none.
std::int64_t Accounts::begin_trial(const std::string& login, const std::string& address) {
  const Timestamp now = clock_.now();
  const std::lock_guard lock(mutex_);
  const std::int64_t wait =
      std::max(by_login_.wait_s(login, now), by_address_.wait_s(http::counted_part(address), now));
  if (wait > 0) return wait;
  by_login_.fail(login, now);
  by_address_.fail(http::counted_part(address), now);
  return 0;
}

void Accounts::end_trial(const std::string& login, const std::string& address, bool is_right) {
  if (!is_right) return;
  const std::lock_guard lock(mutex_);
  by_login_.forget(login);
  by_address_.forgive(http::counted_part(address));
}

void Accounts::cancel_trial(const std::string& login, const std::string& address) {
  const std::lock_guard lock(mutex_);
  by_login_.forgive(login);
  by_address_.forgive(http::counted_part(address));
}

SignInOutcome Accounts::sign_in(std::string_view login, std::string_view password,
                                const std::string& address) {
  const std::string name = throttle_name(login);
  if (const std::int64_t wait = begin_trial(name, address); wait > 0) return {too_soon(wait), wait};
  std::optional<store::StoredPerson> person = find(name);
  const Result<bool> matches = hasher_.matches(password, person ? std::string_view(person->password) : "");
  if (!matches.ok()) {
    cancel_trial(name, address);
    const bool is_busy = matches.error().code == ErrorCode::Limit;
    return {matches.error(), is_busy ? kBusyRetryS : 0};
  }
  // Why asked anew: the person may have been disabled, or the password changed, during that second.
  const std::optional<store::StoredPerson> now = person ? find(person->number) : std::nullopt;
  const bool is_right = *matches && now && !now->disabled && now->password == person->password;
  end_trial(name, address, is_right);
  if (!is_right) return refuse_sign_in(person, address);
  return {open_session(*now, address), 0};
}

// Why no login that nobody has: people type their password there by mistake.
SignInOutcome Accounts::refuse_sign_in(const std::optional<store::StoredPerson>& person,
                                       const std::string& address) {
  store::AuditEntry entry{store::AuditWho::Nobody,     address, store::AuditVerb::SignInFailed,
                          person ? person->login : "", "",      ""};
  const Status told = trail_.note(std::move(entry));
  return {told.ok() ? wrong_password() : told.error(), 0};
}

Result<SignedIn> Accounts::open_session(const store::StoredPerson& person, const std::string& address) {
  SignedIn signed_in;
  signed_in.token = runtime::random_secret();
  signed_in.csrf = csrf_token(signed_in.token);
  const Timestamp now = clock_.now();
  const Timestamp expires{now.us + limits_.session_s * kMicrosPerSecond};
  const store::StoredSession session{runtime::sha256(signed_in.token), person.number, now, now, expires};
  const std::lock_guard writing(writing_);
  // Why asked again under the lock of changes: nobody may slip in who was disabled this moment.
  const auto current = find(person.number);
  if (!current || current->disabled || current->password != person.password) return wrong_password();
  const store::AuditEntry entry{
      store::AuditWho::Person,
      std::to_string(person.number),
      store::AuditVerb::SignedIn,
      person.login,
      "",
      Json({{"address", address}}).dump(-1, ' ', false, Json::error_handler_t::replace)};
  const std::vector<std::string> oldest = sessions_beyond_limit(person.number);
  const Status opened = noted(entry, [&]() -> Status {
    HANDSLAG_CHECK_STATUS(records_->drop_sessions(oldest));
    return records_->add_session(session);
  });
  if (!opened.ok()) return opened.error();
  const std::lock_guard lock(mutex_);
  for (const std::string& hash : oldest) sessions_.erase(hash);
  sessions_.emplace(session.token_hash, Session{session});
  signed_in.caller = accounts_.at(person.number).caller;
  return signed_in;
}

// What must go before the person may have one more.
std::vector<std::string> Accounts::sessions_beyond_limit(std::int64_t person) const {
  std::vector<std::pair<Timestamp, std::string>> theirs;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [hash, session] : sessions_) {
      if (session.stored.person == person) theirs.emplace_back(session.stored.created, hash);
    }
  }
  std::sort(theirs.begin(), theirs.end());
  std::vector<std::string> hashes;
  for (std::size_t i = 0; i + limits_.most_sessions <= theirs.size(); ++i) hashes.push_back(theirs[i].second);
  return hashes;
}

Status Accounts::sign_out(std::string_view token) {
  const Result<Caller> caller = caller_of_session(token);
  if (!caller.ok()) return {};
  const std::string hash = runtime::sha256(token);
  const std::lock_guard writing(writing_);
  return noted(entry_by(*caller, store::AuditVerb::SignedOut, caller->login), [&] {
    {
      const std::lock_guard lock(mutex_);
      sessions_.erase(hash);
    }
    return records_->drop_sessions({hash});
  });
}

Status Accounts::change_password(std::string_view token, std::string_view password,
                                 std::string_view new_password) {
  HANDSLAG_TRY(caller, caller_of_session(token));
  HANDSLAG_CHECK_STATUS(check_password(new_password, caller.login).at("/new_password"));
  const std::string address = "person " + caller.id;  // Why: whoever has the session guesses from anywhere
  if (const std::int64_t wait = begin_trial(caller.login, address); wait > 0) return too_soon(wait);
  const std::optional<store::StoredPerson> person = find(caller.login);
  const Result<bool> matches = hasher_.matches(password, person ? std::string_view(person->password) : "");
  if (!matches.ok()) {
    cancel_trial(caller.login, address);
    return matches.error();
  }
  end_trial(caller.login, address, *matches);
  if (!*matches) return wrong_password();
  HANDSLAG_TRY(hash, hasher_.hash(new_password));
  return put_password(*person, hash, caller, runtime::sha256(token));
}

}  // namespace handslag::app
