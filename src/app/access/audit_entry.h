// SPDX-License-Identifier: Apache-2.0
// What the audit trail is told of a caller. Pure.
#pragma once

#include <string>

#include "app/access/permissions.h"
#include "io/store/audit_trail.h"

namespace handslag::app {

/// By kind and number (or the operator's system name). `details` is JSON or empty; the caller sets `why`.
store::AuditEntry entry_by(const Caller& by, store::AuditVerb what, std::string whom,
                           std::string details = {});

}  // namespace handslag::app
