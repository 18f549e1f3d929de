// SPDX-License-Identifier: Apache-2.0
// Events in. A 2xx says that they are on disk. Single bad events are kept with their reason (rejects); a body
// that cannot be read at all is the sender's to mend, and nothing of it is kept.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "app/access/audit_entry.h"
#include "app/api/hooks.h"
#include "app/api/intake_refusal.h"
#include "app/api/replay.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "io/format/cloud_events.h"
#include "io/format/native_events.h"
#include "io/format/segment.h"

namespace handslag::app {
namespace {

constexpr http::BodyLimits kEventLimits{8 << 20, 32 << 20};

// The request as the formats see it. `request` must outlive it.
struct Wire {
  explicit Wire(const http::Request& request, const std::string& public_url = {}) {
    for (const http::Header& it : request.headers) headers.push_back({it.name, it.value});
    url = (public_url.empty() ? fmt::format("{}://{}", request.is_secure ? "https" : "http", request.host)
                              : public_url) +
          request.target;
    wire.method = http::method_name(request.method);
    wire.path = request.path;
    const std::size_t question = request.target.find('?');
    if (question != std::string::npos) wire.query = std::string_view(request.target).substr(question + 1);
    wire.full_url = url;
    wire.headers = headers;
    wire.body = request.body;
  }
  std::vector<format::WireHeader> headers;
  std::string url;
  format::WireRequest wire;
};

format::WireSetting setting_of(const Call& call) {
  format::WireSetting setting;
  setting.source =
      call.caller.kind == Caller::Kind::Key ? call.caller.source : std::string(call.parameter("source"));
  setting.is_source_fixed = call.caller.kind == Caller::Kind::Key;
  setting.received = call.request.received;
  return setting;
}

void allow_origin(const http::Request& request, http::Response& response) {
  const std::string* origin = request.header("origin");
  if (origin == nullptr) return;
  response.headers.push_back({"Access-Control-Allow-Origin", *origin});
  response.headers.push_back({"Vary", "Origin"});
}

Json rejected_json(const std::vector<format::RejectedRecord>& rejected) {
  Json list = Json::array();
  for (const format::RejectedRecord& it : rejected) {
    if (list.size() == 100) break;
    list.push_back({{"pointer", it.column}, {"detail", it.reason}});
  }
  return list;
}

http::Response receipt_response(const Receipt& receipt) {
  if (receipt.accepted == 0 && !receipt.rejected.empty()) {
    http::Problem problem{422,
                          "No event could be used",
                          "They are kept among the rejects (GET /v1/rejects), each with its reason.",
                          "/problems/events",
                          {}};
    for (const format::RejectedRecord& it : receipt.rejected) {
      if (problem.parts.size() < 100) problem.parts.push_back({it.column, it.reason});
    }
    return http::problem_response(problem);
  }
  return json_response({{"accepted", receipt.accepted},
                        {"rejected", receipt.rejected.size()},
                        {"errors", rejected_json(receipt.rejected)},
                        {"position", receipt.position}});
}

using ToResponse = std::function<http::Response(const Result<Receipt>&)>;

// Reads, makes durable, answers.
void accept(Call call, http::Reply reply, const std::string& kind, Result<format::WireEvents> read,
            const ToResponse& to_response) {
  auto kept = std::make_shared<http::Reply>(std::move(reply));
  const auto answer = [kept, to_response](const Result<Receipt>& receipt) {
    kept->send(to_response(receipt));
  };
  if (!read.ok()) {
    answer(read.error());
    return;
  }
  call.services->intake.accept(kind, call.caller.source, std::move(read).value(), call.request.received,
                               answer);
}

// Our own form and CloudEvents share a path; the latter say what they are.
void take_events(Call call, http::Reply reply) {
  const Services& services = *call.services;
  const Wire wire(call.request);
  const format::WireSetting setting = setting_of(call);
  const bool is_cloud = format::cloud_events_mode(wire.wire) != format::CloudEventsMode::None;
  if (is_cloud && !format::is_cloud_events_format_known(wire.wire)) {
    reply.send(http::problem_response(415, "Format not known",
                                      "CloudEvents are read in JSON: application/cloudevents+json."));
    return;
  }
  auto read = is_cloud ? format::read_cloud_events(wire.wire, setting)
                       : format::read_native(call.request.body, setting);
  const bool is_unread = !read.ok();
  accept(std::move(call), std::move(reply), std::string(is_cloud ? kCloudEventsKind : kNativeKind),
         std::move(read), [&services, is_unread](const Result<Receipt>& receipt) {
           if (receipt.ok()) {
             http::Response response = receipt_response(*receipt);
             response.route = "/v1/events";
             return response;
           }
           http::Response response = is_unread ? http::problem_response(receipt.error())
                                               : intake_refusal(receipt.error(), services);
           response.route = "/v1/events";
           return response;
         });
}

// Segment's clients: their own bodies, keys also in the body.
void take_segment(Call call, http::Reply reply) {
  const Services& services = *call.services;
  const Wire wire(call.request);
  const auto respond = [request = call.request, &services](unsigned status, std::string body,
                                                           const Error* error) {
    http::Response response = http::text_response(status, "application/json", std::move(body));
    response.route = "/v1/batch";
    allow_origin(request, response);
    if (error != nullptr) {
      response.reason = error->message;
      add_retry_after(*error, services, response);
    }
    return response;
  };
  if (call.caller.kind == Caller::Kind::Nobody) {
    const auto key = format::write_key(wire.wire);
    auto caller = key ? services.access.keys->caller_of_key(*key)
                      : Result<Caller>(Error{ErrorCode::Unauthenticated, "no write key was sent"});
    if (!caller.ok()) {
      reply.send(respond(401, format::segment_refusal("the write key is not one of ours"), nullptr));
      return;
    }
    call.caller = std::move(caller).value();
  }
  if (!may(call.caller, Permission::SendEvents)) {
    reply.send(respond(403, format::segment_refusal("the key may not send events"), nullptr));
    return;
  }
  const auto call_kind = format::segment_call(call.request.path);
  if (call_kind == format::SegmentCall::Metrics) {
    reply.send(respond(200, std::string(format::kSegmentAccepted), nullptr));
    return;
  }
  auto read = format::read_segment(wire.wire, setting_of(call));
  const std::string kind = segment_kind(call_kind.value_or(format::SegmentCall::Batch));
  accept(std::move(call), std::move(reply), kind, std::move(read), [respond](const Result<Receipt>& receipt) {
    if (receipt.ok()) return respond(200, std::string(format::kSegmentAccepted), nullptr);
    const Error& error = receipt.error();
    const unsigned status = error.code == ErrorCode::Limit         ? 429
                            : error.code == ErrorCode::Unavailable ? 503
                                                                   : 400;
    return respond(status, format::segment_refusal(error.message), &error);
  });
}

Result<http::Response> segment_settings(Call& call) {
  http::Response response = json_response({{"integrations", {{"Segment.io", {{"apiKey", call.path[0]}}}}}});
  allow_origin(call.request, response);
  return response;
}

void take_hook(Call call, http::Reply reply) {
  const Services& services = *call.services;
  const std::string name = call.path[0];
  const auto entry = services.hooks.by_name.find(name);
  if (entry == services.hooks.by_name.end()) {
    reply.send(http::problem_response(not_found(fmt::format(
        "no webhook is set up as \"{}\"; put its map at settings/hooks/{}.toml and start the server again",
        name, name))));
    return;
  }
  const HookEntry& hook = entry->second;
  const Wire wire(call.request, services.hooks.public_url);
  if (hook.hook.signature) {
    const Status is_signed =
        format::check_signature(*hook.hook.signature, hook.secrets, wire.wire, call.request.received);
    if (!is_signed.ok()) {
      reply.send(http::problem_response(is_signed.error()));
      return;
    }
  } else if (!may(call.caller, Permission::SendEvents) || !may_speak_for(call.caller, name)) {
    reply.send(http::problem_response(Error{
        ErrorCode::Unauthenticated, "this webhook is not signed, so it needs a key that may send events"}));
    return;
  }
  format::WireSetting setting{name, true, call.request.received, services.hooks.zones};
  auto read = format::read_hook(hook.hook, wire.wire, setting);
  call.caller.source = name;
  const bool is_unread = !read.ok();
  accept(std::move(call), std::move(reply), hook_kind(name), std::move(read),
         [&services, is_unread](const Result<Receipt>& receipt) {
           http::Response response = receipt.ok() ? receipt_response(*receipt)
                                     : is_unread  ? http::problem_response(receipt.error())
                                                  : intake_refusal(receipt.error(), services);
           response.route = "/v1/hooks/{source}";
           return response;
         });
}

// ---- sources

Json source_json(const model::SourceHorizon& horizon, const store::LiveSource* live) {
  Json json{{"name", horizon.source},
            {"complete_through", time_json(horizon.complete_through)},
            {"history_start", time_json(horizon.history_start)},
            {"is_live", !horizon.is_file},
            {"event_types", horizon.types.size()}};
  json["lag_s"] = live != nullptr && live->lag_us ? Json(static_cast<double>(*live->lag_us) / 1e6) : Json();
  json["heartbeat_through"] = time_json(live == nullptr ? std::nullopt : live->heartbeat_through);
  return json;
}

Result<http::Response> list_sources(Call& call) {
  const auto sources = call.live->sources();
  Json list = Json::array();
  for (const model::SourceHorizon& horizon : call.live->horizons(call.now).sources) {
    const store::LiveSource* live = nullptr;
    for (const store::LiveSource& it : sources)
      if (it.name == horizon.source) live = &it;
    list.push_back(source_json(horizon, live));
  }
  return json_response({{"sources", std::move(list)}});
}

store::LiveSource known_source(const Live& live, const std::string& name) {
  for (const store::LiveSource& it : live.sources())
    if (it.name == name) return it;
  return {name, {}, {}, {}};
}

Result<http::Response> put_source(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  store::LiveSource source = known_source(*call.live, call.path[0]);
  if (body.contains("lag_s")) {
    if (!body["lag_s"].is_null() &&
        (!body["lag_s"].is_number() || body["lag_s"] < 0 || body["lag_s"] > 366 * 86400.0))
      return invalid("\"lag_s\" must be seconds from 0 to a year, or null").at("/lag_s");
    source.lag_us = body["lag_s"].is_null()
                        ? std::nullopt
                        : std::optional(static_cast<std::int64_t>(body["lag_s"].get<double>() * 1e6));
  }
  if (body.contains("history_start")) {
    const auto time = body["history_start"].is_string()
                          ? parse_rfc3339(body["history_start"].get<std::string>())
                          : std::nullopt;
    if (!time)
      return invalid("\"history_start\" must be an instant such as 2026-01-01T00:00:00Z")
          .at("/history_start");
    source.history_start = *time;
  }
  HANDSLAG_CHECK_STATUS(call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::SourceChanged, source.name,
               json_text({{"lag_s", body.value("lag_s", Json())},
                          {"history_start", body.value("history_start", Json())}}))));
  HANDSLAG_CHECK_STATUS(call.live->put_source(source));
  return list_sources(call);
}

