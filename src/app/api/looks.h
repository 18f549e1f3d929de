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
#include "io/store/audit_trail.h"

namespace handslag::app {

/// What somebody types or names, in bytes.
inline constexpr std::size_t kMostTyped = 200;

/// The parameter `lang`, else Accept-Language.
Language language_of(const Call& call);

/// Notes the look, with the parameter `why`. Errors: Invalid (a key gives no why), Unavailable (it cannot be
/// noted, so nothing may be shown).
Status note_look(const Call& call, store::AuditVerb verb, std::string whom, std::string details = {});

/// Whether the caller may be told of this customer's events: noted; false, and not yet noted, where her
/// identity is protected from the caller. Errors: those of note_look.
Result<bool> note_timeline_look(const Call& call, Live& live, model::CustomerIndex customer, Timestamp now);

/// Noted, and nothing told but whom to ask: those who may open protected identities.
Result<http::Response> refuse_protected(const Call& call, const std::string& name);

/// The customer that a question over everything is narrowed to: "c12", or "type:value" of whoever sees
/// identifiers. Noted; nothing where the caller may be told of her, else what to answer. On a worker. Errors:
/// Forbidden (an identifier from whoever does not see them: the answer would tell whether its holder is a
/// customer), NotFound, and those of note_look.
Result<std::optional<http::Response>> refusal_to_look(const Call& call, const std::string& reference);

/// Whom a record's identifiers name: by those that are hers alone, and where none of these is known by those
/// that several people may share.
std::vector<model::CustomerIndex> customers_named(const Live& live,
                                                  const std::vector<model::Identifier>& identifiers,
                                                  Timestamp now);

/// Her name, how sure it is, what she is known as.
Json who_json(const Live& live, model::CustomerIndex customer, const Audience& audience);
/// The same and when she was last in touch; of a protected identity the name alone.
Json candidate_json(Live& live, model::CustomerIndex customer, Timestamp now, const Audience& audience);

/// A customer's events and promises over time, as known now or at an earlier instant.
void add_timeline_routes(std::vector<Route>& routes);
/// POST /v1/identify
void add_identify_route(std::vector<Route>& routes);

}  // namespace handslag::app
