// SPDX-License-Identifier: Apache-2.0
// People between how they are stored, asked for and told. Internal to app/access. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/access/accounts.h"

namespace handslag::app {

/// Roles that this program does not know grant nothing, and are left out.
std::vector<Grant> grants_of(const store::StoredPerson& person);
/// Sorted, each once.
std::vector<store::StoredRole> stored_roles(const std::vector<Grant>& grants);
/// Without the password's hash.
Person person_of(const store::StoredPerson& stored);

/// Enabled, and administrator of all units.
bool is_administrator(const store::StoredPerson& person);

/// Error Invalid names the grant that is none: no unit, a unit with spaces or longer than 128 bytes, an
/// administrator of one unit.
Status check_grants(const std::vector<Grant>& grants);
/// Small letters, or Error Invalid.
Result<std::string> checked_login(std::string_view login);
/// Trimmed, or Error Invalid. `what` names it in the message.
Result<std::string> checked_name(std::string_view name, const std::string& what);

}  // namespace handslag::app
