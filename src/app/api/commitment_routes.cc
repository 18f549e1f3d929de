// SPDX-License-Identifier: Apache-2.0
// "Lova": what is promised, to whom, by when. First the chance that it holds is shown, then it is confirmed,
// and the chance that was shown is kept with it. And the link by which she sees it herself.
#include <fmt/format.h>

#include <cmath>

#include "app/access/audit_entry.h"
#include "app/api/front_desk.h"
#include "app/api/looks.h"
#include "app/api/register_answers.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/frontline/card.h"
#include "app/frontline/commitment_chance.h"
#include "app/pages/pages.h"
#include "app/pages/promised_page.h"

namespace handslag::app {
namespace {

constexpr const char* kFilledIn[] = {"chance", "chance_low", "chance_high",
                                     "alike",  "lead_days",  "normal_days"};

double days(std::int64_t us) {
  return std::round(100 * static_cast<double>(us) / kMicrosPerDay) / 100;
}
double rounded(double share) {
  return std::round(10'000 * share) / 10'000;
}

std::string commitment_text(const Json& values, const char* name) {
  const auto entry = values.find(name);
  return entry != values.end() && entry->is_string() ? entry->get<std::string>() : std::string();
}

// REQUIRES: the register has found the values good.
CommitmentAsked asked_of(const Json& values) {
  CommitmentAsked asked;
  for (const Json& it : values["customer"])
    asked.customer.push_back({it["type"].get<std::string>(), it["value"].get<std::string>()});
  asked.promise = commitment_text(values, "promise");
  asked.order = commitment_text(values, "order");
  asked.product = commitment_text(values, "product");
  asked.unit = commitment_text(values, "unit");
  asked.kind = commitment_text(values, "kind");
  if (const auto due = parse_rfc3339(commitment_text(values, "due"))) asked.due = *due;
  return asked;
}

void keep_with(Json& values, const CommitmentChance& chance, Timestamp due, Timestamp now) {
  values["lead_days"] = days(due.us - now.us);
  values["alike"] = chance.waited_so_long;
  if (chance.usually_left_us) values["normal_days"] = days(*chance.usually_left_us);
  if (!chance.chance) return;
  values["chance"] = rounded(*chance.chance);
  values["chance_low"] = rounded(chance.interval.low);
  values["chance_high"] = rounded(chance.interval.high);
}

// What is for the program to say, or lies behind us.
Faults faults_in(const Json& values, Timestamp now) {
  Faults faults;
  for (const char* name : kFilledIn)
    if (values.contains(name))
      faults.push_back({fmt::format("/values/{}", name), "this is worked out here; leave it out"});
  const auto due = parse_rfc3339(commitment_text(values, "due"));
  if (due && *due <= now) faults.push_back({"/values/due", "this has been already; promise a time to come"});
  return faults;
}

struct SeenChance {
  CommitmentChance chance;
  std::optional<http::Response> refusal;
};

// It tells how long she has waited already, so it is a look at her as any other.
Result<SeenChance> look_at_chance(const Call& call, Live& live, const CommitmentAsked& asked, Timestamp now) {
  SeenChance seen;
  for (const model::CustomerIndex it : customers_named(live, asked.customer, now)) {
    HANDSLAG_TRY(refusal, refusal_to_look(call, live, live.look(it, now), it, store::AuditVerb::CardRead,
                                          R"({"chance":true})"));
    seen.refusal = std::move(refusal);
    if (seen.refusal) return seen;
  }
  seen.chance = chance_of(live, asked, now);
  return seen;
}

Result<SeenChance> ask_chance(const Call& call, const CommitmentAsked& asked) {
  Result<SeenChance> seen = unavailable("the live system stands still; the log says why");
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live != nullptr) seen = look_at_chance(call, *live, asked, now);
  });
  return seen;
}

Result<http::Response> show_chance(const Call& call, Json body) {
  const Actor actor = actor_of(call.caller);
  const Error refusal = invalid("nothing can be promised so; each fault says what to mend");
  Faults faults = faults_in(body["values"], call.now);
  if (!faults.empty()) return faults_response(refusal, faults);
  const Status checked = call.services->registers.with(
      [&](Registers& registers) { return registers.check_record(actor, kCommitments, body, faults); });
  if (!checked.ok()) return faults_response(checked.error(), faults);
  const CommitmentAsked asked = asked_of(body["values"]);
  HANDSLAG_TRY(seen, ask_chance(call, asked));
  if (seen.refusal) return std::move(*seen.refusal);
  const CommitmentChance& chance = seen.chance;
  keep_with(body["values"], chance, asked.due, call.now);
  Json shown = chance_json(chance, language_of(call));
  const std::string draft =
      call.services->front.drafts.keep({call.caller.id, std::move(body), shown, call.now});
  return json_response({{"draft", draft},
                        {"until", time_json(Timestamp{call.now.us + kDraftLives})},
                        {"due", time_json(asked.due)},
                        {"chance", std::move(shown)}});
}

