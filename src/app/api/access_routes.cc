// SPDX-License-Identifier: Apache-2.0
// Who comes in: the first administrator, sessions, people, keys, and the audit trail.
#include <fmt/format.h>

#include "app/access/access_json.h"
#include "app/access/cookies.h"
#include "app/access/password.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "io/http/rate_limit.h"

namespace handslag::app {
namespace {

Transport transport_of(const Call& call) {
  return call.request.is_secure ? Transport::Secure : Transport::Clear;
}

Framing framing_of(const Call& call) {
  return call.services->embedded_by.empty() ? Framing::None : Framing::Others;
}

std::optional<std::string_view> token_of(const Call& call) {
  const std::string* cookies = call.request.header("cookie");
  return cookies == nullptr ? std::nullopt : token_in_cookies(*cookies, transport_of(call));
}

Json caller_json(const Caller& caller) {
  Json permissions = Json::array();
  for (std::size_t p = 0; p < kPermissions; ++p) {
    const auto permission = static_cast<Permission>(p);
    const Units units = units_where(caller, permission);
    if (may(caller, permission) || units.all || !units.names.empty())
      permissions.push_back(permission_name(permission));
  }
  constexpr std::string_view kKinds[] = {"nobody", "person", "key", "operator"};
  return {{"kind", kKinds[static_cast<std::size_t>(caller.kind)]},
          {"login", caller.login},
          {"name", caller.name},
          {"roles", grants_json(caller.grants)},
          {"permissions", std::move(permissions)}};
}

Result<Grant> grant_of(const Json& json, const std::string& place) {
  const Error wrong =
      invalid("\"roles\": a role is front_line, owner, analyst, steward, leader or administrator")
          .at(place + "/role");
  if (!json.is_object() || !json.contains("role") || !json["role"].is_string()) return wrong;
  const auto role = find_role(json["role"].get<std::string>());
  if (!role) return wrong;
  auto unit = text_member(json, "unit");
  if (!unit.ok()) return std::move(unit).error().at(place + "/unit");
  return Grant{*role, unit->empty() ? std::string(kAllUnits) : *unit};
}

// Nothing where the body names none.
Result<std::optional<std::vector<Grant>>> grants_of(const Json& body) {
  if (!body.contains("roles")) return std::optional<std::vector<Grant>>();
  if (!body["roles"].is_array())
    return invalid("\"roles\" must be a list of {\"role\", \"unit\"}").at("/roles");
  std::vector<Grant> grants;
  for (const Json& it : body["roles"]) {
    HANDSLAG_TRY(grant, grant_of(it, fmt::format("/roles/{}", grants.size())));
    grants.push_back(std::move(grant));
  }
  return std::optional(std::move(grants));
}

// A browser keeps the cookie of frames apart from the other, and sends both: the setting was another when it
// got one.
void end_other_cookie(const Call& call, http::Response& response) {
  if (transport_of(call) != Transport::Secure) return;
  const Framing other = framing_of(call) == Framing::None ? Framing::Others : Framing::None;
  response.headers.push_back({"Set-Cookie", ended_cookie(Transport::Secure, other)});
}

http::Response signed_in(const Call& call, const SignedIn& session) {
  http::Response response = json_response({{"csrf", session.csrf}, {"caller", caller_json(session.caller)}});
  end_other_cookie(call, response);  // first: some browsers keep but one
  response.headers.push_back(
      {"Set-Cookie", session_cookie(session.token, transport_of(call), framing_of(call))});
  return response;
}

Result<http::Response> sign_in_with(const Call& call, const std::string& login, const std::string& password) {
  SignInOutcome outcome =
      call.services->access.accounts->sign_in(login, password, call.request.remote_address);
  if (outcome.result.ok()) return signed_in(call, *outcome.result);
  const Error& error = outcome.result.error();
  http::Response response =
      error.code == ErrorCode::Limit
          ? http::problem_response({429, "Too many tries", error.message, "/problems/limit", {}})
          : http::problem_response(error);
  if (outcome.retry_after_s > 0) {
    const ThrottleLimits limits = AccountLimits().by_login;
    http::add_rate_limit(response, {"sign-in", limits.free, {}, limits.forget_s}, outcome.retry_after_s);
  }
  return response;
}

Result<http::Response> sign_in(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(login, text_member(body, "login"));
  HANDSLAG_TRY(password, text_member(body, "password"));
  return sign_in_with(call, login, password);
}

Result<http::Response> claim(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(token, text_member(body, "token"));
  HANDSLAG_TRY(login, text_member(body, "login"));
  HANDSLAG_TRY(name, text_member(body, "name"));
  HANDSLAG_TRY(password, text_member(body, "password"));
  HANDSLAG_TRY(person, call.services->access.accounts->claim_first(token, {login, name, password}));
  return sign_in_with(call, person.login, password);
}

Result<http::Response> session(Call& call) {
  Json json{{"caller", caller_json(call.caller)}};
  const auto token = token_of(call);
  json["csrf"] =
      token && call.caller.kind == Caller::Kind::Person ? Json(Accounts::csrf_token(*token)) : Json();
  return json_response(json);
}

Result<http::Response> sign_out(Call& call) {
  if (const auto token = token_of(call))
    HANDSLAG_CHECK_STATUS(call.services->access.accounts->sign_out(*token));
  http::Response response = json_response({{"signed_out", true}});
  end_other_cookie(call, response);
  response.headers.push_back({"Set-Cookie", ended_cookie(transport_of(call), framing_of(call))});
  return response;
}

Result<http::Response> change_password(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  const auto token = token_of(call);
  if (!token) return Error{ErrorCode::Unauthenticated, "a password is changed in a session; sign in first"};
  HANDSLAG_TRY(password, text_member(body, "password"));
  HANDSLAG_TRY(new_password, text_member(body, "new_password"));
  const Status changed = call.services->access.accounts->change_password(*token, password, new_password);
  if (!changed.ok() && changed.error().code == ErrorCode::Limit)
    return http::problem_response({429, "Too many tries", changed.error().message, "/problems/limit", {}});
  HANDSLAG_CHECK_STATUS(changed);
  return json_response({{"changed", true}});
}

Result<http::Response> get_people(Call& call) {
  HANDSLAG_TRY(people, call.services->access.accounts->people(call.caller));
  Json list = Json::array();
  for (const Person& person : people) list.push_back(person_json(person));
  return json_response({{"people", std::move(list)}});
}

Result<http::Response> post_person(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(grants, grants_of(body));
  HANDSLAG_TRY(login, text_member(body, "login"));
  HANDSLAG_TRY(name, text_member(body, "name"));
  HANDSLAG_TRY(password, text_member(body, "password"));
  HANDSLAG_TRY(opens_protected, flag_member(body, "opens_protected"));
  const NewPerson person{login, name, password, grants.value_or(std::vector<Grant>()),
                         opens_protected.value_or(false)};
  HANDSLAG_TRY(added, call.services->access.accounts->add(call.caller, person));
  return json_response(person_json(added), 201);
}

Result<Person> person_of_login(const Call& call, const std::string& login) {
  HANDSLAG_TRY(people, call.services->access.accounts->people(call.caller));
  for (Person& it : people)
    if (it.login == login) return std::move(it);
  return not_found("nobody has the login \"" + login.substr(0, 80) + "\"");
}

// What the body names is changed: roles, disabled, opens_protected, password. All of it is judged before.
Result<http::Response> change_person(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(grants, grants_of(body));
  HANDSLAG_TRY(opens_protected, flag_member(body, "opens_protected"));
  HANDSLAG_TRY(disabled, flag_member(body, "disabled"));
  HANDSLAG_TRY(password, text_member(body, "password"));
  const std::string& login = call.path[0];
  if (body.contains("password")) HANDSLAG_CHECK_STATUS(check_password(password, login).at("/password"));
  Accounts& accounts = *call.services->access.accounts;
  const auto done = [](const Result<Person>& person) -> Status {
    return person.ok() ? Status() : Status(person.error());
  };
  if (grants) HANDSLAG_CHECK_STATUS(done(accounts.set_roles(call.caller, login, *grants)));
  if (opens_protected)
    HANDSLAG_CHECK_STATUS(done(accounts.set_protected(call.caller, login, *opens_protected)));
  if (disabled) HANDSLAG_CHECK_STATUS(done(accounts.set_enabled(call.caller, login, !*disabled)));
  if (body.contains("password")) HANDSLAG_CHECK_STATUS(accounts.set_password(call.caller, login, password));
  HANDSLAG_TRY(changed, person_of_login(call, login));
  return json_response(person_json(changed));
}

Result<http::Response> get_keys(Call& call) {
  HANDSLAG_TRY(keys, call.services->access.keys->keys(call.caller));
  Json list = Json::array();
  for (const ApiKey& key : keys) list.push_back(key_json(key));
  return json_response({{"keys", std::move(list)}});
}

Result<http::Response> post_key(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(name, text_member(body, "name"));
  HANDSLAG_TRY(source, text_member(body, "source"));
  NewKey key{std::move(name), std::move(source), {}};
  if (!body.contains("scopes") || !body["scopes"].is_array())
    return invalid("\"scopes\" must be a list such as [\"events.send\"]").at("/scopes");
  for (const Json& it : body["scopes"]) {
    const auto scope = it.is_string() ? find_permission(it.get<std::string>()) : std::nullopt;
    if (!scope)
      return invalid("\"scopes\": " + it.dump(-1, ' ', true, Json::error_handler_t::replace) +
                     " is no permission")
          .at(fmt::format("/scopes/{}", key.scopes.size()));
    key.scopes.push_back(*scope);
  }
  HANDSLAG_TRY(made, call.services->access.keys->add(call.caller, key));
  Json json = key_json(made.key);
  json["key"] = made.text;  // this once
  return json_response(json, 201);
}

Result<http::Response> delete_key(Call& call) {
  std::int64_t number = 0;
  for (const char c : call.path[0]) {
    if (c < '0' || c > '9' || number > 1'000'000'000) return not_found("there is no key " + call.path[0]);
    number = number * 10 + (c - '0');
  }
  HANDSLAG_CHECK_STATUS(call.services->access.keys->revoke(call.caller, number));
  return json_response({{"revoked", number}});
}

Result<http::Response> read_audit(Call& call) {
  store::AuditQuery query;
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 100, 1, 1000));
  HANDSLAG_TRY(from, time_parameter(call, "from"));
  HANDSLAG_TRY(to, time_parameter(call, "to"));
  query.limit = limit;
  query.from = from;
  query.to = to;
  query.whom = std::string(call.parameter("whom"));
  query.who = std::string(call.parameter("who"));
  query.what = std::string(call.parameter("what"));
  if (call.parameter("order") == "newest") query.order = store::AuditQuery::Order::NewestFirst;
  HANDSLAG_TRY(beyond, number_parameter(call, "beyond", 0, 0, 1ULL << 53U));
  if (beyond > 0) query.beyond = beyond;
  HANDSLAG_CHECK_STATUS(
      call.services->access.trail->note(entry_by(call.caller, store::AuditVerb::AuditRead, query.whom)));
  HANDSLAG_TRY(lines, call.services->access.trail->list(query));
  Json list = Json::array();
  for (const store::AuditLine& it : lines) {
    list.push_back({{"number", it.number},
                    {"at", time_json(it.at)},
                    {"who_kind", it.who_kind},
                    {"who", it.who},
                    {"what", it.what},
                    {"whom", it.whom},
                    {"why", it.why},
                    {"details", it.details}});
  }
  return json_response({{"lines", std::move(list)},
                        {"next_beyond", lines.size() == limit ? Json(lines.back().number) : Json()}});
}

}  // namespace

