// SPDX-License-Identifier: Apache-2.0
// Contacts by matter, each with its place in the chain.
#include <algorithm>
#include <map>

#include "app/frontline/card_parts.h"

namespace handslag::app {
namespace {

constexpr std::int64_t kQuiet = 30 * kMicrosPerDay;

// Where a chain without a key goes on: the last one about the same reason, unless it has been quiet for long.
CardMatter& chain_by_reason(std::vector<CardMatter>& matters, std::string_view reason, Timestamp time) {
  const auto last = std::find_if(matters.rbegin(), matters.rend(), [&](const CardMatter& it) {
    return it.matter.empty() && it.reason == reason && !it.contacts.empty() &&
           time.us - it.contacts.back().time.us <= kQuiet;
  });
  if (last != matters.rend()) return *last;
  matters.emplace_back();
  matters.back().reason = reason;
  return matters.back();
}

CardMatter& chain_by_key(std::vector<CardMatter>& matters, std::string_view matter) {
  const auto known =
      std::find_if(matters.begin(), matters.end(), [&](const CardMatter& it) { return it.matter == matter; });
  if (known != matters.end()) return *known;
  matters.emplace_back();
  matters.back().matter = matter;
  return matters.back();
}

void start_contact(const Reading& reading, model::EventIndex e, std::vector<CardMatter>& matters) {
  const std::string_view matter = reading.text(e, CardField::Matter);
  const std::string_view reason = reading.text(e, CardField::Reason);
  CardMatter& chain =
      matter.empty() ? chain_by_reason(matters, reason, reading.time(e)) : chain_by_key(matters, matter);
  if (chain.reason.empty()) chain.reason = reason;
  if (chain.order.empty()) chain.order = reading.text(e, CardField::Order);
  CardContact contact;
  contact.contact = reading.text(e, CardField::Contact);
  contact.time = reading.time(e);
  contact.channel = reading.text(e, CardField::Channel);
  contact.unit = reading.text(e, CardField::Unit);
  chain.contacts.push_back(std::move(contact));
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
    const bool is_try = reading.type(e) == "selfservice.started";
    if (!is_try && reading.type(e) != "selfservice.failed") continue;
    const std::string_view key = reading.text(e, CardField::Matter);
    const auto matter = std::find_if(matters.begin(), matters.end(),
                                     [&](const CardMatter& it) { return !key.empty() && it.matter == key; });
    if (matter != matters.end()) ++(is_try ? matter->own_tries : matter->failed_tries);
  }
}

}  // namespace

std::vector<CardMatter> matters_of(const Reading& reading) {
  std::vector<CardMatter> matters;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e)
    if (reading.type(e) == "contact.started") start_contact(reading, e, matters);
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
