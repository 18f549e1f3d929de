// SPDX-License-Identifier: Apache-2.0
#include "app/access/access.h"

namespace handslag::app {

Status Access::keep_up() {
  HANDSLAG_CHECK_STATUS(accounts->keep_up());
  return keys->keep_up();
}

Result<std::unique_ptr<Access>> open_access(const store::DataDirectory& directory,
                                            const runtime::Clock& clock, const AccountLimits& limits) {
  auto access = std::make_unique<Access>();
  HANDSLAG_TRY(trail, directory.open_audit_trail(clock));
  access->trail = std::move(trail);
  HANDSLAG_TRY(account_records, directory.open_accounts());
  HANDSLAG_TRY(accounts, Accounts::open(std::move(account_records), *access->trail, clock, limits));
  access->accounts = std::move(accounts);
  HANDSLAG_TRY(key_records, directory.open_keys());
  HANDSLAG_TRY(keys, ApiKeys::open(std::move(key_records), *access->trail, clock));
  access->keys = std::move(keys);
  return access;
}

}  // namespace handslag::app
