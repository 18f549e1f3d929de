// SPDX-License-Identifier: Apache-2.0
// POST /v1/demo: the story of the demo into an installation that has nothing yet, so that one click after the
// first start there is something to see.
#include "app/access/audit_entry.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/demo/load_demo.h"

namespace handslag::app {
namespace {

// Why so few: it is loaded between two requests, and the story needs no more.
constexpr std::uint64_t kDemoCustomers = 2'000;

Result<http::Response> tell_story(Call& call) {
  auto& directory = call.services->directory;
  const std::string by = call.caller.login.empty() ? call.caller.name : call.caller.login;
  HANDSLAG_CHECK_STATUS(
      call.services->access.trail->note(entry_by(call.caller, store::AuditVerb::FileImported, "demo")));
  HANDSLAG_CHECK_STATUS(call.live->commit(call.now));
  MakeDemoOptions options;
  options.customers = kDemoCustomers;
  const auto events = load_demo(directory, options, call.now, by);
  HANDSLAG_CHECK_STATUS(call.live->reload(Cause::Late, call.now));
  if (!events.ok()) return events.error();
  return json_response({{"events", *events}, {"customers", kDemoCustomers}}, 201);
}

}  // namespace

void add_demo_routes(std::vector<Route>& routes) {
  add(routes, http::Method::Post, "/v1/demo", Permission::AdministerSettings, Where::Watch, tell_story,
      "The demo's story, into an installation that has nothing yet");
}

}  // namespace handslag::app
