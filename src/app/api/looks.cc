// SPDX-License-Identifier: Apache-2.0
#include "app/api/looks.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/api/services.h"
#include "app/frontline/card.h"
#include "app/frontline/find_customers.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMostWhy = 500;
constexpr std::size_t kMostOfOneKey = 20;  // customers with a contact of the same key

// Who may open protected identities, by name.
Json whom_to_ask(const Services& services) {
  Json names = Json::array();
  const auto people = services.access.accounts->people(operator_caller("handslag"));
  if (!people.ok()) return names;
  for (const Person& person : *people)
    if (!person.disabled && person.opens_protected && names.size() < 20) names.push_back(person.name);
  return names;
}

}  // namespace

Language language_of(const http::Request& request) {
  const std::string* asked = request.parameter("lang");
  if (asked != nullptr && !asked->empty()) return *asked == "sv" ? Language::Swedish : Language::English;
  const std::string* header = request.header("accept-language");
  return header != nullptr && header->starts_with("sv") ? Language::Swedish : Language::English;
}

Language language_of(const Call& call) {
  return language_of(call.request);
}

Status note_look(const Call& call, store::AuditVerb verb, std::string whom, std::string details) {
  const std::string_view why = call.parameter("why");
  if (why.empty() && call.caller.kind == Caller::Kind::Key)
    return invalid("\"why\" must say why the customer is looked at: the id of the call, for instance");
  store::AuditEntry entry = entry_by(call.caller, verb, std::move(whom), std::move(details));
  entry.why = std::string(why.substr(0, kMostWhy));
  return call.services->access.trail->note(std::move(entry));
}

Result<Refusal> refusal_if_protected(const Call& call, const Live& live, const Live::Look& look,
                                     model::CustomerIndex customer) {
  if (!is_protected(look.columns, 1) || may(call.caller, Permission::OpenProtected)) return Refusal();
  const std::string name = live.name(customer);
  HANDSLAG_CHECK_STATUS(note_look(call, store::AuditVerb::Denied, name, R"({"protected":true})"));
  return Refusal(json_response({{"customer", {{"name", name}, {"protected", true}}},
                                {"protected", true},
                                {"ask", whom_to_ask(*call.services)}}));
}

Result<Refusal> refusal_to_look(const Call& call, const Live& live, const Live::Look& look,
                                model::CustomerIndex customer, store::AuditVerb verb, std::string details) {
  HANDSLAG_TRY(refusal, refusal_if_protected(call, live, look, customer));
  if (refusal) return refusal;
  const bool is_guarded = is_protected(look.columns, 1);
  HANDSLAG_CHECK_STATUS(note_look(call, is_guarded ? store::AuditVerb::ProtectedOpened : verb,
                                  live.name(customer), std::move(details)));
  return Refusal();
}

std::vector<model::CustomerIndex> customers_named(const Live& live,
                                                  const std::vector<model::Identifier>& identifiers,
                                                  Timestamp now) {
  const auto& shared_types = live.settings().shared_identifiers;
  std::vector<model::CustomerIndex> own, shared;
  for (const model::Identifier& it : identifiers) {
    const auto found = find_by_identifier(live, it, utc_day(now)).customers;
    auto& into = is_shared(it.type, shared_types) ? shared : own;
    into.insert(into.end(), found.begin(), found.end());
  }
  auto& named = own.empty() ? shared : own;
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  return std::move(named);
}

Result<model::CustomerIndex> customer_of_contact(const Call& call, const Live& live) {
  const std::string& contact = call.path[0];
  const std::string_view asked = call.parameter("customer");
  const Error unknown = not_found("no contact has that key; GET /v1/card lists a customer's contacts");
  if (contact.size() > kMostTyped) return unknown;
  const auto customers = live.find_value("contact", contact, kMostOfOneKey);
  for (const model::CustomerIndex it : customers)
    if (asked.empty() ? customers.size() == 1 : live.name(it) == asked) return it;
  if (customers.empty() || !asked.empty()) return unknown;
  return Error{
      ErrorCode::Conflict,
      fmt::format("{} customers have a contact \"{}\"; say whose: ?customer=c12", customers.size(), contact)};
}

Json who_json(const Live& live, model::CustomerIndex customer, const Audience& audience) {
  const auto identifiers = live.identifiers(customer);
  const auto& shared = live.settings().shared_identifiers;
  return {{"name", live.name(customer)},
          {"sure", sureness(identifiers, shared)},
          {"known_as", known_as_json(identifiers, shared, audience)}};
}

Json candidate_json(Live& live, model::CustomerIndex customer, Timestamp now, const Audience& audience) {
  const Live::Look look = live.look(customer, now);
  if (is_protected(look.columns, 1) && !audience.opens_protected)
    return {{"name", live.name(customer)}, {"protected", true}};
  Json json = who_json(live, customer, audience);
  const Reading reading(look.columns, 1);
  json["last_contact"] = Json();
  for (model::EventIndex e = reading.end(); e-- > reading.begin();) {
    if (reading.type(e) != "contact.started") continue;
    json["last_contact"] = time_json(reading.time(e));
    break;
  }
  return json;
}

}  // namespace handslag::app
