// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/audience.h"

#include <algorithm>
#include <span>

#include "app/access/mask.h"
#include "app/frontline/reading.h"

namespace handslag::app {
namespace {

// What the card's matters and facts go by. Any other key may name somebody: an ombud, a household.
constexpr std::string_view kShownKeys[] = {"order", "invoice", "outage",  "commitment", "case",
                                           "offer", "matter",  "contact", "fact"};

bool is_among(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool is_identity_number(std::string_view type) {
  const std::string_view base = base_type(type);
  return base == "personnummer" || base == "samordningsnummer" || base == "organisationsnummer";
}

bool is_shared(std::string_view type, const std::vector<std::string>& shared_types) {
  return std::find(shared_types.begin(), shared_types.end(), base_type(type)) != shared_types.end();
}

Audience audience_of(const Caller& caller) {
  return {may(caller, Permission::UnmaskIdentifiers), may(caller, Permission::OpenProtected)};
}

std::string_view base_type(std::string_view type) {
  return type.substr(0, type.find('@'));
}

std::string shown(const model::Identifier& identifier, const Audience& audience) {
  return audience.sees_identifiers ? identifier.value : masked(identifier.type, identifier.value);
}

Json known_as_json(const std::vector<model::Identifier>& identifiers,
                   const std::vector<std::string>& shared_types, const Audience& audience) {
  Json list = Json::array();
  for (const model::Identifier& it : identifiers) {
    if (list.size() == 64) break;
    list.push_back(
        {{"type", it.type}, {"value", shown(it, audience)}, {"shared", is_shared(it.type, shared_types)}});
  }
  return list;
}

std::string_view sureness(const std::vector<model::Identifier>& identifiers,
                          const std::vector<std::string>& shared_types) {
  std::string_view sure = "shared_only";
  for (const model::Identifier& it : identifiers) {
    if (is_identity_number(it.type)) return "identity_number";
    if (!is_shared(it.type, shared_types)) sure = "own_identifier";
  }
  return sure;
}

void mask_event(model::Event& event, const Audience& audience) {
  event.agent.clear();
  if (audience.sees_identifiers) return;
  for (model::Identifier& it : event.subject) it.value = masked(it.type, it.value);
  for (model::Key& it : event.keys) {
    if (!is_among(kShownKeys, it.name)) it.value = "…";
  }
  for (model::Attribute& it : event.data) {
    if (!is_among(kFieldNames, it.name)) it.value = std::string("…");
  }
}

}  // namespace handslag::app
