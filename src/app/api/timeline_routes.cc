// SPDX-License-Identifier: Apache-2.0
// A customer over time: her events, and what she was promised, as known now or at an earlier instant. Every
// look is noted in the audit trail before it is answered.
#include "app/api/looks.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/frontline/find_customers.h"
#include "app/frontline/promised.h"

namespace handslag::app {
namespace {

// Whose timeline, and whether it may be seen.
struct Whose {
  Status status;
  std::optional<http::Response> refusal;
  model::CustomerIndex customer = 0;

  bool is_shown() const { return status.ok() && !refusal; }
};

// On the live system's thread. Notes the look.
Whose whose_timeline(Call& call) {
  Whose whose;
  Live& live = *call.live;
  auto found = find_customers(live, {call.path[0], {}, {}, {}, {}, {}}, utc_day(call.now));
  if (!found.ok() || found->customers.empty()) {
    whose.status =
        not_found("there is no customer " + call.path[0].substr(0, 32) + "; GET /v1/card finds one");
    return whose;
  }
  whose.customer = found->customers.front();
  auto refusal = refusal_to_look(call, live, live.look(whose.customer, call.now), whose.customer,
                                 store::AuditVerb::TimelineRead);
  if (refusal.ok()) {
    whose.refusal = std::move(refusal).value();
  } else {
    whose.status = refusal.error();
  }
  return whose;
}

// Of a client whose clock goes before ours, too: then it is as known now.
Result<std::optional<Timestamp>> as_of_parameter(const Call& call) {
  HANDSLAG_TRY(as_of, time_parameter(call, "as_of"));
  return as_of && *as_of >= call.now ? std::optional<Timestamp>() : as_of;
}

Live::Look look_at_her(Call& call, model::CustomerIndex customer, std::optional<Timestamp> as_of) {
  return as_of ? call.live->look_as_known(customer, *as_of) : call.live->look(customer, call.now);
}

// ---- events

struct Page {
  std::vector<store::RowNumber> rows;  // newest first
  std::optional<std::uint32_t> next_before;
};

Page page_of(const model::Columns& columns, std::uint64_t before, std::uint64_t limit) {
  Page page;
  const std::uint32_t begin = columns.offsets[1];
  std::uint32_t end = columns.offsets[2];
  if (before != 0) {
    while (end > begin && columns.row[end - 1] != before) --end;
    if (end > begin) --end;  // before it, not with it
  }
  while (end > begin && page.rows.size() < limit) page.rows.push_back(columns.row[--end]);
  if (end > begin) page.next_before = columns.row[end];
  return page;
}

// What has just come is not in the log yet: then it is written first.
Result<std::vector<model::Event>> fetch(const Services& services, const std::vector<store::RowNumber>& rows) {
  auto events = services.directory.log().fetch(rows);
  if (events.ok() || events.error().code != ErrorCode::NotFound) return events;
  Status committed;
  services.watch.ask_and_wait([&](Live* live, Timestamp now) {
    committed =
        live == nullptr ? unavailable("the live system stands still; the log says why") : live->commit(now);
  });
  HANDSLAG_CHECK_STATUS(committed);
  return services.directory.log().fetch(rows);
}

Result<http::Response> timeline(Call& call) {
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, 200));
  HANDSLAG_TRY(before, number_parameter(call, "before", 0, 0, 0xFFFF'FFFFU));
  HANDSLAG_TRY(as_of, as_of_parameter(call));
  Whose whose;
  Page page;
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) {
      whose.status = unavailable("the live system stands still; the log says why");
      return;
    }
    call.live = live;
    call.now = now;
    whose = whose_timeline(call);
    if (whose.is_shown()) page = page_of(look_at_her(call, whose.customer, as_of).columns, before, limit);
    call.live = nullptr;
  });
  HANDSLAG_CHECK_STATUS(whose.status);
  if (whose.refusal) return std::move(*whose.refusal);
  HANDSLAG_TRY(events, fetch(*call.services, page.rows));
  Json list = Json::array();
  for (model::Event& event : events) {
    mask_event(event, audience_of(call.caller));
    list.push_back(event_json(event));
  }
  return json_response({{"customer", call.path[0]},
                        {"events", std::move(list)},
                        {"next_before", page.next_before ? Json(*page.next_before) : Json()}});
}

// ---- promises

Result<http::Response> promises_over_time(Call& call) {
  HANDSLAG_TRY(as_of, as_of_parameter(call));
  Whose whose = whose_timeline(call);
  HANDSLAG_CHECK_STATUS(whose.status);
  if (whose.refusal) return std::move(*whose.refusal);
  Live& live = *call.live;
  const Live::Look look = look_at_her(call, whose.customer, as_of);
  const CardInput input{
      look.columns,
      1,
      look.verdicts,
      live.promises().versions(),
      [&live](std::uint32_t version) -> const model::TimeRules& { return live.rules_of(version); },
      [&look](std::uint32_t version) { return promise::horizon_of(look.program, version); },
      {},
      as_of.value_or(call.now),
      language_of(call),
      nullptr};
  const AllPromised all = all_promised(input);
  return json_response({{"customer", call.path[0]},
                        {"as_of", time_json(input.now)},
                        {"promises", promised_json(all)},
                        {"of", all.of}});
}

}  // namespace

void add_timeline_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Get, "/v1/customers/{customer}/promises", Permission::ReadCard, Where::Watch,
      promises_over_time, "All that a customer was promised, as known now or earlier");
  add(routes, Method::Get, "/v1/customers/{customer}/timeline", Permission::ReadCard, Where::Worker, timeline,
      "A customer's events, newest first");
}

}  // namespace handslag::app
