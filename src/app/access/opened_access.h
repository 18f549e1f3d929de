// SPDX-License-Identifier: Apache-2.0
// An installation opened by a command to be administered. Internal to app/access.
#pragma once

#include <memory>
#include <string>

#include "app/access/access.h"
#include "app/session.h"

namespace handslag::app {

struct OpenedAccess {
  std::unique_ptr<runtime::Clock> clock;
  store::DataDirectory directory;
  std::unique_ptr<Access> access;  // goes first
  Caller by;

  Accounts& accounts() { return *access->accounts; }
  ApiKeys& keys() { return *access->keys; }
  /// What was done is on disk when this is; a command's last word.
  Status close() { return access->trail->close(); }
};

/// That of the command: --now, else the wall's.
std::unique_ptr<runtime::Clock> clock_of(const Session& session);

/// --data DIR, for the operator who runs the program.
Result<OpenedAccess> open_to_administer(const Session& session, store::Mode mode, const std::string& purpose);

}  // namespace handslag::app
