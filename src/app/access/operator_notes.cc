// SPDX-License-Identifier: Apache-2.0
#include "app/access/operator_notes.h"

#include "app/access/audit_entry.h"
#include "app/access/opened_access.h"
#include "app/user_name.h"

namespace handslag::app {

Result<OperatorNotes> OperatorNotes::open(const store::DataDirectory& directory, const Session& session) {
  std::unique_ptr<runtime::Clock> clock = clock_of(session);
  HANDSLAG_TRY(trail, directory.open_audit_trail(*clock));
  return OperatorNotes(std::move(clock), std::move(trail));
}

Status OperatorNotes::note(store::AuditVerb what, std::string whom, std::string why, std::string details) {
  store::AuditEntry entry = entry_by(operator_caller(user_name()), what, std::move(whom), std::move(details));
  entry.why = std::move(why);
  HANDSLAG_CHECK_STATUS(trail_->note(std::move(entry)));
  return trail_->flush();
}

}  // namespace handslag::app
