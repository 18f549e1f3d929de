// SPDX-License-Identifier: Apache-2.0
// What an administrator does with people.
#include <algorithm>
#include <utility>

#include "app/access/access_json.h"
#include "app/access/accounts.h"
#include "app/access/audit_entry.h"
#include "app/access/people.h"

namespace handslag::app {
namespace {

Status require_administrator(const Caller& by) {
  if (may(by, Permission::AdministerPeople)) return {};
  return Error{ErrorCode::Forbidden, "only an administrator may administer people"};
}

Error no_such_person(std::string_view login) {
  return not_found("nobody has the login \"" + std::string(login) + "\"");
}

std::string roles_detail(const std::vector<Grant>& grants) {
  return Json({{"roles", grants_json(grants)}}).dump();
}

}  // namespace

// A person as it will be stored, with everything checked and the password hashed.
Result<store::StoredPerson> Accounts::made_person(const NewPerson& person, const Caller& by) {
  store::StoredPerson made;
  HANDSLAG_TRY(login, checked_login(person.login));
  HANDSLAG_TRY(name, checked_name(person.name, "a person"));
  HANDSLAG_CHECK_STATUS(check_grants(person.grants));
  HANDSLAG_CHECK_STATUS(check_password(person.password, login).at("/password"));
  HANDSLAG_TRY(hash, hasher_.hash(person.password));
  made.login = std::move(login);
  made.name = std::move(name);
  made.password = std::move(hash);
  made.roles = stored_roles(person.grants);
  made.opens_protected = person.opens_protected;
  made.created = clock_.now();
  made.created_by = by.name;
  return made;
}

Result<Person> Accounts::add(const Caller& by, const NewPerson& person) {
  HANDSLAG_CHECK_STATUS(require_administrator(by));
  HANDSLAG_TRY(made, made_person(person, by));
  const std::lock_guard writing(writing_);
  if (find(made.login)) {
    return Error{ErrorCode::Conflict, "the login \"" + made.login + "\" is taken; choose another"};
  }
  const std::string details =
      Json({{"roles", grants_json(grants_of(made))}, {"opens_protected", made.opens_protected}}).dump();
  HANDSLAG_CHECK_STATUS(
      noted(entry_by(by, store::AuditVerb::PersonAdded, made.login, details), [&]() -> Status {
        HANDSLAG_TRY(added, records_->add(made));
        made = std::move(added);
        return {};
      }));
  const std::lock_guard lock(mutex_);
  keep(made);
  return person_of(made);
}

Result<std::vector<Person>> Accounts::people(const Caller& by) const {
  HANDSLAG_CHECK_STATUS(require_administrator(by));
  std::vector<Person> people;
  const std::lock_guard lock(mutex_);
  for (const auto& [number, account] : accounts_) people.push_back(person_of(account.stored));
  return people;
}

// REQUIRES: writing_ is held.
Status Accounts::check_left(const store::StoredPerson& before, const store::StoredPerson& after) const {
  if (!is_administrator(before) || is_administrator(after) || count_administrators() > 1) return {};
  return Error{ErrorCode::Conflict,
               "\"" + before.login + "\" is the last administrator; make another one first"};
}

Result<Person> Accounts::change(const Caller& by, std::string_view login, const Reason& reason,
                                const Change& apply) {
  HANDSLAG_CHECK_STATUS(require_administrator(by));
  const std::lock_guard writing(writing_);
  const auto before = find(login);
  if (!before) return no_such_person(login);
  store::StoredPerson after = *before;
  apply(after);
  HANDSLAG_CHECK_STATUS(check_left(*before, after));
  const auto ended = after.disabled ? sessions_of(after.number) : std::vector<std::string>();
  HANDSLAG_CHECK_STATUS(update(after, reason, by, ended));
  return person_of(after);
}

// The person and the end of the sessions in one transaction: a session must not outlive, over a crash, what
// was to end it. REQUIRES: writing_ is held.
Status Accounts::update(const store::StoredPerson& after, const Reason& reason, const Caller& by,
                        const std::vector<std::string>& ended_sessions) {
  HANDSLAG_CHECK_STATUS(noted(entry_by(by, reason.verb, after.login, reason.details),
                              [&] { return records_->update(after, ended_sessions); }));
  const std::lock_guard lock(mutex_);
  keep(after);
  for (const std::string& hash : ended_sessions) sessions_.erase(hash);
  return {};
}

Result<Person> Accounts::set_roles(const Caller& by, std::string_view login,
                                   const std::vector<Grant>& grants) {
  HANDSLAG_CHECK_STATUS(check_grants(grants));
  return change(by, login, {store::AuditVerb::RolesSet, roles_detail(grants)},
                [&](store::StoredPerson& person) { person.roles = stored_roles(grants); });
}

Result<Person> Accounts::set_protected(const Caller& by, std::string_view login, bool opens_protected) {
  const std::string details = Json({{"opens_protected", opens_protected}}).dump();
  return change(by, login, {store::AuditVerb::ProtectedSet, details},
                [&](store::StoredPerson& person) { person.opens_protected = opens_protected; });
}

Result<Person> Accounts::set_enabled(const Caller& by, std::string_view login, bool is_enabled) {
  const store::AuditVerb verb =
      is_enabled ? store::AuditVerb::PersonEnabled : store::AuditVerb::PersonDisabled;
  return change(by, login, {verb}, [&](store::StoredPerson& person) {
    if (is_enabled)
      person.disabled.reset();
    else if (!person.disabled)
      person.disabled = clock_.now();
  });
}

Status Accounts::set_password(const Caller& by, std::string_view login, std::string_view password) {
  HANDSLAG_CHECK_STATUS(require_administrator(by));
  const auto person = find(login);
  if (!person) return no_such_person(login);
  HANDSLAG_CHECK_STATUS(check_password(password, person->login).at("/password"));
  HANDSLAG_TRY(hash, hasher_.hash(password));
  return put_password(*person, hash, by, "");
}

// `before`: as the person was when the new password was judged.
Status Accounts::put_password(const store::StoredPerson& before, const std::string& hash, const Caller& by,
                              std::string_view but_token_hash) {
  const std::lock_guard writing(writing_);
  std::optional<store::StoredPerson> person = find(before.number);
  if (!person || person->password != before.password) {
    return Error{ErrorCode::Conflict, "the password was changed by somebody else meanwhile"};
  }
  person->password = hash;
  return update(*person, {store::AuditVerb::PasswordChanged}, by,
                sessions_of(person->number, but_token_hash));
}

}  // namespace handslag::app
