// SPDX-License-Identifier: Apache-2.0
// The front line: who is it, what have we promised her, what went wrong before she called. Every look at a
// customer is noted in the audit trail before it is answered; where that cannot be, nothing is shown.
#include <fmt/format.h>

#include "app/api/front_desk.h"
#include "app/api/looks.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/api/whole_log.h"
#include "app/causes/caused_live.h"
#include "app/frontline/card.h"
#include "app/frontline/card_json.h"
#include "app/frontline/cause.h"
#include "app/frontline/find_customers.h"

namespace handslag::app {
namespace {

// ---- the card

CardInput card_input(Live& live, const Live::Look& look, const matter::Lessons& lessons, Timestamp now,
                     Language language) {
  return {look.columns,
          1,
          look.verdicts,
          live.promises().versions(),
          [&live](std::uint32_t version) -> const model::TimeRules& { return live.rules_of(version); },
          [&look](std::uint32_t version) { return promise::horizon_of(look.program, version); },
          [&live, now](const std::string& id, std::string_view product,
                       std::int64_t waited) -> std::optional<Standing> {
            TimesTaken& times = live.times_taken();
            const std::uint32_t code = live.text_code(product);
            auto normal = code == model::kNoText ? std::nullopt : times.normal(id, now, code);
            if (normal && normal->sample >= kLeastToCompare)
              return Standing{*normal, times.longer_than(id, waited, code), std::string(product)};
            normal = times.normal(id, now);
            if (!normal) return std::nullopt;
            return Standing{*normal, times.longer_than(id, waited), {}};
          },
          now,
          language,
          &lessons};
}

Result<http::Response> show_candidates(const Call& call, const FoundCustomers& found) {
  constexpr std::size_t kMostShown = 5;
  HANDSLAG_CHECK_STATUS(note_look(
      call, store::AuditVerb::CustomerSearched, {},
      fmt::format(R"({{"by":"{}","found":{}}})",
                  found.identifier.type.empty() ? found.by : found.identifier.type, found.customers.size())));
  Json list = Json::array();
  for (const model::CustomerIndex it : found.customers) {
    if (list.size() == kMostShown) break;
    list.push_back(candidate_json(*call.live, it, call.now, audience_of(call.caller)));
  }
  return json_response({{"candidates", std::move(list)},
                        {"found_by", found.by},
                        {"more", found.customers.size() > kMostShown}});
}

Result<http::Response> show_card(const Call& call, model::CustomerIndex customer, const std::string& by) {
  Live& live = *call.live;
  const Audience audience = audience_of(call.caller);
  const Live::Look look = live.look(customer, call.now);
  HANDSLAG_TRY(refusal, refusal_to_look(call, live, look, customer, store::AuditVerb::CardRead));
  if (refusal) return std::move(*refusal);
  const Language language = language_of(call);
  const auto lessons = call.services->front.matters->lessons();
  const CardInput input = card_input(live, look, *lessons, call.now, language);
  const Card made = make_card(input);
  Json json = card_json(made, language);
  json["may_do"] = may_do_json(*call.services->front.mandates.in_force(), call.caller, made);
  json["ombud"] = ombud_json(made.ombud, audience);
  json["customer"] = who_json(live, customer, audience);
  json["customer"]["found_by"] = by;
  json["protected"] = made.is_protected;
  json["as_of"] = time_json(call.now);
  return json_response(json);
}

Result<http::Response> card(Call& call) {
  const AskedFor asked{call.parameter("customer"), call.parameter("identifier"), call.parameter("phone"),
                       call.parameter("order"),    call.parameter("matter"),     call.parameter("q")};
  for (const std::string_view text :
       {asked.customer, asked.identifier, asked.phone, asked.order, asked.matter, asked.anything})
    if (text.size() > kMostTyped) return invalid("what is looked for is longer than 200 bytes");
  HANDSLAG_TRY(found, find_customers(*call.live, asked, utc_day(call.now)));
  if (found.customers.empty()) {
    HANDSLAG_CHECK_STATUS(note_look(call, store::AuditVerb::CustomerSearched, {}, R"({"found":0})"));
    return not_found(
        "nobody is known by that; try an e-mail address, a customer number, the phone number she calls from "
        "(phone=), an order (order=), or POST /v1/identify, which says what is wrong with a number");
  }
  if (found.customers.size() > 1) return show_candidates(call, found);
  return show_card(call, found.customers.front(), found.by);
}

constexpr http::BodyLimits kCardLimits{4 << 10, 4 << 10};

// What names a person stands in the body: browsers, proxies and logs keep addresses.
Result<http::Response> card_asked(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  for (const char* name : {"customer", "identifier", "phone", "order", "matter", "q", "why", "lang"}) {
    HANDSLAG_TRY(text, text_member(body, name));
    if (text.size() > kMostTyped && name != std::string_view("why"))
      return invalid("what is looked for is longer than 200 bytes").at(fmt::format("/{}", name));
    call.request.query.push_back({name, std::move(text)});
  }
  return card(call);
}

// ---- causes

// Other customers with a broken instance of the promise due in the month.
std::size_t others_with(const Live& live, model::CustomerIndex customer, const std::string& promise,
                        const Month& month) {
  std::size_t others = 0;
  const auto& versions = live.promises().versions();
  live.each_told([&](model::CustomerIndex other, std::span<const Told> told) {
    if (other == customer) return;
    others += std::any_of(told.begin(), told.end(), [&](const Told& it) {
      return it.verdict == model::Verdict::Broken && it.due >= month.from && it.due <= month.to &&
             versions[it.version].promise->id == promise;
    });
  });
  return others;
}

// What the live system says of a contact; of what lies behind it, where something does.
struct CauseAsked {
  Refusal refusal;
  Json json;
  std::string promise;  // empty where nothing was found
  Month month;          // of the contact
};

Result<CauseAsked> ask_cause(const Call& call, Live& live, Timestamp now) {
  const std::string& contact = call.path[0];
  HANDSLAG_TRY(customer, customer_of_contact(call, live));
  const Live::Look look = live.look(customer, now);
  const Reading reading(look.columns, 1);
  const auto event = find_contact(reading, contact);
  if (!event) return not_found("the contact has been withdrawn");
  CauseAsked asked;
  HANDSLAG_TRY(refusal, refusal_to_look(call, live, look, customer, store::AuditVerb::CauseRead));
  asked.refusal = std::move(refusal);
  if (asked.refusal) return asked;
  const auto& versions = live.promises().versions();
  const Matters matters = matters_of(reading, *call.services->front.matters->lessons());
  const RootCause found = find_cause(reading, look.verdicts, versions, *event, matters);
  Json steps = cause_steps(reading, look.verdicts, versions, *event, found, matters);
  if (found.instance != nullptr) {
    const std::uint32_t version = found.instance->promise;
    asked.month = month_of(reading.time(*event), live.rules_of(version));
    asked.promise = versions[version].promise->id;
    const bool has_due = found.instance->due != kNoTime;
    steps.push_back(
        {{"month", asked.month.name},
         {"customers", has_due ? Json(others_with(live, customer, asked.promise, asked.month)) : Json()},
         {"step", "others"}});
  }
  asked.json = {{"contact", contact}, {"found", found.instance != nullptr}, {"steps", std::move(steps)}};
  if (may(call.caller, Permission::ReadCard)) asked.json["customer"] = live.name(customer);
  return asked;
}

// On a worker: what it cost in contacts is counted over everybody who was in touch.
Result<http::Response> cause(Call& call) {
  Result<CauseAsked> asked = unavailable("the live system stands still; the log says why");
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live != nullptr) asked = ask_cause(call, *live, now);
  });
  if (!asked.ok()) return asked.error();
  if (asked->refusal) return std::move(*asked->refusal);
  if (!asked->promise.empty()) {
    HANDSLAG_TRY(verdicts, verdicts_of(*call.services));
    const auto lessons = call.services->front.matters->lessons();
    asked->json["steps"].back()["contacts"] =
        count_contacts_of(verdicts, {asked->month.from, asked->month.to}, asked->promise, *lessons);
  }
  return json_response(asked->json);
}

// Why beside the path: a key with a stroke in it may not stand there.
Result<http::Response> cause_asked(Call& call) {
  call.path = {std::string(call.parameter("contact"))};
  if (call.path[0].empty()) return invalid("\"contact\" is missing: the key of a contact");
  return cause(call);
}

}  // namespace

void add_frontline_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Get, "/v1/card", Permission::ReadCard, Where::Look, card,
      "Everything about a customer in one look");
  add(routes, Method::Post, "/v1/card", Permission::ReadCard, Where::Look, card_asked,
      "The same, with what names her in the body", kCardLimits);
  add_identify_route(routes);
  add(routes, Method::Get, "/v1/cause/{contact}", Permission::ReadCauses, Where::Worker, cause,
      "From one bad contact back to the promise behind it");
  add(routes, Method::Get, "/v1/cause", Permission::ReadCauses, Where::Worker, cause_asked,
      "The same, of a contact whose key may not stand in a path");
  add_timeline_routes(routes);
}

}  // namespace handslag::app
