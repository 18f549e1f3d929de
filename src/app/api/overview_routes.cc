// SPDX-License-Identifier: Apache-2.0
// For those who run things today: what nears its breach and who is told of it, and what came of what broke.
// Counted from the live system's memory, current to the moment.
#include <algorithm>

#include "app/api/front_desk.h"
#include "app/api/matter_desk.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/api/whole_log.h"
#include "app/causes/caused_live.h"
#include "app/notices/notices.h"
#include "app/watch/near_due.h"

namespace handslag::app {
namespace {

Status stands_still() {
  return unavailable("the live system stands still; the log says why");
}

// ---- what nears its breach

Json near_due_json(const Live& live, const NearDue& it) {
  const promise::Promise& promise = *live.promises().versions()[it.version].promise;
  return {{"promise", promise.id},
          {"title", promise.title},
          {"unit", promise.kept_by.empty() ? Json() : Json(promise.kept_by)},
          {"customer", live.name(it.customer)},
          {"due", time_json(it.due)},
          {"left_s", it.left_us / kMicrosPerSecond},
          {"state", it.is_overdue ? "overdue" : "pending"},
          {"warn_at", time_json(it.warn_at)},
          {"warned", it.warn_at != kNoTime && it.due.us - it.left_us >= it.warn_at.us}};
}

// How many a unit's warnings go to, and by name for whoever looks after them.
Json recipients_of(const Call& call, const std::string& unit) {
  Notices* notices = call.services->notices;
  if (notices == nullptr || unit.empty()) return {{"recipients", 0}, {"names", nullptr}};
  const auto stored = notices->recipients(unit);
  const Json list = stored.ok() ? Json::parse(stored->recipients, nullptr, false) : Json::array();
  if (!list.is_array()) return {{"recipients", 0}, {"names", nullptr}};
  Json names;
  if (may(call.caller, Permission::ManageRecipients, unit)) {
    names = Json::array();
    for (const Json& it : list) names.push_back(it.value("name", ""));
  }
  return {{"recipients", list.size()}, {"names", std::move(names)}};
}

Json units_json(const Call& call, const std::map<std::string, NearDueCounts>& by_unit) {
  Json list = Json::array();
  for (const auto& [unit, counts] : by_unit) {
    Json json = recipients_of(call, unit);
    json["unit"] = unit.empty() ? Json() : Json(unit);
    json["near"] = counts.near;
    json["overdue"] = counts.overdue;
    list.push_back(std::move(json));
  }
  return list;
}

Result<http::Response> due(Call& call) {
  HANDSLAG_TRY(hours, number_parameter(call, "hours", 72, 1, 8'760));
  HANDSLAG_TRY(limit, number_parameter(call, "limit", 100, 1, 500));
  const std::string wanted(call.parameter("unit"));
  const Units units = units_where(call.caller, Permission::ReadStream);
  const auto is_wanted = [&](const std::string& unit) {
    const bool may_see = units.all || std::binary_search(units.names.begin(), units.names.end(), unit);
    return may_see && (wanted.empty() || wanted == unit);
  };
  Status status;
  NearDueList list;
  Json soonest = Json::array();
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) {
      status = stands_still();
      return;
    }
    const auto within = static_cast<std::int64_t>(hours) * 3600 * kMicrosPerSecond;
    list = near_due(*live, now, within, is_wanted, limit);
    for (const NearDue& it : list.soonest) soonest.push_back(near_due_json(*live, it));
  });
  HANDSLAG_CHECK_STATUS(status);
  return json_response({{"as_of", time_json(call.now)},
                        {"hours", hours},
                        {"due", std::move(soonest)},
                        {"units", units_json(call, list.by_unit)}});
}

// ---- what came of what broke

constexpr std::int64_t kUsualPeriod = 30 * kMicrosPerDay;
constexpr std::int64_t kLongestPeriod = 366 * kMicrosPerDay;

Result<CausedPeriod> caused_period(const LiveVerdicts& verdicts, std::optional<Timestamp> from,
                                   std::optional<Timestamp> to) {
  const Timestamp through = verdicts.complete_through;
  CausedPeriod period;
  period.to = to.value_or(through == kFirstTime ? verdicts.now : std::min(through, verdicts.now));
  period.from = from.value_or(Timestamp{period.to.us - kUsualPeriod});
  if (period.from >= period.to) return invalid("\"from\" must stand before \"to\"");
  if (period.to.us - period.from.us > kLongestPeriod)
    return invalid("\"from\" and \"to\" are more than a year apart");
  return period;
}

Result<http::Response> causes(Call& call) {
  HANDSLAG_TRY(from, time_parameter(call, "from"));
  HANDSLAG_TRY(to, time_parameter(call, "to"));
  HANDSLAG_TRY(verdicts, verdicts_of(*call.services));
  HANDSLAG_TRY(period, caused_period(verdicts, from, to));
  const auto lessons = call.services->front.matters->lessons();
  return json_response(caused_json(count_caused(verdicts, period, *lessons)));
}

}  // namespace

void add_overview_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Get, "/v1/causes", Permission::ReadGap, Where::Worker, causes,
      "What came of promises that did not hold, over a period");
  add(routes, Method::Get, "/v1/due", Permission::ReadStream, Where::Worker, due,
      "What is about to break while somebody can still act");
}

}  // namespace handslag::app
