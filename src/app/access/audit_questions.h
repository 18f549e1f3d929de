// SPDX-License-Identifier: Apache-2.0
// `handslag audit`: is the trail whole, and what does it say.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/session.h"

namespace handslag::app {

/// Walks the trail and tells its head, which is worth writing down elsewhere. `known_head`: such a head
/// ("4312:ab12…"), or empty. Error Corrupt names the first line that does not fit.
Status verify_audit(const Session& session, const std::string& known_head);

struct AuditListOptions {
  std::string who;  // a login, "key:4", "person:17", "operator:root", "nobody:192.0.2.7" or "system"
  std::string whom, what;
  std::optional<Timestamp> from, to;
  std::size_t limit = 100;  // the newest so many, told oldest first; 0: all
  bool json = false;
};
Status list_audit(const Session& session, const AuditListOptions& options);

}  // namespace handslag::app
