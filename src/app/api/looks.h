// SPDX-License-Identifier: Apache-2.0
// What all routes that show a customer share: the note in the audit trail, the refusal of a protected
// identity, who she is. On the live system's thread, but for language_of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/api/route.h"
#include "app/frontline/audience.h"
#include "app/terminal/terminal.h"
#include "app/watch/live.h"
#include "io/store/audit_trail.h"

namespace handslag::app {

/// What somebody types or names, in bytes.
inline constexpr std::size_t kMostTyped = 200;

/// The parameter `lang`, else Accept-Language.
Language language_of(const Call& call);
Language language_of(const http::Request& request);

/// Notes the look, with the parameter `why`. Errors: Invalid (a key gives no why), Unavailable (it cannot be
/// noted, so nothing may be shown).
Status note_look(const Call& call, store::AuditVerb verb, std::string whom, std::string details = {});

/// What to answer instead, where the caller may not be told of a customer: her name, and who may open
/// protected identities. Noted as denied.
using Refusal = std::optional<http::Response>;

/// Nothing where the caller may be told of her. `look`: hers. Errors: those of note_look.
Result<Refusal> refusal_if_protected(const Call& call, const Live& live, const Live::Look& look,
                                     model::CustomerIndex customer);
/// The one way to show a customer: the same, and the look is noted, as `verb` or as an opened protected
/// identity.
Result<Refusal> refusal_to_look(const Call& call, const Live& live, const Live::Look& look,
                                model::CustomerIndex customer, store::AuditVerb verb,
                                std::string details = {});

/// Whom a record's identifiers name: by those that are hers alone, and where none of these is known by those
/// that several people may share.
std::vector<model::CustomerIndex> customers_named(const Live& live,
                                                  const std::vector<model::Identifier>& identifiers,
                                                  Timestamp now);

/// Whose contact of the key `path[0]` it is, where need be by the parameter `customer`. NotFound; Conflict:
/// several customers have one of that key, and the call does not say whose.
Result<model::CustomerIndex> customer_of_contact(const Call& call, const Live& live);

/// Her name, how sure it is, what she is known as.
Json who_json(const Live& live, model::CustomerIndex customer, const Audience& audience);
/// The same and when she was last in touch; of a protected identity the name alone.
Json candidate_json(Live& live, model::CustomerIndex customer, Timestamp now, const Audience& audience);

/// A customer's events and promises over time, as known now or at an earlier instant.
void add_timeline_routes(std::vector<Route>& routes);
/// POST /v1/identify
void add_identify_route(std::vector<Route>& routes);

}  // namespace handslag::app
