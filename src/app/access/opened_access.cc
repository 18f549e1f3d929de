// SPDX-License-Identifier: Apache-2.0
#include "app/access/opened_access.h"

#include "app/evaluate/evaluation.h"
#include "app/user_name.h"

namespace handslag::app {

std::unique_ptr<runtime::Clock> clock_of(const Session& session) {
  if (session.now) return std::make_unique<runtime::SetClock>(*session.now);
  return std::make_unique<runtime::WallClock>();
}

Result<OpenedAccess> open_to_administer(const Session& session, store::Mode mode,
                                        const std::string& purpose) {
  std::unique_ptr<runtime::Clock> clock = clock_of(session);
  HANDSLAG_TRY(directory, store::DataDirectory::open(session.data, mode, purpose, clock->now()));
  HANDSLAG_TRY(access, open_access(directory, *clock));
  return OpenedAccess{std::move(clock), std::move(directory), std::move(access),
                      operator_caller(user_name())};
}

}  // namespace handslag::app
