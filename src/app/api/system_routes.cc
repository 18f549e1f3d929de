// SPDX-License-Identifier: Apache-2.0
// What the server says of itself.
#include "app/api/register_desk.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/notices/notices.h"
#include "app/pages/pages.h"
#include "app/settings/settings.h"
#include "io/runtime/disk.h"

namespace handslag::app {
namespace {

http::Response plain(unsigned status, std::string text) {
  return http::text_response(status, "text/plain; charset=utf-8", std::move(text));
}

Result<http::Response> tell_routes(Call& call) {
  if (is_asked_by_browser(call.request)) return page_document(call.services->embedded_by);
  Json routes = Json::array();
  for (const Route& route : all_routes()) {
    Json entry{{"method", http::method_name(route.method)},
               {"path", route.pattern},
               {"summary", route.summary},
               {"permission", route.permission ? Json(permission_name(*route.permission)) : Json()}};
    routes.push_back(std::move(entry));
  }
  return json_response(
      {{"name", "Handslag"},
       {"version", call.services->version},
       {"what", "Holds what was promised to customers against what was delivered, as it happens."},
       {"sign_in", "POST /v1/session {\"login\", \"password\"}, or Authorization: Bearer hs_…"},
       {"send_events", "POST /v1/events with one event, a list, or one on each line"},
       {"listen", "GET /v1/stream (server-sent events)"},
       {"contract", "contract/openapi.yaml in the source"},
       {"routes", std::move(routes)}});
}

Result<http::Response> asset(Call& call) {
  auto file = page_asset(call.request);
  if (!file) return not_found("the pages have no such file; load the page again, it may have been replaced");
  return std::move(*file);
}

Result<http::Response> units(Call& call) {
  HANDSLAG_TRY(settings, read_settings(call.services->directory.path()));
  Json list = Json::array();
  for (const auto& [id, unit] : settings.units) {
    list.push_back(
        {{"id", id}, {"name", unit.name}, {"parent", unit.parent.empty() ? Json() : Json(unit.parent)}});
  }
  return json_response({{"units", std::move(list)}});
}

Result<http::Response> live(Call& /*call*/) {
  return plain(200, "alive\n");
}

// 503 while it drains, or while verdicts stand still: a load balancer then asks elsewhere.
Result<http::Response> ready(Call& call) {
  const auto not_ready = [](std::string text, std::string reason) {
    http::Response response = plain(503, std::move(text));
    response.reason = std::move(reason);
    return response;
  };
  if (call.services->is_stopping()) return not_ready("stopping\n", "the server stops");
  const std::string failure = call.services->watch.state().failure;
  if (!failure.empty()) return not_ready("verdicts stand still; see the log\n", failure);
  return plain(200, "ready\n");
}

Json text_or_none(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json notices_json(Notices* notices) {
  if (notices == nullptr) return {};
  const NoticeState it = notices->state();
  return {{"mail", it.mail_is_on ? "on" : "off"}, {"webhooks", it.webhooks},
          {"failing_webhooks", it.failing},       {"webhooks_off", it.off},
          {"waiting_items", it.waiting.all()},    {"failure", text_or_none(it.failure)}};
}

Result<http::Response> state(Call& call) {
  const WatchState watch = call.services->watch.state();
  const store::JournalState journal = call.services->journal.state();
  const auto free = runtime::free_disk_bytes(call.services->directory.path());
  return json_response({{"events", watch.counts.events},
                        {"duplicates", watch.counts.duplicates},
                        {"refused", watch.counts.refused},
                        {"waiting_events", watch.waiting_events},
                        {"uncommitted_events", watch.uncommitted_events},
                        {"evaluated_position", watch.taken_position},
                        {"durable_position", journal.last_position},
                        {"instances", watch.counts.instances},
                        {"customers", watch.counts.customers},
                        {"deadlines", watch.counts.deadlines},
                        {"changes", watch.counts.changes},
                        {"loads", watch.counts.loads},
                        {"waiting_since", time_json(watch.waiting_since)},
                        {"free_disk_bytes", free.ok() ? Json(*free) : Json()},
                        {"version", call.services->version},
                        {"queued_bytes", journal.queued_bytes},
                        {"waiting_rejects", journal.waiting_rejects},
                        {"registers_failure", text_or_none(call.services->registers.failure())},
                        {"notices", notices_json(call.services->notices)},
                        {"failure", text_or_none(watch.failure)}});
}

}  // namespace

void add_system_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Get, "/", {}, Where::Server, tell_routes, "What there is");
  add(routes, Method::Get, "/assets/{file}", {}, Where::Server, asset, "A file of the web pages");
  add(routes, Method::Get, "/v1/units", Permission::UseAccount, Where::Worker, units,
      "The units, with their names");
  add(routes, Method::Get, "/livez", {}, Where::Server, live, "The process is alive");
  add(routes, Method::Get, "/readyz", {}, Where::Server, ready, "It takes events and answers");
  add(routes, Method::Get, "/v1/state", Permission::ReadMetrics, Where::Server, state,
      "How far intake and evaluation are");
}

std::vector<Route> all_routes() {
  std::vector<Route> routes;
  add_system_routes(routes);
  add_calendar_routes(routes);
  add_access_routes(routes);
  add_intake_routes(routes);
  add_reject_routes(routes);
  add_import_routes(routes);
  add_upload_routes(routes);
  add_demo_routes(routes);
  add_promise_routes(routes);
  add_stream_routes(routes);
  add_register_routes(routes);
  add_commitment_routes(routes);
  add_matter_routes(routes);
  add_own_routes(routes);
  add_notice_routes(routes);
  add_quarter_routes(routes);
  add_overview_routes(routes);
  add_printed_routes(routes);
  add_frontline_routes(routes);
  return routes;
}

}  // namespace handslag::app
