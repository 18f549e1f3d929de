// SPDX-License-Identifier: Apache-2.0
// Identification for a voice menu or a form. Each attempt is an event, so that failures are seen.
#include <fmt/format.h>

#include <atomic>
#include <memory>

#include "app/api/looks.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/frontline/find_customers.h"
#include "app/frontline/identify.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMostBody = 64 << 10;

struct Identification {
  Call call;
  http::Reply reply;
  std::string text, phone, channel, id;
};

void send_on_route(http::Reply& reply, http::Response response) {
  response.route = "/v1/identify";
  reply.send(std::move(response));
}

Json masked_candidates(Live& live, const FoundCustomers& by_phone, Timestamp now) {
  Json list = Json::array();
  for (const model::CustomerIndex it : by_phone.customers) {
    if (list.size() == 5) break;
    Json candidate = candidate_json(live, it, now, Audience{});
    if (!candidate.contains("protected")) list.push_back(std::move(candidate));
  }
  return list;
}

// What was found, and the event that tells of it.
Json judge(Live& live, const Identification& it, Timestamp now, Attempt& attempt) {
  const Date today = utc_day(now);
  const Language language = language_of(it.call);
  FoundCustomers found;
  if (auto searched = find_customers(live, {{}, {}, {}, {}, {}, it.text}, today); searched.ok())
    found = std::move(searched).value();
  const FoundCustomers by_phone =
      it.phone.empty() ? FoundCustomers{} : find_by_identifier(live, {"phone", it.phone}, today);
  attempt.method = found.by;
  attempt.digits = count_digits(it.text);
  if (!by_phone.customers.empty())
    attempt.caller = by_phone.identifier;
  else if (!it.phone.empty())
    attempt.caller = model::Identifier{"phone", it.phone};
  if (found.customers.size() == 1) {
    const auto identifiers = live.identifiers(found.customers.front());
    if (!found.identifier.type.empty())
      attempt.by = found.identifier;
    else if (!identifiers.empty())
      attempt.by = identifiers.front();
    return {{"found", true}, {"customer", live.name(found.customers.front())}, {"by", found.by}};
  }
  attempt.problem = found.customers.empty() ? number_problem(it.text, today) : NumberProblem::Several;
  Json candidates = masked_candidates(live, found.customers.empty() ? by_phone : found, now);
  const std::string next = next_step(candidates.size(), language);
  return {
      {"found", false},
      {"candidates", std::move(candidates)},
      {"problem",
       {{"code", problem_name(attempt.problem)}, {"sentence", problem_sentence(attempt.problem, language)}}},
      {"next", next}};
}

void answer_identification(const std::shared_ptr<Identification>& it, Live* live, Timestamp now) {
  if (live == nullptr) {
    send_on_route(it->reply,
                  http::problem_response(unavailable("the live system stands still; the log says why")));
    return;
  }
  Attempt attempt;
  attempt.id = it->id;
  attempt.channel = it->channel;
  attempt.call = std::string(it->call.parameter("why"));
  attempt.time = it->call.request.received;
  Json json = judge(*live, *it, now, attempt);
  const std::string whom = json["found"].get<bool>() ? json["customer"].get<std::string>() : std::string();
  const Status noted = note_look(it->call, store::AuditVerb::CustomerSearched, whom);
  if (!noted.ok()) {
    send_on_route(it->reply, http::problem_response(noted.error()));
    return;
  }
  format::WireEvents events;
  events.events.push_back(identify_event(attempt));
  const Services& services = *it->call.services;
  services.intake.accept("identify", "handslag", std::move(events), attempt.time,
                         [it, json = std::move(json)](const Result<Receipt>& receipt) mutable {
                           // Why answered even so: she waits, and the attempt is in the audit trail.
                           json["recorded"] = receipt.ok();
                           send_on_route(it->reply, json_response(json));
                         });
}

// Segment's clients use the same path for what they call identify: these always name a user, an anonymous
// browser or a message, and ours never does.
bool is_of_segment(const Json& body) {
  for (const char* name : {"userId", "anonymousId", "messageId", "writeKey"})
    if (body.contains(name)) return true;
  return false;
}

// Why here: the path is open to Segment's clients, which carry their key in the body.
std::optional<http::Response> refusal_of(const Caller& caller) {
  if (may(caller, Permission::Identify)) return std::nullopt;
  if (caller.kind == Caller::Kind::Nobody) {
    http::Response response = http::problem_response(
        Error{ErrorCode::Unauthenticated,
              "sign in (POST /v1/session), or send a key as Authorization: Bearer hs_…"});
    response.headers.push_back({"WWW-Authenticate", "Bearer realm=\"handslag\""});
    return response;
  }
  return http::problem_response(Error{ErrorCode::Forbidden,
                                      "this needs the permission \"customers.identify\"; an administrator "
                                      "grants roles, and scopes of keys"});
}

Status read_asked(const Json& body, Identification& into) {
  for (auto [name, text] : {std::pair{"text", &into.text}, std::pair{"phone", &into.phone},
                            std::pair{"channel", &into.channel}}) {
    HANDSLAG_TRY(told, text_member(body, name));
    if (told.size() > kMostTyped)
      return invalid("text, phone and channel are 200 bytes at most").at(fmt::format("/{}", name));
    *text = std::move(told);
  }
  // Why also in the body: a voice menu has one place for what it knows.
  HANDSLAG_TRY(why, text_member(body, "call"));
  if (!why.empty() && into.call.parameter("why").empty()) into.call.request.query.push_back({"why", why});
  return {};
}

void identify(Call call, http::Reply reply) {
  static std::atomic<std::uint64_t> count{0};
  if (call.request.body.size() > kMostBody) {
    take_segment_identify(std::move(call), std::move(reply));
    return;
  }
  const auto body = json_body(call.request);
  if (!body.ok()) {
    send_on_route(reply,
                  may_be_json(call.request) ? http::problem_response(body.error()) : not_json(call.request));
    return;
  }
  if (is_of_segment(*body)) {
    take_segment_identify(std::move(call), std::move(reply));
    return;
  }
  if (auto refusal = refusal_of(call.caller)) {
    send_on_route(reply, std::move(*refusal));
    return;
  }
  if (!may_be_json(call.request)) {
    send_on_route(reply, not_json(call.request));
    return;
  }
  const Services& services = *call.services;
  auto it =
      std::make_shared<Identification>(Identification{std::move(call), std::move(reply), {}, {}, {}, {}});
  const Status asked = read_asked(*body, *it);
  if (!asked.ok()) {
    send_on_route(it->reply, http::problem_response(asked.error()));
    return;
  }
  it->id = fmt::format("identify-{:x}-{}", services.started, ++count);
  if (!services.watch.ask_to_look([it](Live* live, Timestamp now) { answer_identification(it, live, now); }))
    answer_identification(it, nullptr, it->call.now);
}

}  // namespace

void add_identify_route(std::vector<Route>& routes) {
  routes.push_back({http::Method::Post,
                    "/v1/identify",
                    {},
                    Where::Itself,
                    {},
                    identify,
                    {8 << 20, 32 << 20},  // Segment's, as the other paths of its
                    "Who is it, by what she says; not found is never the end"});
}

}  // namespace handslag::app
