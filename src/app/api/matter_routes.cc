// SPDX-License-Identifier: Apache-2.0
// One click: this contact was about something else; and one click back. What is decided is a record (register
// matter-correction), stands on her timeline, and teaches which words go with which kind of matter.
#include <fmt/format.h>

#include <algorithm>

#include "app/access/audit_entry.h"
#include "app/api/front_desk.h"
#include "app/api/looks.h"
#include "app/api/register_answers.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/frontline/card.h"
#include "app/frontline/find_customers.h"
#include "app/frontline/matters.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMostNamed = 16;  // identifiers of a record's customer

// The contact as it stands before the click.
struct ContactNow {
  std::string customer, was, kind;
  std::vector<std::string> words;
  std::vector<model::Identifier> known_as;
  std::optional<http::Response> refusal;
};

// Those that are hers alone first: the event must come to her.
std::vector<model::Identifier> known_as(const Live& live, model::CustomerIndex customer) {
  auto identifiers = live.identifiers(customer);
  const auto& shared = live.settings().shared_identifiers;
  std::stable_partition(identifiers.begin(), identifiers.end(), [&](const model::Identifier& it) {
    return std::find(shared.begin(), shared.end(), base_type(it.type)) == shared.end();
  });
  if (identifiers.size() > kMostNamed) identifiers.resize(kMostNamed);
  return identifiers;
}

// The kind of the matter that is named; NotFound lists what there is.
Result<std::string> kind_of(const Matters& found, const std::string& matter, const std::string& contact) {
  if (matter == "contact/" + contact) return std::string("other");
  std::string known;
  for (const matter::Matter& it : found.derived.matters) {
    if (it.name == matter) return it.kind;
    if (known.size() < 500) known += (known.empty() ? "" : ", ") + it.name;
  }
  for (const matter::Thing& it : found.things) {
    if (name_of(it) == matter) return it.kind;
    if (known.size() < 500) known += (known.empty() ? "" : ", ") + name_of(it);
  }
  return not_found(fmt::format("she has no matter \"{}\"; she has {}; null makes one of its own",
                               matter.substr(0, 80), known));
}

Result<ContactNow> standing_of(Call& call, std::string& matter) {
  Live& live = *call.live;
  const std::string& contact = call.path[0];
  const Error unknown = not_found("no contact has that key; GET /v1/card lists a customer's contacts");
  const auto customers = live.find_value("contact", contact, 1);
  if (contact.size() > kMostTyped || customers.empty()) return unknown;
  const model::CustomerIndex customer = customers.front();
  const Live::Look look = live.look(customer, call.now);
  ContactNow standing;
  standing.customer = live.name(customer);
  if (is_protected(look.columns, 1) && !may(call.caller, Permission::OpenProtected)) {
    HANDSLAG_TRY(refusal, refuse_protected(call, standing.customer));
    standing.refusal = std::move(refusal);
    return standing;
  }
  const Reading reading(look.columns, 1);
  const Matters found = matters_of(reading, *call.services->front.matters->lessons());
  const auto place = found.find(contact);
  if (!place) return unknown;
  if (matter.empty()) matter = "contact/" + contact;
  HANDSLAG_TRY(kind, kind_of(found, matter, contact));
  standing.kind = std::move(kind);
  standing.was = found.matter_of(*place).name;
  standing.words = found.contacts[*place].words;
  standing.known_as = known_as(live, customer);
  return standing;
}

Result<ContactNow> ask_standing(Call& call, std::string& matter) {
  Result<ContactNow> standing = unavailable("the live system stands still; the log says why");
  call.services->watch.ask_and_wait([&](Live* live, Timestamp now) {
    if (live == nullptr) return;
    call.live = live;
    call.now = now;
    standing = standing_of(call, matter);
    call.live = nullptr;
  });
  return standing;
}

Json record_of(const std::string& contact, const std::string& matter, const ContactNow& standing) {
  Json customer = Json::array();
  for (const model::Identifier& it : standing.known_as)
    customer.push_back({{"type", it.type}, {"value", it.value}});
  return {{"values",
           {{"contact", contact},
            {"matter", matter},
            {"was", standing.was},
            {"kind", standing.kind},
            {"words", fmt::format("{}", fmt::join(standing.words, " "))},
            {"customer", std::move(customer)}}}};
}

Status note_correction(const Call& call, const std::string& whom, const Json& details) {
  return call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::MatterCorrected, whom, json_text(details)));
}

Result<http::Response> correct(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  const auto wanted = body.find("matter");
  if (wanted == body.end() || !(wanted->is_string() || wanted->is_null()))
    return invalid(R"(send {"matter": "order/A-1001"}, or {"matter": null} for one of its own)");
  std::string matter = wanted->is_string() ? wanted->get<std::string>() : std::string();
  HANDSLAG_TRY(standing, ask_standing(call, matter));
  if (standing.refusal) return std::move(*standing.refusal);
  const std::string& contact = call.path[0];
  HANDSLAG_CHECK_STATUS(note_correction(call, standing.customer,
                                        {{"contact", contact}, {"from", standing.was}, {"to", matter}}));
  MatterDesk& desk = *call.services->front.matters;
  const auto before = desk.held(contact);
  const Json record = record_of(contact, matter, standing);
  const Actor actor = actor_of(call.caller);
  Faults faults;
  const auto made = call.services->registers.with([&](Registers& registers) -> Result<Changed> {
    if (before) {
      HANDSLAG_TRY(replaced, registers.move(actor, before->record, {}, {{"to", "replaced"}}, faults));
      (void)replaced;  // its history says it
    }
    return registers.create_record(actor, kMatterCorrections, record, faults);
  });
  if (!made.ok()) return faults_response(made.error(), faults);
  desk.hold(contact, {made->id, matter, standing.kind, standing.words});
  return json_response({{"contact", contact},
                        {"matter", matter},
                        {"matter_source", "corrected"},
                        {"was", standing.was},
                        {"record", made->id}});
}

Result<http::Response> restore(Call& call) {
  const std::string& contact = call.path[0];
  MatterDesk& desk = *call.services->front.matters;
  const auto before = desk.held(contact);
  if (!before) return not_found("nothing was corrected of that contact");
  HANDSLAG_CHECK_STATUS(note_correction(call, {}, {{"contact", contact}, {"taken_back", before->matter}}));
  const Actor actor = actor_of(call.caller);
  Faults faults;
  const auto moved = call.services->registers.with([&](Registers& registers) {
    return registers.move(actor, before->record, {}, {{"to", "undone"}}, faults);
  });
  if (!moved.ok()) return faults_response(moved.error(), faults);
  desk.let_go(contact);
  return json_response({{"contact", contact}, {"taken_back", before->matter}});
}

}  // namespace

void add_matter_routes(std::vector<Route>& routes) {
  using http::Method;
  add(routes, Method::Put, "/v1/contacts/{contact}/matter", Permission::CorrectMatters, Where::Worker,
      correct, "This contact was about that matter");
  add(routes, Method::Delete, "/v1/contacts/{contact}/matter", Permission::CorrectMatters, Where::Worker,
      restore, "Take the correction back");
}

}  // namespace handslag::app
