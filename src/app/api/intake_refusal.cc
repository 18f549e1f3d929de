// SPDX-License-Identifier: Apache-2.0
#include "app/api/intake_refusal.h"

#include "io/http/problem.h"
#include "io/http/rate_limit.h"

namespace handslag::app {

void add_retry_after(const Error& error, const Services& services, http::Response& response) {
  if (error.code == ErrorCode::Limit)
    http::add_rate_limit(response, {"intake", services.journal.limits().queued_bytes, "content-bytes"},
                         services.intake.seconds_to_wait());
  if (error.code == ErrorCode::Unavailable) response.headers.push_back({"Retry-After", "10"});
}

http::Response intake_refusal(const Error& error, const Services& services) {
  http::Response response =
      error.code == ErrorCode::Limit
          ? http::problem_response({429, "Too much at once", error.message, "/problems/limit", {}})
      : error.code == ErrorCode::Unavailable
          ? http::problem_response({503,
                                    "Not stored",
                                    "The events could not be written to disk, and none of "
                                    "them was taken. Send them again.",
                                    "/problems/unavailable",
                                    {}})
          : http::problem_response(error);
  if (response.status >= 500) response.reason = error.message;
  add_retry_after(error, services, response);
  return response;
}

}  // namespace handslag::app