Status note_commitment(const Call& call, store::AuditVerb verb, const std::string& whom,
                       const std::string& details) {
  return call.services->access.trail->note(entry_by(call.caller, verb, whom, details));
}

Result<http::Response> make(const Call& call, const Json& body, const char* details) {
  // Why before: what cannot be noted is not done. The record says the rest.
  HANDSLAG_CHECK_STATUS(note_commitment(call, store::AuditVerb::CommitmentMade, {}, details));
  return changed(call, 201, [&](Registers& registers, const Actor& actor, Faults& faults) {
    return registers.create_record(actor, kCommitments, body, faults);
  });
}

Result<http::Response> confirm(const Call& call, const Json& body) {
  HANDSLAG_TRY(name, text_member(body, "confirm"));
  CommitmentDrafts& drafts = call.services->front.drafts;
  auto draft = drafts.take(name, call.caller.id, call.now);
  if (!draft)
    return not_found(
        "there is no such draft any more (they live for half an hour, and until a restart); send the values "
        "again and look at the chance as it is now");
  const auto due = parse_rfc3339(commitment_text(draft->body["values"], "due"));
  if (due && *due <= call.now) return Error{ErrorCode::Conflict, "the time has passed meanwhile; begin anew"};
  auto made = make(call, draft->body, R"({"shown":true})");
  const bool is_ours = !made.ok() || made->status >= 500;
  if (is_ours) drafts.put_back(name, std::move(*draft));
  return made;
}

Result<http::Response> commit_to(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  if (body.contains("confirm")) return confirm(call, body);
  if (!body.contains("values") || !body["values"].is_object())
    return invalid(R"(send {"values": {…}} to see the chance, then {"confirm": "the draft's name"})")
        .at("/values");
  // Why at once: nothing is promised by it; it says what she says.
  const Json& values = body["values"];
  if (values.contains("claimed") && values["claimed"] == true) {
    const Faults faults = faults_in(values, kFirstTime);  // she may say that it was for yesterday
    if (!faults.empty()) return faults_response(invalid("some of it is not for you to say"), faults);
    return make(call, body, R"({"claimed":true})");
  }
  return show_chance(call, std::move(body));
}

// ---- the link for her own eyes

Result<Json> readable(const Call& call, const std::string& id) {
  const Actor actor = actor_of(call.caller);
  HANDSLAG_TRY(
      record, call.services->registers.with([&](Registers& registers) { return registers.show(actor, id); }));
  if (record["register"] != kCommitments) return not_found("there is no commitment " + id.substr(0, 80));
  return record;
}

Result<http::Response> make_link(Call& call) {
  HANDSLAG_TRY(record, readable(call, call.path[0]));
  HANDSLAG_TRY(lives, number_parameter(call, "days", 0, 0, 400));
  if (record["due"].is_null())
    return Error{ErrorCode::Conflict, "nothing is promised yet; confirm it with a time first"};
  const auto due = parse_rfc3339(record["due"].get<std::string>());
  const std::int64_t month = 30 * kMicrosPerDay;
  Timestamp expires{call.now.us + static_cast<std::int64_t>(lives) * kMicrosPerDay};
  if (lives == 0)
    expires = {std::clamp(due.value_or(call.now).us, call.now.us, call.now.us + 370 * kMicrosPerDay) + month};
  const std::string id = record["id"];
  HANDSLAG_CHECK_STATUS(note_commitment(call, store::AuditVerb::CommitmentChanged, id, R"({"link":"made"})"));
  HANDSLAG_TRY(token, call.services->front.links->make(id, call.caller.id, call.now, expires));
  return json_response({{"token", token}, {"path", "/v1/promised/" + token}, {"expires", time_json(expires)}},
                       201);
}

Result<http::Response> revoke_links(Call& call) {
  HANDSLAG_TRY(record, readable(call, call.path[0]));
  const std::string id = record["id"];
  HANDSLAG_CHECK_STATUS(
      note_commitment(call, store::AuditVerb::CommitmentChanged, id, R"({"link":"taken back"})"));
  HANDSLAG_CHECK_STATUS(call.services->front.links->revoke(id, call.now));
  return json_response({{"revoked", true}});
}

// Nothing by which she, or whoever promised, could be found: what, by when, who keeps it, how it stands.
Json promised_json(const Json& record, Timestamp now) {
  const std::string state = record["state"];
  const bool is_kept = state == "kept", is_open = state != "kept" && state != "released";
  const auto due = record["due"].is_string() ? parse_rfc3339(record["due"].get<std::string>()) : std::nullopt;
  return {{"what", record["values"].value("what", "")},
          {"by", record["due"]},
          {"kept_by", record["unit"]},
          {"promised_at", record["created_at"]},
          {"state", is_open ? (due && *due < now ? "overdue" : "promised") : state},
          {"kept_at", is_kept ? record["state_since"] : Json()},
          {"as_of", time_json(now)}};
}

http::Response for_her_alone(http::Response response) {
  const bool is_said = std::any_of(response.headers.begin(), response.headers.end(),
                                   [](const http::Header& it) { return it.name == "Cache-Control"; });
  if (!is_said) response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back({"Vary", "Accept, Accept-Language"});
  response.headers.push_back({"X-Robots-Tag", "noindex, nofollow"});
  response.route = "/v1/promised/{token}";
  return response;
}

PromisedToHer promised_to_her(const Json& told) {
  using State = PromisedToHer::State;
  const auto instant = [&](const char* name) {
    return told[name].is_string() ? parse_rfc3339(told[name].get<std::string>()) : std::nullopt;
  };
  PromisedToHer it{told["what"], told["kept_by"], State::Promised, {}, instant("by"), instant("kept_at")};
  it.promised = instant("promised_at").value_or(kFirstTime);
  const std::string state = told["state"];
  if (state == "overdue") it.state = State::Overdue;
  if (state == "kept") it.state = State::Kept;
  if (state == "released") it.state = State::Released;
  return it;
}

// For a browser a page, with the unit's name and her own times, which the live system knows.
http::Response page_for_her(const Call& call, const Json& told) {
  const Language language = language_of(call);
  http::Response page = promised_nothing_page(503, language);
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) return;
    PromisedToHer it = promised_to_her(told);
    const auto& units = live->settings().units;
    if (const auto unit = units.find(it.kept_by); unit != units.end() && !unit->second.name.empty())
      it.kept_by = unit->second.name;
    if (const model::TimeRules* rules = live->calendars().find({}, {}))
      page = promised_page(it, now, language, *rules);
  });
  return page;
}

