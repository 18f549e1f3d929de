// SPDX-License-Identifier: Apache-2.0
// Who looks, and what they may see of a customer. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/access/permissions.h"
#include "app/language/json.h"
#include "pure/model/event.h"

namespace handslag::app {

struct Audience {
  bool sees_identifiers = false;  // in clear
  bool opens_protected = false;
};
Audience audience_of(const Caller& caller);

/// "phone" of "phone@billing".
std::string_view base_type(std::string_view type);

/// personnummer, samordningsnummer, organisationsnummer.
bool is_identity_number(std::string_view type);

/// The value, masked (app/access/mask.h) for who may not see it.
std::string shown(const model::Identifier& identifier, const Audience& audience);

/// Whether several people may be known by identifiers of this type.
bool is_shared(std::string_view type, const std::vector<std::string>& shared_types);

/// What she is known as: [{"type","value","shared"}]; shared are the types that several people may have.
Json known_as_json(const std::vector<model::Identifier>& identifiers,
                   const std::vector<std::string>& shared_types, const Audience& audience);
/// How sure that all this is one person: "identity_number" (some source knows her by one), "own_identifier"
/// (by an e-mail address, a customer number …), "shared_only" (a phone number or an address alone, which
/// may be several people's).
std::string_view sureness(const std::vector<model::Identifier>& identifiers,
                          const std::vector<std::string>& shared_types);

/// The event as this audience may see it: never the agent; without the right to identifiers these are masked,
/// of `keys` only those stay that the card goes by (an order, a contact), and of `data` only what the card
/// knows (kFieldNames).
void mask_event(model::Event& event, const Audience& audience);

}  // namespace handslag::app