Result<http::Response> heartbeat(Call& call) {
  const std::string& name = call.path[0];
  if (!may_speak_for(call.caller, name))
    return Error{ErrorCode::Forbidden,
                 "this key speaks for the source \"" + call.caller.source + "\", not for \"" + name + "\""};
  Timestamp through = call.request.received;
  if (!call.request.body.empty()) {
    HANDSLAG_TRY(body, json_body(call.request));
    const auto told = body.contains("complete_through") && body["complete_through"].is_string()
                          ? parse_rfc3339(body["complete_through"].get<std::string>())
                          : std::nullopt;
    if (!told)
      return invalid("\"complete_through\" must be an instant such as 2026-11-21T10:00:00Z")
          .at("/complete_through");
    through = std::min(*told, call.request.received);
  }
  store::LiveSource source = known_source(*call.live, name);
  source.heartbeat_through = std::max(source.heartbeat_through.value_or(kNoTime), through);
  HANDSLAG_CHECK_STATUS(call.live->put_source(source));
  return json_response({{"source", name}, {"complete_through", time_json(source.heartbeat_through)}});
}

}  // namespace

void take_segment_identify(Call call, http::Reply reply) {
  take_segment(std::move(call), std::move(reply));
}

void add_intake_routes(std::vector<Route>& routes) {
  using http::Method;
  add_itself(routes, Method::Post, "/v1/events", Permission::SendEvents, take_events, kEventLimits,
             "Send events: one, a list, one on each line, or CloudEvents");
  for (const std::string_view path :
       {"/v1/batch", "/v1/import", "/v1/track", "/v1/page", "/v1/screen", "/v1/group", "/v1/alias", "/v1/i",
        "/v1/t", "/v1/p", "/v1/s", "/v1/g", "/v1/a", "/v1/b", "/v1/m"}) {
    add_itself(routes, Method::Post, path, {}, take_segment, kEventLimits,
               "Segment's and RudderStack's clients; the write key is an API key");
  }
  add(routes, Method::Get, "/v1/projects/{key}/settings", {}, Where::Server, segment_settings,
      "What Segment's browser client asks first");
  add_itself(routes, Method::Post, "/v1/hooks/{source}", {}, take_hook, kEventLimits,
             "Any webhook, by its map; signed, or with a key");
  add(routes, Method::Get, "/v1/sources", Permission::ReadRejects, Where::Watch, list_sources,
      "What comes in, how fresh, how complete");
  // Why a second way in: whoever watches over the server sees who is silent, and nobody's rejected events.
  add(routes, Method::Get, "/v1/state/sources", Permission::ReadMetrics, Where::Watch, list_sources,
      "How fresh each source is");
  add(routes, Method::Put, "/v1/sources/{source}", Permission::ManageSources, Where::Watch, put_source,
      "How late a source may be, and since when it is complete");
  add(routes, Method::Post, "/v1/sources/{source}/heartbeat", Permission::SendEvents, Where::Watch, heartbeat,
      "All up to here has been sent");
}

}  // namespace handslag::app