void add_access_routes(std::vector<Route>& routes) {
  using http::Method;
  // What changes who may what is noticed at once by those who listen.
  const auto add_change = [&](Method method, std::string_view pattern, std::optional<Permission> permission,
                              Where where, Result<http::Response> (*answer)(Call&),
                              std::string_view summary) {
    const auto and_hurry = [answer](Call& call) {
      Result<http::Response> response = answer(call);
      call.services->beats.hurry();
      return response;
    };
    add(routes, method, pattern, permission, where, and_hurry, summary);
  };
  add(routes, Method::Post, "/v1/setup", {}, Where::Hasher, claim,
      "The first administrator, by the one-time token that the first start prints");
  add_change(Method::Post, "/v1/session", {}, Where::Hasher, sign_in, "Sign in");
  add(routes, Method::Get, "/v1/session", {}, Where::Server, session, "Who I am, and what I may");
  add_change(Method::Delete, "/v1/session", Permission::UseAccount, Where::Worker, sign_out, "Sign out");
  add_change(Method::Post, "/v1/session/password", Permission::UseAccount, Where::Hasher, change_password,
             "Change one's password");
  add(routes, Method::Get, "/v1/people", Permission::AdministerPeople, Where::Server, get_people,
      "Who may sign in");
  add(routes, Method::Post, "/v1/people", Permission::AdministerPeople, Where::Hasher, post_person,
      "Add a person");
  add_change(Method::Patch, "/v1/people/{login}", Permission::AdministerPeople, Where::Hasher, change_person,
             "Roles, password, disabled");
  add(routes, Method::Get, "/v1/keys", Permission::AdministerKeys, Where::Server, get_keys, "API keys");
  add(routes, Method::Post, "/v1/keys", Permission::AdministerKeys, Where::Worker, post_key,
      "Make a key; its text is shown this once");
  add_change(Method::Delete, "/v1/keys/{number}", Permission::AdministerKeys, Where::Worker, delete_key,
             "Revoke a key");
  add(routes, Method::Get, "/v1/audit", Permission::ReadAudit, Where::Worker, read_audit,
      "Who did and saw what");
}

}  // namespace handslag::app
