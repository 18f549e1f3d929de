// SPDX-License-Identifier: Apache-2.0
// My own results: what I was in touch about and what I promised. For whoever asks alone; there is no
// parameter by which another could be named, and no other route tells results by person.
#include <fmt/format.h>

#include <map>

#include "app/access/audit_entry.h"
#include "app/api/register_answers.h"
#include "app/api/routes.h"
#include "app/api/services.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kDays = 90;

// Of the event types that are about a talk, by month.
Json talks_json(const std::vector<store::EventLog::AgentDay>& days) {
  constexpr std::pair<std::string_view, const char*> kCounted[] = {{"contact.started", "contacts"},
                                                                   {"contact.transferred", "handed_over"},
                                                                   {"help.blocked", "could_not_help"},
                                                                   {"fact.asked", "asked_for_facts"}};
  std::map<std::string, std::map<std::string, std::uint64_t>> months;
  for (const auto& it : days) {
    for (const auto& [type, name] : kCounted)
      if (it.type == type) months[format_rfc3339(it.day).substr(0, 7)][name] += it.events;
  }
  Json list = Json::array();
  for (const auto& [month, counts] : months) {
    Json line{{"month", month}};
    for (const auto& [type, name] : kCounted) line[name] = counts.contains(name) ? counts.at(name) : 0;
    list.push_back(std::move(line));
  }
  return list;
}

struct Kept {
  std::uint64_t open = 0, overdue = 0, kept = 0, kept_late = 0, released = 0;
  double expected = 0;  // the sum of the chances that were shown
  std::uint64_t with_chance = 0, kept_with_chance = 0;
};

Timestamp time_of(const Json& text) {
  return parse_rfc3339(text.get<std::string>()).value_or(kNoTime);
}

void count(const Json& record, Kept& kept) {
  const std::string state = record["state"];
  const Json& due = record["due"];
  const bool is_late = due.is_string() && time_of(record["state_since"]) > time_of(due);
  if (state == "kept")
    ++(is_late ? kept.kept_late : kept.kept);
  else if (state == "released")
    ++kept.released;
  else
    ++(record["overdue"] == true ? kept.overdue : kept.open);
  const Json& values = record["values"];
  const bool is_settled = state == "kept" || (state != "released" && record["overdue"] == true);
  if (!is_settled || !values.contains("chance")) return;
  ++kept.with_chance;
  kept.expected += values["chance"].get<double>();
  kept.kept_with_chance += state == "kept" && !is_late;
}

Result<Json> commitments_json(const Call& call, const Actor& actor, Timestamp from) {
  Kept kept;
  ListQuery query;
  query.filter.register_id = kCommitments;
  query.filter.creator = actor.id;
  query.limit = kMaxListed;
  for (bool is_recent = true; is_recent;) {
    HANDSLAG_TRY(page, call.services->registers.with([&](Registers& it) { return it.list(actor, query); }));
    for (const Json& record : page["records"]) {
      is_recent = time_of(record["created_at"]) >= from;
      if (!is_recent) break;
      count(record, kept);
    }
    query.filter.cursor = page["next"].is_string() ? page["next"].get<std::string>() : std::string();
    is_recent = is_recent && !query.filter.cursor.empty();
  }
  return Json{{"open", kept.open},
              {"overdue", kept.overdue},
              {"kept", kept.kept},
              {"kept_late", kept.kept_late},
              {"released", kept.released},
              {"settled_with_chance", kept.with_chance},
              {"expected_to_hold", kept.expected},
              {"held", kept.kept_with_chance}};
}

Result<http::Response> own_results(Call& call) {
  if (call.caller.kind != Caller::Kind::Person)
    return Error{ErrorCode::Forbidden, "results are of people; a key has none"};
  const Timestamp from{call.now.us - kDays * kMicrosPerDay};
  HANDSLAG_CHECK_STATUS(
      call.services->access.trail->note(entry_by(call.caller, store::AuditVerb::ResultsRead, {})));
  // Why by login alone: two people may have the same name.
  HANDSLAG_TRY(days, call.services->directory.log().days_of_agent(call.caller.login, from));
  HANDSLAG_TRY(commitments, commitments_json(call, actor_of(call.caller), from));
  return json_response({{"agent", call.caller.login},
                        {"from", time_json(from)},
                        {"contacts", talks_json(days)},
                        {"commitments", std::move(commitments)}});
}

}  // namespace

void add_own_routes(std::vector<Route>& routes) {
  add(routes, http::Method::Get, "/v1/me/results", Permission::ReadOwnResults, Where::Worker, own_results,
      "My own contacts and promises; nobody else sees them");
}

}  // namespace handslag::app
