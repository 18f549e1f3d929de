// SPDX-License-Identifier: Apache-2.0
// `handslag person` and `handslag key`: who may come in, administered at the command line of the machine
// itself, without a server. What is done is noted in the audit trail under the operator's system name.
// A data directory that a server has open is refused (Conflict); ask the server then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/session.h"

namespace handslag::app {

struct PersonOptions {
  std::string login, name;
  std::vector<std::string> roles;  // "owner:sales", "analyst" (of all units)
  std::optional<bool> opens_protected;
};
/// The password comes from the standard input: asked for twice, unseen, at a terminal, else its first line.
/// The data directory is made where it is missing.
Status add_person(const Session& session, const PersonOptions& options);
Status list_people(const Session& session, Form form);
/// Sets all roles anew; leaves them where none is given.
Status change_roles(const Session& session, const PersonOptions& options);
Status enable_person(const Session& session, const std::string& login, bool is_enabled);
/// The new password comes as in add_person.
Status change_password_of(const Session& session, const std::string& login);

struct KeyOptions {
  std::string name, source;
  std::vector<std::string> scopes;  // names of permissions
};
/// Prints the key, this once.
Status add_key(const Session& session, const KeyOptions& options);
Status list_keys(const Session& session, Form form);
Status revoke_key(const Session& session, std::int64_t number);

}  // namespace handslag::app
