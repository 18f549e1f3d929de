// SPDX-License-Identifier: Apache-2.0
#include "app/access/administration.h"

#include <fmt/format.h>

#include <array>

#include "app/access/access_json.h"
#include "app/access/opened_access.h"
#include "app/access/people.h"
#include "app/access/read_password.h"
#include "app/language/json.h"

namespace handslag::app {
namespace {

std::string known_roles() {
  std::string names;
  for (std::size_t i = 0; i < kRoles; ++i) {
    names += (i > 0 ? ", " : "") + std::string(role_name(static_cast<Role>(i)));
  }
  return names;
}

std::string known_scopes() {
  std::string names;
  for (std::size_t i = 0; i < kPermissions; ++i) {
    const auto permission = static_cast<Permission>(i);
    if (is_for_keys(permission))
      names += (names.empty() ? "" : ", ") + std::string(permission_name(permission));
  }
  return names;
}

// "owner:sales", or "analyst" for all units.
Result<std::vector<Grant>> parse_grants(const std::vector<std::string>& texts) {
  std::vector<Grant> grants;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const auto role = find_role(text.substr(0, colon));
    if (!role)
      return invalid("there is no role \"" + text.substr(0, colon) + "\"; roles are " + known_roles());
    grants.push_back({*role, colon == std::string::npos ? std::string(kAllUnits) : text.substr(colon + 1)});
  }
  return grants;
}

Result<std::vector<Permission>> parse_scopes(const std::vector<std::string>& names) {
  std::vector<Permission> scopes;
  for (const std::string& name : names) {
    const auto permission = find_permission(name);
    if (!permission) return invalid("there is no scope \"" + name + "\"; scopes are " + known_scopes());
    scopes.push_back(*permission);
  }
  return scopes;
}

std::string grants_text(const std::vector<Grant>& grants) {
  std::string text;
  for (const Grant& grant : grants) {
    text += (text.empty() ? "" : ", ") + std::string(role_name(grant.role));
    if (grant.unit != kAllUnits) text += ":" + grant.unit;
  }
  return text.empty() ? "–" : text;
}

std::string scopes_text(const ApiKey& key) {
  std::string text;
  for (const Permission scope : key.scopes)
    text += (text.empty() ? "" : ", ") + std::string(permission_name(scope));
  return text;
}

void print_person(const Person& person, const Terminal& terminal) {
  std::string more;
  if (person.opens_protected) more += terminal.say("  opens protected", "  öppnar skyddade");
  if (person.disabled) {
    more += terminal.say("  disabled since ", "  avstängd sedan ");
    more += format_rfc3339(*person.disabled);
  }
  *terminal.out << fmt::format("{:>4}  {}  {}  {}{}\n", person.number, left(person.login, 24),
                               left(person.name, 24), grants_text(person.grants), more);
}

void print_key(const ApiKey& key, const Terminal& terminal) {
  std::string state;
  if (key.revoked)
    state = std::string(terminal.say("revoked ", "återkallad ")) + format_rfc3339(*key.revoked);
  else if (key.used)
    state = std::string(terminal.say("last used ", "senast använd ")) + format_rfc3339(*key.used);
  else
    state = terminal.say("never used", "aldrig använd");
  *terminal.out << fmt::format("{:>4}  {}  {}  {}  {}\n", key.number, left(key.name, 24),
                               left(key.source.empty() ? "–" : key.source, 16), scopes_text(key), state);
}

template <typename Thing, typename ToJson, typename Print>
void tell(const std::vector<Thing>& things, Form form, const Terminal& terminal, ToJson to_json,
          Print print) {
  if (form == Form::Text) {
    for (const Thing& thing : things) print(thing, terminal);
    return;
  }
  Json list = Json::array();
  for (const Thing& thing : things) list.push_back(to_json(thing));
  *terminal.out << json_text(list);
}

}  // namespace

Status add_person(const Session& session, const PersonOptions& options) {
  HANDSLAG_TRY(grants, parse_grants(options.roles));
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Create, "person add"));
  HANDSLAG_TRY(password, read_password(session.terminal));
  NewPerson person{options.login, options.name.empty() ? options.login : options.name, password};
  person.grants = std::move(grants);
  person.opens_protected = options.opens_protected.value_or(false);
  HANDSLAG_TRY(added, opened.accounts().add(opened.by, person));
  print_person(added, session.terminal);
  return opened.close();
}

Status list_people(const Session& session, Form form) {
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Write, "person list"));
  HANDSLAG_TRY(people, opened.accounts().people(opened.by));
  tell(people, form, session.terminal, person_json, print_person);
  return opened.close();
}

Status change_roles(const Session& session, const PersonOptions& options) {
  HANDSLAG_TRY(grants, parse_grants(options.roles));
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Write, "person roles"));
  if (!grants.empty()) HANDSLAG_CHECK_STATUS(opened.accounts().set_roles(opened.by, options.login, grants));
  if (options.opens_protected) {
    HANDSLAG_CHECK_STATUS(
        opened.accounts().set_protected(opened.by, options.login, *options.opens_protected));
  }
  HANDSLAG_TRY(people, opened.accounts().people(opened.by));
  bool is_there = false;
  for (const Person& person : people) {
    if (person.login != options.login) continue;
    print_person(person, session.terminal);
    is_there = true;
  }
  if (!is_there) return not_found("nobody has the login \"" + options.login + "\"");
  return opened.close();
}

Status enable_person(const Session& session, const std::string& login, bool is_enabled) {
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Write, "person disable"));
  HANDSLAG_TRY(person, opened.accounts().set_enabled(opened.by, login, is_enabled));
  print_person(person, session.terminal);
  return opened.close();
}

Status change_password_of(const Session& session, const std::string& login) {
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Write, "person password"));
  HANDSLAG_TRY(password, read_password(session.terminal));
  HANDSLAG_CHECK_STATUS(opened.accounts().set_password(opened.by, login, password));
  *session.terminal.out << session.terminal.say("The password is set; open sessions are ended.\n",
                                                "Lösenordet är satt; öppna sessioner är avslutade.\n");
  return opened.close();
}

Status add_key(const Session& session, const KeyOptions& options) {
  HANDSLAG_TRY(scopes, parse_scopes(options.scopes));
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Create, "key add"));
  HANDSLAG_TRY(made, opened.keys().add(opened.by, {options.name, options.source, scopes}));
  HANDSLAG_CHECK_STATUS(opened.close());
  *session.terminal.notes << session.terminal.say("The key is shown this once; keep it as a password.\n",
                                                  "Nyckeln visas bara nu; förvara den som ett lösenord.\n");
  *session.terminal.out << made.text << '\n';
  return {};
}

Status list_keys(const Session& session, Form form) {
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Write, "key list"));
  HANDSLAG_TRY(keys, opened.keys().keys(opened.by));
  tell(keys, form, session.terminal, key_json, print_key);
  return opened.close();
}

Status revoke_key(const Session& session, std::int64_t number) {
  HANDSLAG_TRY(opened, open_to_administer(session, store::Mode::Write, "key revoke"));
  HANDSLAG_CHECK_STATUS(opened.keys().revoke(opened.by, number));
  *session.terminal.out << fmt::format(
      fmt::runtime(session.terminal.say("Key {} is revoked.\n", "Nyckel {} är återkallad.\n")), number);
  return opened.close();
}

}  // namespace handslag::app
