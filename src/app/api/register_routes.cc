// SPDX-License-Identifier: Apache-2.0
// Registers over the API: cases, commitments, blocked help, guesses, walks and what else is defined. Who may
// do what stands in each definition; the permission of a route says who may come near registers at all.
#include <fmt/format.h>

#include "app/api/matter_desk.h"
#include "app/api/register_answers.h"
#include "app/api/routes.h"
#include "app/api/services.h"

namespace handslag::app {
namespace {

Result<http::Response> create_in(const Call& call, const std::string& id) {
  HANDSLAG_TRY(body, json_body(call.request));
  return changed(call, 201, [&](Registers& registers, const Actor& actor, Faults& faults) {
    return registers.create_record(actor, id, body, faults);
  });
}

Result<http::Response> create(Call& call) {
  if (call.path[0] == kCommitments)
    return Error{ErrorCode::Conflict,
                 "commitments are made by POST /v1/commitments, which shows first how long the like took"};
  if (call.path[0] == kMatterCorrections)
    return Error{ErrorCode::Conflict, "matters are corrected by PUT /v1/contacts/{contact}/matter"};
  return create_in(call, call.path[0]);
}
Result<http::Response> block(Call& call) {
  return create_in(call, "blocked-help");
}

Result<http::Response> change(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(expected, expected_version(call.request));
  return changed(call, 200, [&](Registers& registers, const Actor& actor, Faults& faults) {
    return registers.change(actor, call.path[0], expected, body, faults);
  });
}

Result<http::Response> move(Call& call) {
  if (is_of_register(call.path[0], kMatterCorrections))
    return Error{ErrorCode::Conflict,
                 "matters are corrected by PUT, and taken back by DELETE, /v1/contacts/{contact}/matter"};
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(expected, expected_version(call.request));
  return changed(call, 200, [&](Registers& registers, const Actor& actor, Faults& faults) {
    return registers.move(actor, call.path[0], expected, body, faults);
  });
}

Result<http::Response> undo(Call& call) {
  if (is_of_register(call.path[0], kMatterCorrections))
    return Error{ErrorCode::Conflict, "matters are taken back by DELETE /v1/contacts/{contact}/matter"};
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(expected, expected_version(call.request));
  return changed(call, 200, [&](Registers& registers, const Actor& actor, Faults& faults) {
    return registers.undo(actor, call.path[0], expected, body, faults);
  });
}

Result<http::Response> comment(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  HANDSLAG_TRY(expected, expected_version(call.request));
  return changed(call, 200, [&](Registers& registers, const Actor& actor, Faults& faults) {
    return registers.comment(actor, call.path[0], expected, body, faults);
  });
}

Result<http::Response> asked(const Call& call, const RecordQuestion& question) {
  HANDSLAG_TRY(json, shown(call, question));
  return json_response(json);
}

Result<http::Response> show(Call& call) {
  HANDSLAG_TRY(json, shown(call, [&](Registers& registers, const Actor& actor) {
                 return registers.show(actor, call.path[0]);
               }));
  return versioned_response(json, json.value("version", 0U));
}

Result<http::Response> list(Call& call) {
  ListQuery query;
  query.filter.register_id = call.path[0];
  for (const http::Parameter& it : call.request.query)
    if (it.name == "state" && !it.value.empty()) query.filter.states.push_back(it.value);
  query.filter.owner = std::string(call.parameter("owner"));
  query.filter.unit = std::string(call.parameter("unit"));
  query.filter.creator = std::string(call.parameter("creator"));
  query.filter.text = std::string(call.parameter("text"));
  const std::string self = actor_of(call.caller).id;
  const auto is_other = [&](const std::string& person) { return !person.empty() && person != self; };
  if (query.filter.register_id == kCommitments &&
      (is_other(query.filter.owner) || is_other(query.filter.creator)))
    return Error{ErrorCode::Forbidden, "what one person has promised is shown to that person alone"};
  query.filter.leads_to = std::string(call.parameter("leads_to"));
  query.filter.cursor = std::string(call.parameter("cursor"));
  query.for_unit = std::string(call.parameter("for_unit"));
  query.overdue = call.parameter("overdue") == "true";
  if (call.parameter("order") == "due") query.filter.order = store::RegisterOrder::Due;
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, kMaxListed));
  query.limit = limit;
  return asked(call, [&](Registers& registers, const Actor& actor) { return registers.list(actor, query); });
}

Result<http::Response> history(Call& call) {
  HANDSLAG_TRY(before, number_parameter(call, "before", 0, 0, 1U << 30U));
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 50, 1, kMaxListed));
  return asked(call, [&](Registers& registers, const Actor& actor) {
    return registers.history(actor, call.path[0], static_cast<std::uint32_t>(before), limit);
  });
}

// What names nobody.
Result<http::Response> figures(const Call& call, const RecordQuestion& question) {
  const Actor actor = actor_of(call.caller);
  HANDSLAG_TRY(
      json, call.services->registers.with([&](Registers& registers) { return question(registers, actor); }));
  return json_response(json);
}

Result<http::Response> counts(Call& call) {
  return figures(
      call, [&](Registers& registers, const Actor& actor) { return registers.counts(actor, call.path[0]); });
}

Result<http::Response> definitions(Call& call) {
  return figures(call, [&](Registers& registers, const Actor& /*actor*/) {
    return Result<Json>(registers.definitions_json());
  });
}

Result<http::Response> definition(Call& call) {
  return figures(call, [&](Registers& registers, const Actor& /*actor*/) {
    return registers.definition_json(call.path[0]);
  });
}

}  // namespace

void add_register_routes(std::vector<Route>& routes) {
  using http::Method;
  const auto add = [&](Method method, std::string_view pattern, Permission permission,
                       std::function<Result<http::Response>(Call&)> answer, std::string_view summary) {
    routes.push_back({method, pattern, permission, Where::Worker, std::move(answer), {}, {}, summary});
  };
  add(Method::Get, "/v1/registers", Permission::UseAccount, definitions,
      "What registers there are, with fields, states and moves");
  add(Method::Get, "/v1/registers/{register}", Permission::UseAccount, definition,
      "One register's definition");
  add(Method::Get, "/v1/registers/{register}/records", Permission::UseAccount, list,
      "Its records, those that I may read");
  add(Method::Post, "/v1/registers/{register}/records", Permission::UseAccount, create, "Make a record");
  add(Method::Get, "/v1/registers/{register}/counts", Permission::UseAccount, counts,
      "How many, by state and unit");
  add(Method::Get, "/v1/records/{id}", Permission::UseAccount, show,
      "One record, with the moves that I may make");
  add(Method::Patch, "/v1/records/{id}", Permission::UseAccount, change, "Change its fields");
  add(Method::Post, "/v1/records/{id}/move", Permission::UseAccount, move, "Move it to another state");
  add(Method::Post, "/v1/records/{id}/undo", Permission::UseAccount, undo, "Take back my last change of it");
  add(Method::Post, "/v1/records/{id}/comment", Permission::UseAccount, comment, "Say something about it");
  add(Method::Get, "/v1/records/{id}/history", Permission::UseAccount, history,
      "Every change: who, when, what, why");
  add(Method::Post, "/v1/help-blocked", Permission::ReportBlockedHelp, block, "I could not help, because …");
}

}  // namespace handslag::app
