// SPDX-License-Identifier: Apache-2.0
// What she has told us, been sent and been through; contacts and promises: card_contacts.cc,
// card_promises.cc.
#include "app/frontline/card.h"

#include <algorithm>
#include <map>

#include "app/frontline/card_parts.h"
#include "app/language/local_day.h"
#include "app/watch/alike_times.h"

namespace handslag::app {
namespace {

void keep_newest(auto& list) {
  std::reverse(list.begin(), list.end());
  if (list.size() > kMostOnCard) list.resize(kMostOnCard);
}

std::vector<CardFact> facts_of(const Reading& reading) {
  std::map<std::string, CardFact, std::less<>> facts;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const bool is_given = reading.type(e) == "fact.given";
    if (!is_given && reading.type(e) != "fact.asked") continue;
    const std::string_view name = reading.text(e, CardField::Fact);
    if (name.empty()) continue;
    auto known = facts.find(name);
    if (!is_given) {
      if (known != facts.end()) ++known->second.asked_again;
      continue;
    }
    if (known == facts.end()) known = facts.emplace(name, CardFact{std::string(name), {}, {}, {}, 0}).first;
    known->second.given.push_back(reading.time(e));
    known->second.channel = reading.text(e, CardField::Channel);
    known->second.unit = reading.text(e, CardField::Unit);
  }
  std::vector<CardFact> list;
  for (auto& [name, fact] : facts) {
    if (list.size() == kMostOnCard) break;
    if (fact.given.size() > kMostOnCard) fact.given.erase(fact.given.begin(), fact.given.end() - kMostOnCard);
    list.push_back(std::move(fact));
  }
  return list;
}

std::vector<CardOffer> offers_of(const Reading& reading) {
  std::vector<CardOffer> offers;
  std::map<std::string_view, std::size_t> last_sent;  // by offer, its place in `offers`
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const std::string_view offer = reading.text(e, CardField::Offer);
    if (reading.type(e) == "offer.sent") {
      last_sent[offer] = offers.size();
      offers.push_back({std::string(offer), reading.time(e), {}, {}});
    } else if (reading.type(e) == "offer.used") {
      if (const auto sent = last_sent.find(offer); sent != last_sent.end())
        offers[sent->second].used = reading.time(e);
    }
  }
  keep_newest(offers);
  if (offers.empty()) return offers;
  const Reading organisation(reading.columns(), model::kOrganisation);
  for (model::EventIndex e = organisation.begin(); e < organisation.end(); ++e) {
    if (organisation.type(e) != "offer.acknowledged") continue;
    const std::string_view offer = organisation.text(e, CardField::Offer);
    for (CardOffer& it : offers) {
      if (it.offer == offer && it.acknowledged.size() < kMostOnCard)
        it.acknowledged.emplace_back(organisation.text(e, CardField::Unit), organisation.time(e));
    }
  }
  return offers;
}

std::vector<CardFailure> failed_identifications_of(const Reading& reading) {
  std::vector<CardFailure> failures;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.type(e) != "identify.failed") continue;
    failures.push_back({reading.time(e), std::string(reading.text(e, CardField::Channel)),
                        std::string(reading.text(e, CardField::Why))});
  }
  keep_newest(failures);
  return failures;
}

CardLeave leave_of(const Reading& reading) {
  CardLeave leave;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    if (reading.type(e) != "customer.updated") continue;
    if (const auto can = reading.flag(e, CardField::CanLeave)) {
      if (leave.can != can) leave.since = reading.time(e);
      leave.can = can;
      leave.why = reading.text(e, CardField::Why);
    }
    if (const auto binding = binding_text(reading.cell(e, CardField::Binding), reading); !binding.empty())
      leave.binding = binding;
  }
  return leave;
}

// With the day, as days go in the zone of the house, or at the instant; other words end nothing.
std::optional<Timestamp> end_of_ombud(std::string_view until) {
  if (const auto day = parse_date(until)) return end_of_local_day(*day);
  return parse_rfc3339(until);
}

// Those who still may on the day.
std::vector<CardOmbud> ombud_of(const Reading& reading, Timestamp now) {
  std::vector<CardOmbud> list;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const bool is_appointed = reading.type(e) == "ombud.appointed";
    if (!is_appointed && reading.type(e) != "ombud.ended") continue;
    const std::string ombud = binding_text(reading.named(e, "ombud"), reading);
    std::erase_if(list, [&](const CardOmbud& it) { return it.ombud == ombud; });
    if (!is_appointed) continue;
    const std::string until = binding_text(reading.named(e, "ombud_until"), reading);
    const auto end = end_of_ombud(until);
    if (end && *end < now) continue;
    if (list.size() == kMostOnCard) list.erase(list.begin());  // the newest stay
    list.push_back({ombud, binding_text(reading.named(e, "ombud_name"), reading),
                    binding_text(reading.named(e, "ombud_may"), reading), until, reading.time(e)});
  }
  return list;
}

std::vector<CardTouch> last_touches_of(const Reading& reading) {
  std::vector<CardTouch> touches;
  for (model::EventIndex e = reading.end(); e-- > reading.begin();) {
    const std::string_view channel = reading.text(e, CardField::Channel);
    const bool is_known = std::any_of(touches.begin(), touches.end(),
                                      [&](const CardTouch& it) { return it.channel == channel; });
    if (channel.empty() || is_known || touches.size() == kMostOnCard) continue;
    touches.push_back({std::string(channel), std::string(reading.type(e)),
                       std::string(reading.text(e, CardField::Unit)), reading.time(e)});
  }
  return touches;
}

}  // namespace

std::vector<std::string> card_names() {
  std::vector<std::string> names(kFieldNames.begin(), kFieldNames.end());
  for (const std::string_view name : kAlikeNames)
    if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  for (const char* name : {"ombud", "ombud_name", "ombud_may", "ombud_until"}) names.emplace_back(name);
  names.emplace_back("words");  // what she said, by which matters are told apart (matters.h)
  return names;
}

std::string binding_text(const model::Cell& cell, const Reading& reading) {
  switch (cell.kind) {
    case model::ValueKind::Text:
      return std::string(reading.columns().texts->text(cell.as_text()));
    case model::ValueKind::Date:
      return format_date(cell.as_date());
    case model::ValueKind::Instant:
      return format_rfc3339(cell.as_instant());
    default:
      return {};
  }
}

bool is_protected(const model::Columns& columns, model::CustomerIndex customer) {
  const Reading reading(columns, customer);
  for (model::EventIndex e = reading.end(); e-- > reading.begin();) {
    if (reading.type(e) != "customer.updated") continue;
    if (const auto said = reading.flag(e, CardField::Protected)) return *said;
  }
  return false;
}

Card make_card(const CardInput& input) {
  const Reading reading(input.columns, input.customer);
  Card card;
  card.is_protected = is_protected(input.columns, input.customer);
  const matter::Lessons first = input.lessons == nullptr ? matter::Lessons::first() : matter::Lessons();
  card.matters = chains_of(reading, matters_of(reading, input.lessons == nullptr ? first : *input.lessons));
  card.facts = facts_of(reading);
  card.offers = offers_of(reading);
  card.failed_identifications = failed_identifications_of(reading);
  card.leave = leave_of(reading);
  card.ombud = ombud_of(reading, input.now);
  card.last_touches = last_touches_of(reading);
  card.last_contact = last_contact(reading);
  add_promises(input, reading, card);
  return card;
}

}  // namespace handslag::app
