// SPDX-License-Identifier: Apache-2.0
// Who may come in, all of it together: what a server opens once, and what the commands open each.
//
//   HANDSLAG_TRY(access, app::open_access(directory, clock));
//   if (auto token = access->accounts->first_token(); token.ok() && *token) print(**token);
//   …each request:
//   Result<Caller> caller = access->accounts->caller_of_session(token);      // or keys->caller_of_key(text)
//   if (!may(*caller, Permission::ReadCard)) return forbidden;
//   HANDSLAG_CHECK_STATUS(access->trail->note(entry_by(*caller, AuditVerb::CardRead, customer)));
//   …each minute, on a thread that serves nobody: access->keep_up();
#pragma once

#include <memory>

#include "app/access/accounts.h"
#include "app/access/api_keys.h"
#include "app/access/audit_entry.h"
#include "io/store/data_directory.h"

namespace handslag::app {

/// Any thread.
struct Access {
  std::unique_ptr<store::AuditTrail> trail;  // goes last
  std::unique_ptr<Accounts> accounts;
  std::unique_ptr<ApiKeys> keys;

  Status keep_up();
};

/// `directory` is open for writing and must outlive what is given; so must `clock`.
Result<std::unique_ptr<Access>> open_access(const store::DataDirectory& directory,
                                            const runtime::Clock& clock, const AccountLimits& limits = {});

}  // namespace handslag::app
