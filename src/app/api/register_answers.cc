// SPDX-License-Identifier: Apache-2.0
#include "app/api/register_answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/api/front_desk.h"
#include "app/api/services.h"

namespace handslag::app {

http::Response faults_response(const Error& error, const Faults& faults) {
  if (faults.empty()) return http::problem_response(error);
  const bool is_stale =
      std::any_of(faults.begin(), faults.end(), [](const Fault& it) { return it.pointer == "/version"; });
  http::Problem problem{is_stale ? 412U : http::status_of(error.code),
                        is_stale ? "Somebody changed it" : "Cannot be done so",
                        error.message,
                        fmt::format("/problems/{}", error_name(error.code)),
                        {}};
  if (error.code == ErrorCode::Invalid) problem.status = 422;
  for (const Fault& it : faults) problem.parts.push_back({it.pointer, it.detail});
  return http::problem_response(problem);
}

Result<http::Response> changed(const Call& call, unsigned status, const RecordChange& change) {
  Faults faults;
  const Actor actor = actor_of(call.caller);
  Result<Changed> made =
      call.services->registers.with([&](Registers& registers) { return change(registers, actor, faults); });
  if (!made.ok()) return faults_response(made.error(), faults);
  // Why ignored: the change is made; the card knows it with the next one.
  if (made->record["register"] == kMandates)
    (void)call.services->front.mandates.refresh(call.services->registers).ok();
  return versioned_response(made->record, made->version, status);
}

}  // namespace handslag::app
