// SPDX-License-Identifier: Apache-2.0
#include "app/access/opened_access.h"

#include "app/evaluate/evaluation.h"
#include "app/user_name.h"

namespace handslag::app {

Result<OpenedAccess> open_to_administer(const Session& session, store::Mode mode,
                                        const std::string& purpose) {
  std::unique_ptr<runtime::Clock> clock;
  if (session.now)
    clock = std::make_unique<runtime::SetClock>(*session.now);
  else
    clock = std::make_unique<runtime::WallClock>();
  HANDSLAG_TRY(directory, store::DataDirectory::open(session.data, mode, purpose, clock->now()));
  HANDSLAG_TRY(access, open_access(directory, *clock));
  return OpenedAccess{std::move(clock), std::move(directory), std::move(access),
                      operator_caller(user_name())};
}

}  // namespace handslag::app
