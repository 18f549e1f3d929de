// SPDX-License-Identifier: Apache-2.0
// Webhooks and recipients over the API. Who changed what stands in the audit trail, before it is done.
#include <fmt/format.h>

#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/notices/notices.h"
#include "app/settings/settings.h"
#include "io/format/read_output.h"

namespace handslag::app {
namespace {

std::string name_of(const Caller& caller) {
  return caller.login.empty() ? caller.name : caller.login;
}

// Why without the address: a part of it may be a secret of the receiver's.
Status note_hook(const Call& call, const std::string& whom, const Json& details) {
  return call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::HookChanged, whom,
               details.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

Result<std::int64_t> number_in_path(const Call& call) {
  std::int64_t number = 0;
  for (const char c : call.path[0]) {
    if (c < '0' || c > '9' || number > 1'000'000'000)
      return not_found("there is no webhook " + call.path[0].substr(0, 40));
    number = number * 10 + (c - '0');
  }
  return number;
}

Result<WebhookChange> change_of(const Json& body) {
  WebhookChange change;
  for (const auto& [name, value] : body.items()) {
    if (name == "name" && value.is_string()) {
      change.name = value.get<std::string>();
    } else if (name == "url" && value.is_string()) {
      change.url = value.get<std::string>();
    } else if (name == "filter") {
      HANDSLAG_TRY(filter, read_webhook_filter(value));
      change.filter = std::move(filter);
    } else if (name == "active" && value.is_boolean()) {
      change.active = value.get<bool>();
    } else if (name == "new_secret" && value.is_boolean()) {
      change.new_secret = value.get<bool>();
    } else {
      return invalid(fmt::format(
                         "\"{}\" is not known or of another kind; there are: name, url (texts), filter (an "
                         "object), active, new_secret (true or false)",
                         name.substr(0, 40)))
          .at(format::pointer_step(name));
    }
  }
  return change;
}

Result<http::Response> list_webhooks(Call& call) {
  HANDSLAG_TRY(webhooks, call.services->notices->webhooks());
  Json list = Json::array();
  for (const store::StoredWebhook& it : webhooks) list.push_back(webhook_json(it));
  return json_response({{"webhooks", std::move(list)}});
}

http::Response webhook_response(const store::StoredWebhook& webhook, bool with_secret, unsigned status) {
  Json json = webhook_json(webhook);
  if (with_secret) json["secret"] = webhook.secret;  // this once
  return versioned_response(json, webhook.version, status);
}

Result<http::Response> add_webhook(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(change, change_of(body));
  if (change.active || change.new_secret)
    return invalid("a new webhook is active and has a new secret; leave \"active\" and \"new_secret\" out")
        .at(change.active ? "/active" : "/new_secret");
  HANDSLAG_CHECK_STATUS(note_hook(call, "webhook " + change.name.value_or(""), {{"what", "added"}}));
  HANDSLAG_TRY(added, call.services->notices->add_webhook(change, name_of(call.caller)));
  return webhook_response(added, true, 201);
}

Result<http::Response> change_webhook(Call& call) {
  HANDSLAG_TRY(number, number_in_path(call));
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(change, change_of(body));
  HANDSLAG_TRY(expected, expected_version(call.request));
  Json what = Json::array();
  for (const auto& [name, value] : body.items()) what.push_back(name);
  HANDSLAG_CHECK_STATUS(note_hook(call, "webhook " + call.path[0], {{"what", "changed"}, {"members", what}}));
  HANDSLAG_TRY(changed, call.services->notices->change_webhook(number, expected, change));
  return webhook_response(changed, change.new_secret, 200);
}

Result<http::Response> drop_webhook(Call& call) {
  HANDSLAG_TRY(number, number_in_path(call));
  HANDSLAG_CHECK_STATUS(note_hook(call, "webhook " + call.path[0], {{"what", "removed"}}));
  HANDSLAG_CHECK_STATUS(call.services->notices->drop_webhook(number));
  return json_response({{"removed", number}});
}

Result<http::Response> test_webhook(Call& call) {
  HANDSLAG_TRY(number, number_in_path(call));
  HANDSLAG_TRY(id, call.services->notices->test_webhook(number));
  return json_response({{"id", id}}, 202);
}

Result<http::Response> list_deliveries(Call& call) {
  HANDSLAG_TRY(number, number_in_path(call));
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, 500));
  HANDSLAG_TRY(before, number_parameter(call, "before", 0, 0, 1ULL << 62U));
  HANDSLAG_TRY(deliveries, call.services->notices->deliveries(number, static_cast<std::int64_t>(before),
                                                              static_cast<std::int64_t>(limit)));
  Json list = Json::array();
  for (const store::StoredDelivery& it : deliveries) list.push_back(delivery_json(it));
  const bool is_full = deliveries.size() == limit;
  return json_response(
      {{"deliveries", std::move(list)}, {"next_before", is_full ? Json(deliveries.back().number) : Json()}});
}

Status may_keep(const Call& call, const std::string& unit) {
  if (may(call.caller, Permission::ManageRecipients, unit)) return {};
  return Error{ErrorCode::Forbidden,
               fmt::format("you may not look after the recipients of {}", unit.substr(0, 80))};
}

http::Response recipients_response(const Call& call, const store::StoredRecipients& stored) {
  Notices& notices = *call.services->notices;
  Json list = Json::parse(stored.recipients, nullptr, false);
  for (Json& it : list) {
    const std::string error = notices.error_of(stored.unit, it.value("name", ""));
    it["last_error"] = error.empty() ? Json() : Json(error);
  }
  const Json json{{"unit", stored.unit},
                  {"version", stored.version},
                  {"recipients", std::move(list)},
                  {"mail", notices.mail_is_on() ? "on" : "off"},
                  {"set_at", stored.version == 0 ? Json() : time_json(stored.set_at)},
                  {"set_by", stored.version == 0 ? Json() : Json(stored.set_by)}};
  return versioned_response(json, stored.version);
}

Result<http::Response> show_recipients(Call& call) {
  HANDSLAG_CHECK_STATUS(may_keep(call, call.path[0]));
  HANDSLAG_TRY(stored, call.services->notices->recipients(call.path[0]));
  return recipients_response(call, stored);
}

Result<http::Response> put_recipients(Call& call) {
  const std::string& unit = call.path[0];
  HANDSLAG_CHECK_STATUS(may_keep(call, unit));
  HANDSLAG_TRY(settings, read_settings(call.services->directory.path()));
  if (!settings.units.empty() && !settings.units.contains(unit))
    return not_found(fmt::format("there is no unit \"{}\" in units.toml", unit.substr(0, 80)));
  HANDSLAG_TRY(body, json_body(call.request));
  if (!body.contains("recipients"))
    return invalid("\"recipients\" is missing: a list, empty for nobody").at("/recipients");
  HANDSLAG_TRY(recipients, read_recipients(body["recipients"]));
  HANDSLAG_TRY(expected, expected_version(call.request));
  HANDSLAG_CHECK_STATUS(note_hook(call, "recipients of " + unit, {{"count", recipients.size()}}));
  HANDSLAG_TRY(stored,
               call.services->notices->put_recipients(unit, expected, recipients, name_of(call.caller)));
  return recipients_response(call, stored);
}

}  // namespace

void add_notice_routes(std::vector<Route>& routes) {
  using http::Method;
  const auto add_one = [&](Method method, std::string_view pattern, Permission permission,
                           std::function<Result<http::Response>(Call&)> answer, std::string_view summary) {
    add(routes, method, pattern, permission, Where::Worker, std::move(answer), summary);
  };
  constexpr Permission kHooks = Permission::ManageHooks, kRecipients = Permission::ManageRecipients;
  add_one(Method::Get, "/v1/webhooks", kHooks, list_webhooks,
          "Where verdicts, warnings and notices are sent");
  add_one(Method::Post, "/v1/webhooks", kHooks, add_webhook, "Add a webhook; its secret is shown this once");
  add_one(Method::Patch, "/v1/webhooks/{number}", kHooks, change_webhook,
          "Address, filter, a new secret, on or off");
  add_one(Method::Delete, "/v1/webhooks/{number}", kHooks, drop_webhook, "Remove a webhook");
  add_one(Method::Post, "/v1/webhooks/{number}/test", kHooks, test_webhook, "Send it a message of type test");
  add_one(Method::Get, "/v1/webhooks/{number}/deliveries", kHooks, list_deliveries,
          "What was sent to it, and what came of it");
  add_one(Method::Get, "/v1/units/{unit}/recipients", kRecipients, show_recipients,
          "Who in a unit is told before a promise breaks");
  add_one(Method::Put, "/v1/units/{unit}/recipients", kRecipients, put_recipients,
          "Set who is told, how and how often");
}

}  // namespace handslag::app
