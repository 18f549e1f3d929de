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

// The contact as it stands before the click.
struct ContactNow {
  std::string customer, was, kind;
  std::vector<std::string> words;
  std::vector<model::Identifier> known_as;
  model::Identifier named;  // the one of these that the record keeps
  std::optional<http::Response> refusal;
};

// One is enough for the event to come to her: one that is hers alone, and an identity number last of those.
model::Identifier name_for_record(const Live& live, const std::vector<model::Identifier>& known_as) {
  const auto& shared = live.settings().shared_identifiers;
  const auto rank = [&](const model::Identifier& it) {
    return is_shared(it.type, shared) ? 2 : is_identity_number(it.type) ? 1 : 0;
  };
  const auto best =
      std::min_element(known_as.begin(), known_as.end(),
                       [&](const auto& one, const auto& other) { return rank(one) < rank(other); });
  return best == known_as.end() ? model::Identifier() : *best;
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
  HANDSLAG_TRY(customer, customer_of_contact(call, live));
  const Live::Look look = live.look(customer, call.now);
  ContactNow standing;
  standing.customer = live.name(customer);
  HANDSLAG_TRY(refusal, refusal_if_protected(call, live, look, customer));
  standing.refusal = std::move(refusal);
  if (standing.refusal) return standing;
  const Reading reading(look.columns, 1);
  const Matters found = matters_of(reading, *call.services->front.matters->lessons());
  const auto place = found.find(contact);
  if (!place) return not_found("the contact has been withdrawn");
  if (matter.empty()) matter = "contact/" + contact;
  HANDSLAG_TRY(kind, kind_of(found, matter, contact));
  standing.kind = std::move(kind);
  standing.was = found.matter_of(*place).name;
  standing.words = found.contacts[*place].words;
  standing.known_as = live.identifiers(customer);
  standing.named = name_for_record(live, standing.known_as);
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
  return {{"values",
           {{"contact", contact},
            {"matter", matter},
            {"was", standing.was},
            {"kind", standing.kind},
            {"words", fmt::format("{}", fmt::join(standing.words, " "))},
            {"customer", Json::array({{{"type", standing.named.type}, {"value", standing.named.value}}})}}}};
}

std::vector<std::string> records_of(const std::vector<HeldMatter>& held) {
  std::vector<std::string> ids;
  for (const HeldMatter& it : held) ids.push_back(it.record);
  return ids;
}

Status note_correction(const Call& call, const std::string& whom, const Json& details) {
  return call.services->access.trail->note(
      entry_by(call.caller, store::AuditVerb::MatterCorrected, whom, json_text(details)));
}

Result<http::Response> correct(Call& call) {
  HANDSLAG_TRY(body, json_body(call.request));
  const auto wanted = body.find("matter");
  if (wanted == body.end() || !(wanted->is_string() || wanted->is_null()))
    return invalid(R"(send {"matter": "order/A-1001"}, or {"matter": null} for one of its own)")
        .at("/matter");
  std::string matter = wanted->is_string() ? wanted->get<std::string>() : std::string();
  HANDSLAG_TRY(standing, ask_standing(call, matter));
  if (standing.refusal) return std::move(*standing.refusal);
  const std::string& contact = call.path[0];
  HANDSLAG_CHECK_STATUS(note_correction(call, standing.customer,
                                        {{"contact", contact}, {"from", standing.was}, {"to", matter}}));
  MatterDesk& desk = *call.services->front.matters;
  const Json record = record_of(contact, matter, standing);
  Faults faults;
  const auto made = call.services->registers.with([&](Registers& registers) -> Result<Changed> {
    const auto before = desk.held(contact, standing.known_as);
    HANDSLAG_TRY(changed, registers.replace(actor_of(call.caller), records_of(before), "replaced",
                                            kMatterCorrections, record, faults));
    desk.let_go(before);
    desk.hold({changed.id, contact, matter, standing.kind, standing.words, {standing.named}});
    return changed;
  });
  if (!made.ok()) return faults_response(made.error(), faults);
  return json_response({{"contact", contact},
                        {"matter", matter},
                        {"matter_source", "corrected"},
                        {"was", standing.was},
                        {"record", made->id}});
}

Result<http::Response> restore(Call& call) {
  std::string none;
  HANDSLAG_TRY(standing, ask_standing(call, none));
  if (standing.refusal) return std::move(*standing.refusal);
  const std::string& contact = call.path[0];
  MatterDesk& desk = *call.services->front.matters;
  const Error nothing = not_found("nothing was corrected of that contact");
  const auto known = desk.held(contact, standing.known_as);
  if (known.empty()) return nothing;
  const std::string matter = known.front().matter;
  HANDSLAG_CHECK_STATUS(
      note_correction(call, standing.customer, {{"contact", contact}, {"taken_back", matter}}));
  Faults faults;
  const auto undone = call.services->registers.with([&](Registers& registers) -> Status {
    const auto before = desk.held(contact, standing.known_as);
    if (before.empty()) return nothing;
    HANDSLAG_CHECK_STATUS(registers.move_all(actor_of(call.caller), records_of(before), "undone", faults));
    desk.let_go(before);
    return {};
  });
  if (!undone.ok()) return faults_response(undone.error(), faults);
  return json_response({{"contact", contact}, {"taken_back", matter}});
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
