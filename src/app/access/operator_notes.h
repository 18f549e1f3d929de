// SPDX-License-Identifier: Apache-2.0
// What somebody does at the command line, for the audit trail; who that is, the system says (user_name.h).
//
//   HANDSLAG_TRY(notes, OperatorNotes::open(directory, session));  // what cannot be noted is not done
//   HANDSLAG_CHECK_STATUS(directory.put_settings(…));
//   return notes.note(store::AuditVerb::SettingsChanged, "units");
//
// One thread.
#pragma once

#include <memory>
#include <string>

#include "app/session.h"
#include "io/store/data_directory.h"

namespace handslag::app {

class OperatorNotes {
 public:
  /// `directory` is open for writing, and outlives this.
  static Result<OperatorNotes> open(const store::DataDirectory& directory, const Session& session);

  /// On disk when it returns. `details` is JSON or empty.
  Status note(store::AuditVerb what, std::string whom, std::string why = {}, std::string details = {});

 private:
  OperatorNotes(std::unique_ptr<runtime::Clock> clock, std::unique_ptr<store::AuditTrail> trail)
      : clock_(std::move(clock)), trail_(std::move(trail)) {}

  std::unique_ptr<runtime::Clock> clock_;
  std::unique_ptr<store::AuditTrail> trail_;  // goes first
};

}  // namespace handslag::app