http::Response show_promised(const Call& call, const std::string& record_id) {
  const bool wants_page = is_asked_by_browser(call.request);
  const auto record = call.services->registers.with(
      [&](Registers& registers) { return registers.show(system_actor(), record_id); });
  if (!record.ok())
    return wants_page ? promised_nothing_page(503, language_of(call))
                      : http::problem_response(record.error());
  const Json told = promised_json(*record, call.now);
  return wants_page ? page_for_her(call, told) : json_response(told);
}

http::Response no_promise(const Call& call, http::Response response, std::int64_t wait_s = 0) {
  if (is_asked_by_browser(call.request)) response = promised_nothing_page(response.status, language_of(call));
  if (wait_s > 0) response.headers.push_back({"Retry-After", std::to_string(wait_s)});
  return for_her_alone(std::move(response));
}

void promised(Call call, http::Reply reply) {
  const auto found = call.services->front.links->find(call.path[0], call.request.remote_address, call.now);
  if (found.wait_s > 0) {
    reply.send(no_promise(call,
                          http::problem_response({429,
                                                  "Too many tries",
                                                  "Too many links that lead nowhere; try again later.",
                                                  "/problems/limit",
                                                  {}}),
                          found.wait_s));
    return;
  }
  if (found.record.empty()) {
    reply.send(no_promise(
        call, http::problem_response(not_found(
                  "this link leads nowhere (any more); ask whoever gave it to you for a new one"))));
    return;
  }
  // Why shared: a std::function must be copyable, and a Reply is not.
  auto kept = std::make_shared<std::pair<Call, http::Reply>>(std::move(call), std::move(reply));
  const bool taken = kept->first.services->workers.give(
      [kept, id = found.record] { kept->second.send(for_her_alone(show_promised(kept->first, id))); });
  if (taken) return;
  kept->second.send(no_promise(
      kept->first,
      http::problem_response({429, "Too much at once", "Try again soon.", "/problems/limit", {}}), 5));
}

}  // namespace

void add_commitment_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Post, "/v1/commitments", Permission::MakeCommitments, Where::Worker, commit_to,
      "Promise a customer something by a time: see the chance, then confirm");
  add(routes, Method::Post, "/v1/commitments/{id}/token", Permission::MakeCommitments, Where::Worker,
      make_link, "A link by which the customer sees this promise");
  add(routes, Method::Delete, "/v1/commitments/{id}/token", Permission::MakeCommitments, Where::Worker,
      revoke_links, "Take the links back");
  add_itself(routes, Method::Get, "/v1/promised/{token}", std::nullopt, promised, {},
             "What was promised to whoever has the link");
}

}  // namespace handslag::app
