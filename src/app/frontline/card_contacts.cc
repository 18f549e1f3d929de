// SPDX-License-Identifier: Apache-2.0
// Contacts by matter (matters.h), each with its place in the chain.
#include <algorithm>
#include <map>

#include "app/frontline/card_parts.h"

namespace handslag::app {
namespace {

CardContact contact_at(const Reading& reading, const Matters& found, std::size_t c) {
  const model::EventIndex e = found.events[c];
  const matter::Placement& placement = found.derived.of[c];
  CardContact contact;
  contact.contact = reading.text(e, CardField::Contact);
  contact.time = reading.time(e);
  contact.channel = reading.text(e, CardField::Channel);
  contact.unit = reading.text(e, CardField::Unit);
  contact.matter_source = placement.source;
  contact.confidence = placement.confidence;
  contact.because = placement.because;
  return contact;
}

// The contacts of one matter; what she tried herself alone is no matter of the card.
CardMatter chain_of(const Reading& reading, const Matters& found, const matter::Matter& of) {
  CardMatter chain;
  chain.matter = of.name;
  chain.kind = of.kind;
  if (of.thing && of.kind == "order") chain.order = found.things[*of.thing].value;
  for (const std::size_t c : of.contacts) {
    const model::EventIndex e = found.events[c];
    if (reading.type(e) == "selfservice.started") {
      ++chain.own_tries;
      continue;
    }
    if (chain.reason.empty()) chain.reason = reading.text(e, CardField::Reason);
    if (chain.order.empty()) chain.order = reading.text(e, CardField::Order);
    chain.contacts.push_back(contact_at(reading, found, c));
  }
  return chain;
}

// What happened within a contact, by its key.
void add_to_contact(const Reading& reading, model::EventIndex e, CardContact& contact) {
  const std::string_view type = reading.type(e);
  if (type == "contact.ended")
    contact.outcome = reading.text(e, CardField::Outcome);
  else if (type == "contact.transferred")
    ++contact.transfers;
  else if (type == "help.blocked" && contact.blocked.size() < kMostOnCard)
    contact.blocked.emplace_back(reading.text(e, CardField::Why));
}

void add_inner_events(const Reading& reading, std::vector<CardMatter>& matters) {
  std::map<std::string_view, CardContact*> by_key;
  for (CardMatter& matter : matters)
    for (CardContact& contact : matter.contacts)
      if (!contact.contact.empty()) by_key[contact.contact] = &contact;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const auto contact = by_key.find(reading.text(e, CardField::Contact));
    if (contact != by_key.end()) add_to_contact(reading, e, *contact->second);
  }
}

// A try that failed belongs where it was begun: the last one before it, of the same matter where that is
// said.
void add_failed_tries(const Reading& reading, const Matters& found, std::vector<CardMatter>& matters) {
  std::map<std::string_view, std::size_t> by_name;
  for (std::size_t m = 0; m < matters.size(); ++m) by_name.emplace(found.derived.matters[m].name, m);
  std::size_t next = 0;
  std::optional<std::size_t> begun;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (next < found.events.size() && found.events[next] == e) {
      if (reading.type(e) == "selfservice.started") begun = found.derived.of[next].matter;
      ++next;
    }
    if (reading.type(e) != "selfservice.failed") continue;
    const std::string_view said = reading.text(e, CardField::Matter);
    if (said.empty()) {
      if (begun) ++matters[*begun].failed_tries;
    } else if (const auto named = by_name.find(said); named != by_name.end()) {
      ++matters[named->second].failed_tries;
    }
  }
}

}  // namespace

std::vector<CardMatter> chains_of(const Reading& reading, const Matters& found) {
  std::vector<CardMatter> matters;
  for (const matter::Matter& it : found.derived.matters) matters.push_back(chain_of(reading, found, it));
  add_failed_tries(reading, found, matters);
  std::erase_if(matters, [](const CardMatter& it) { return it.contacts.empty(); });
  add_inner_events(reading, matters);
  for (CardMatter& matter : matters) {
    matter.of = matter.contacts.size();
    for (std::size_t i = 0; i < matter.of; ++i) matter.contacts[i].number = i + 1;
    if (matter.of > kMostOnCard)
      matter.contacts.erase(matter.contacts.begin(), matter.contacts.end() - kMostOnCard);
  }
  std::stable_sort(matters.begin(), matters.end(), [](const CardMatter& a, const CardMatter& b) {
    return a.contacts.back().time > b.contacts.back().time;
  });
  if (matters.size() > kMostOnCard) matters.resize(kMostOnCard);
  return matters;
}

std::optional<Timestamp> last_contact(const Reading& reading) {
  for (model::EventIndex e = reading.end(); e-- > reading.begin();)
    if (reading.type(e) == "contact.started") return reading.time(e);
  return std::nullopt;
}

}  // namespace handslag::app
